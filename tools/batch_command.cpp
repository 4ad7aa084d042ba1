// magscan batch: many photos in, a folder of answers out. magscan merge: several such folders as one.
#include <memory>
#include <string>

#include "tools/batch/merge.h"
#include "tools/batch/process_worker.h"
#include "tools/batch/run.h"
#include "tools/commands.h"
#include "tools/messages.h"
#include "tools/models.h"
#include "tools/person_options.h"
#include "tools/progress_option.h"

namespace magscan::tools {
namespace {

constexpr const char* kBatchFooter =
    "INPUT is any of:\n"
    "  photos/            a folder; its pictures and those of its folders\n"
    "  bottle.jpg         a photo\n"
    "  @list.txt          a file with a path a line; - reads such a list from standard input\n"
    "  manifest.csv       a table whose first row names the columns: file (required), id, product (rows that share "
    "one\n"
    "                     are photos of one product) and any others, which are passed through\n"
    "  manifest.jsonl     the same as objects, one a line\n"
    "\n"
    "DIR gets:\n"
    "  reports.jsonl      a report a line (docs/report.schema.json), as each photo is done; source.name is its id\n"
    "  failures.jsonl     what could not be read, and why\n"
    "  summary.csv        a row a photo or product, for spreadsheets\n"
    "  report.html        with --html: the same as a page, with pictures, filters and distributions\n"
    "  batch.json, items.jsonl  what was to be done\n"
    "\n"
    "Examples:\n"
    "  magscan batch photos/ --out answers --html\n"
    "  find photos -name '*.jpg' -newer last | magscan batch - --out new\n"
    "  magscan batch --resume --out answers              after a break, a crash or a full disk\n"
    "  magscan batch photos/ --out part3 --shard 3/8     one of eight machines; then:\n"
    "  magscan merge part? --out answers\n"
    "\n"
    "Exit codes: 0 where all have a report, 1 where some failed, 3 or 4 where all did (as magscan scan), 74 where DIR\n"
    "can't be written, 130 or 143 where it was stopped by Ctrl-C or SIGTERM. docs/batch.md tells more.";

constexpr const char* kMergeFooter =
    "Examples:\n"
    "  magscan merge part1 part2 part3 --out answers\n"
    "  magscan merge part? --out answers --html\n"
    "\n"
    "Items without a result and shards that are missing are named; the exit code is then 1. The items stand in\n"
    "missing.jsonl too, and magscan batch --resume --out DIR reads them.";

struct BatchLine {
    batch::BatchOptions options;
    std::string shard, progress = "auto", models;
    double deadline = 0;         // seconds; 0: not named
    scan::ReportOptions report;  // for checking alone; the words themselves go on to the workers
    const CLI::App* command = nullptr;
};

int batch_photos(BatchLine line) {
    batch::BatchOptions& options = line.options;
    const auto misused = [](const char* what) {
        print_error(what);
        return kUsage;
    };
    if (options.resume && options.overwrite) return misused("--resume or --overwrite? Leave one out");
    if (options.retry && !options.resume) return misused("--retry is for --resume. Add it, or leave --retry out");
    if (line.deadline > 0 && !options.isolate)
        return misused("--deadline needs --isolate. Add it, or leave --deadline out");
    if (!line.shard.empty()) {
        options.shard = batch::shard_of(line.shard);
        if (!options.shard) return misused("--shard is I/N, such as 3/8: I from 1 to N. Correct it");
    }
    if (line.deadline > 0) options.deadline = std::chrono::milliseconds(static_cast<long>(line.deadline * 1000));
    options.progress = progress_of(line.progress);
    options.settings.models = models_folder(line.models);
    options.settings.profile = written_option(*line.command, "--profile");
    options.settings.jurisdiction = written_option(*line.command, "--jurisdiction");
    return batch::run_batch(options);
}

}  // namespace

void add_batch_command(CLI::App& app, Run& run) {
    auto line = std::make_shared<BatchLine>();
    batch::BatchOptions& options = line->options;
    CLI::App* command = app.add_subcommand("batch", "Read many photos into a folder of answers");
    command->add_option("INPUT", options.inputs, "Folders, photos, lists, manifests; see below")->type_name("");
    command->add_option("--out", options.out, "Folder for the answers")->required()->type_name("DIR");
    command->add_option("--jobs", options.jobs, "Photos read at the same time; 0: one a core. Each takes up to 400 MB")
        ->check(CLI::Range(0, 256).description(""))
        ->type_name("N");
    command->add_flag("--resume", options.resume,
                      "Go on with what an earlier run left in DIR; changed photos are read anew");
    command->add_flag("--retry", options.retry, "With --resume: try again what failed");
    command->add_flag("--overwrite", options.overwrite, "Begin anew in a DIR that holds an earlier batch");
    command->add_option("--shard", line->shard, "Only the I-th of N shares of the items, by their ids")
        ->type_name("I/N");
    command->add_flag("--html", options.html, "Write report.html too");
    command->add_flag("--isolate", options.isolate,
                      "Read in processes of their own, which a bad photo may crash or hang");
    command
        ->add_option("--deadline", line->deadline, "With --isolate: seconds for a photo, then it is set aside; else 60")
        ->check(CLI::Range(0.1, 86400.0).description(""))
        ->type_name("SECONDS");
    add_progress_option(*command, line->progress);
    command->add_option("--models", line->models, "Folder of the text detector")->type_name("DIR");
    command->add_option("--tessdata", options.settings.tessdata, "Folder of eng.traineddata")->type_name("DIR");
    add_person_options(*command, line->report);
    line->command = command;
    command->footer(std::string(kBatchFooter) + "\n\n" + kPersonHelp);
    command->callback([line, &run] { run = [line] { return batch_photos(*line); }; });
}

void add_merge_command(CLI::App& app, Run& run) {
    struct MergeLine {
        batch::MergeOptions options;
        std::string progress = "auto";
    };
    auto line = std::make_shared<MergeLine>();
    CLI::App* command = app.add_subcommand("merge", "Join the outputs of several batches and find gaps");
    command->add_option("OUT", line->options.outs, "Output folders of magscan batch")->required()->type_name("");
    command->add_option("--out", line->options.out, "Folder for the whole")->required()->type_name("DIR");
    command->add_flag("--overwrite", line->options.overwrite, "Also into a DIR that holds an earlier batch");
    command->add_flag("--html", line->options.html, "Write report.html too");
    add_progress_option(*command, line->progress);
    command->footer(kMergeFooter);
    command->callback([line, &run] {
        run = [line] {
            line->options.progress = progress_of(line->progress);
            return batch::run_merge(line->options);
        };
    });
}

// Not for people: batch --isolate starts it.
void add_batch_worker_command(CLI::App& app, Run& run) {
    auto settings = std::make_shared<batch::ScanSettings>();
    CLI::App* command = app.add_subcommand("batch-worker", "")->group("");
    command->add_option("--models", settings->models);
    command->add_option("--tessdata", settings->tessdata);
    command->add_option("--profile", settings->profile);
    command->add_option("--jurisdiction", settings->jurisdiction);
    command->callback([settings, &run] { run = [settings] { return batch::serve_batch(*settings); }; });
}

}  // namespace magscan::tools
