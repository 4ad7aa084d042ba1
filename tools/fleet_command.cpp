// magscan enqueue, work, collect and status: a batch by many machines, over RabbitMQ.
#include <cstdlib>
#include <memory>
#include <string>

#include "tools/commands.h"
#include "tools/messages.h"
#include "tools/models.h"
#include "tools/person_options.h"
#include "tools/progress_option.h"
#include "tools/queue/collect.h"
#include "tools/queue/enqueue.h"
#include "tools/queue/message.h"
#include "tools/queue/status.h"
#include "tools/queue/work.h"

namespace magscan::tools {
namespace {

constexpr const char* kUsualUrl = "amqp://guest:guest@localhost:5672/";

constexpr const char* kEnqueueFooter =
    "INPUT is what magscan batch takes (folders, photos, @list.txt, -, manifests), and http:// and https:// URLs among "
    "them.\n"
    "Photos are named, not sent: workers read the same path, or fetch the URL. With --inline they are sent.\n"
    "\n"
    "Examples:\n"
    "  magscan enqueue /srv/photos --job night\n"
    "  magscan enqueue photos/ --job night --inline            where workers share no file system\n"
    "  magscan enqueue manifest.csv --job night --amqp amqps://me:secret@mq1/magscan --ca ca.pem\n"
    "Then, on each machine: magscan work; and for the answers: magscan collect --job night --out answers\n"
    "docs/fleet.md tells more; magscan --help lists the exit codes.";

constexpr const char* kWorkFooter =
    "Reads photos of all jobs, the oldest first, in processes of their own, until it is stopped. SIGTERM and Ctrl-C "
    "let\n"
    "it finish what is in hand; a second one ends it at once, and what it had goes to other workers.\n"
    "\n"
    "Examples:\n"
    "  magscan work --amqp amqp://me:secret@mq1:5672/\n"
    "  magscan work --jobs 4 --allow-host photos.example.org --amqp amqps://mq1/ --amqp amqps://mq2/\n"
    "  magscan work --until-empty                              as a job of Kubernetes or Slurm\n"
    "docs/fleet.md tells more.";

constexpr const char* kCollectFooter =
    "DIR gets what magscan batch writes: reports.jsonl, failures.jsonl, summary.csv, with --html report.html, and what "
    "was\n"
    "to be done. It can be stopped, killed and begun again; what comes twice is written once.\n"
    "\n"
    "Examples:\n"
    "  magscan collect --job night --out answers               waits until every item has a result\n"
    "  magscan collect --job night --out answers --now         takes what is there\n"
    "  magscan collect --job night --out answers --html --forget\n"
    "Exit codes as of magscan batch; 1 too where items have no result yet. docs/fleet.md tells more.";

constexpr const char* kStatusFooter =
    "Examples:\n"
    "  magscan status --job night\n"
    "  magscan status --job night --json | jq .seconds_left\n"
    "Waiting and running are told by the workers that answer within a second.";

struct BrokerLine {
    queue::AmqpOptions options;
    long heartbeat = 20, patience = 60;
};

// `waits_for_ever`: by default.
void add_broker(CLI::App& command, BrokerLine& line, bool waits_for_ever = false) {
    line.patience = waits_for_ever ? 0 : line.patience;
    command
        .add_option("--amqp", line.options.urls,
                    "The broker; repeated: the nodes of its cluster, tried in turn. Else $MAGSCAN_AMQP, else " +
                        std::string(kUsualUrl))
        ->allow_extra_args(false)
        ->type_name("URL");
    command.add_option("--ca", line.options.tls.ca, "For amqps://: trusted certificates; else the system's")
        ->type_name("FILE");
    auto* cert = command.add_option("--cert", line.options.tls.cert, "For amqps://: this client's certificate");
    auto* key = command.add_option("--key", line.options.tls.key, "For amqps://: and its key");
    cert->type_name("FILE")->needs(key);
    key->type_name("FILE")->needs(cert);
    command
        .add_option("--heartbeat", line.heartbeat,
                    "Seconds; a broker that is silent twice as long is given up. Else 20")
        ->check(CLI::Range(1L, 3600L).description(""))
        ->type_name("S");
    command
        .add_option("--patience", line.patience,
                    std::string("Seconds to wait for a broker that can't be reached; 0: for ever. Else ") +
                        (waits_for_ever ? "for ever" : "60"))
        ->check(CLI::Range(0L, 1'000'000L).description(""))
        ->type_name("S");
}

queue::AmqpOptions broker_of(const BrokerLine& line) {
    queue::AmqpOptions out = line.options;
    if (out.urls.empty()) {
        const char* named = std::getenv("MAGSCAN_AMQP");
        std::string urls = named != nullptr && *named != '\0' ? named : kUsualUrl;
        for (std::size_t at = 0; at <= urls.size();) {
            const std::size_t end = std::min(urls.find(' ', at), urls.size());
            if (end > at) out.urls.push_back(urls.substr(at, end - at));
            at = end + 1;
        }
    }
    out.heartbeat = std::chrono::seconds(line.heartbeat);
    out.patience = std::chrono::seconds(line.patience);
    return out;
}

void add_job(CLI::App& command, std::string& job) {
    command.add_option("--job", job, "Name of the job: letters, digits, . _ -")
        ->required()
        ->check([](const std::string& name) {
            return queue::is_job_name(name) ? "" : "is no name of a job: letters, digits, . _ - and 64 of them at most";
        })
        ->type_name("NAME");
}

}  // namespace

void add_enqueue_command(CLI::App& app, Run& run) {
    struct Line {
        BrokerLine broker;
        queue::EnqueueOptions options;
        std::string progress = "auto";
        scan::ReportOptions report;  // for checking alone; the words themselves go on to the workers
    };
    auto line = std::make_shared<Line>();
    CLI::App* command = app.add_subcommand("enqueue", "Give photos to a fleet of workers");
    command->add_option("INPUT", line->options.inputs, "Folders, photos, URLs, lists, manifests; see below")
        ->type_name("");
    add_job(*command, line->options.job);
    add_broker(*command, line->broker);
    command->add_flag("--inline", line->options.inline_pictures, "Send the photos themselves, 8 MB an item at most");
    add_progress_option(*command, line->progress);
    add_person_options(*command, line->report);
    command->footer(std::string(kEnqueueFooter) + "\n\n" + kPersonHelp);
    command->callback([line, command, &run] {
        line->options.profile = written_option(*command, "--profile");
        line->options.jurisdiction = written_option(*command, "--jurisdiction");
        run = [line] {
            line->options.broker = broker_of(line->broker);
            line->options.progress = progress_of(line->progress);
            return queue::run_enqueue(line->options);
        };
    });
}

void add_work_command(CLI::App& app, Run& run) {
    struct Line {
        BrokerLine broker;
        queue::WorkOptions options;
        double deadline = 60;
        std::string models;
    };
    auto line = std::make_shared<Line>();
    CLI::App* command = app.add_subcommand("work", "Read photos of a fleet");
    add_broker(*command, line->broker, true);
    command
        ->add_option("--jobs", line->options.jobs,
                     "Photos read at the same time; 0: one a core. Each takes up to 400 MB")
        ->check(CLI::Range(0, 256).description(""))
        ->type_name("N");
    command
        ->add_option("--allow-host", line->options.hosts,
                     "Host that pictures may be fetched from, HOST or HOST:PORT; can be repeated")
        ->allow_extra_args(false)
        ->type_name("HOST");
    command->add_flag("--until-empty", line->options.until_empty, "End when no photo waits");
    command->add_option("--deadline", line->deadline, "Seconds for reading a photo; else 60")
        ->check(CLI::Range(0.1, 86400.0).description(""))
        ->type_name("SECONDS");
    command->add_option("--models", line->models, "Folder of the text detector")->type_name("DIR");
    command->add_option("--tessdata", line->options.settings.tessdata, "Folder of eng.traineddata")->type_name("DIR");
    command->footer(kWorkFooter);
    command->callback([line, &run] {
        run = [line] {
            line->options.broker = broker_of(line->broker);
            line->options.deadline = std::chrono::milliseconds(static_cast<long>(line->deadline * 1000));
            line->options.settings.models = models_folder(line->models);
            return queue::run_work(line->options);
        };
    });
}

void add_collect_command(CLI::App& app, Run& run) {
    struct Line {
        BrokerLine broker;
        queue::CollectOptions options;
        std::string progress = "auto";
    };
    auto line = std::make_shared<Line>();
    CLI::App* command = app.add_subcommand("collect", "Take a fleet's answers into a folder");
    add_job(*command, line->options.job);
    command->add_option("--out", line->options.out, "Folder for the answers; the same for all of a job")
        ->required()
        ->type_name("DIR");
    add_broker(*command, line->broker);
    command->add_flag("--now", line->options.now, "Take what is there, and don't wait for the rest");
    command->add_flag("--forget", line->options.forget, "Once all is collected, remove the job from the broker");
    command->add_flag("--html", line->options.html, "Write report.html too");
    add_progress_option(*command, line->progress);
    command->footer(kCollectFooter);
    command->callback([line, &run] {
        run = [line] {
            line->options.broker = broker_of(line->broker);
            line->options.progress = progress_of(line->progress);
            return queue::run_collect(line->options);
        };
    });
}

void add_status_command(CLI::App& app, Run& run) {
    struct Line {
        BrokerLine broker;
        queue::StatusOptions options;
    };
    auto line = std::make_shared<Line>();
    CLI::App* command = app.add_subcommand("status", "How far a fleet's job is");
    add_job(*command, line->options.job);
    add_broker(*command, line->broker);
    command->add_flag("--json", line->options.json, "One object, for programs");
    command->footer(kStatusFooter);
    command->callback([line, &run] {
        run = [line] {
            line->options.broker = broker_of(line->broker);
            return queue::run_status(line->options);
        };
    });
}

}  // namespace magscan::tools
