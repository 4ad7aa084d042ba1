// magscan serve: the answers over HTTP.
#include <malloc.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <memory>
#include <optional>
#include <string>

#include "scan/cores.h"
#include "tools/answer.h"
#include "tools/commands.h"
#include "tools/messages.h"
#include "tools/models.h"
#include "tools/service/api_keys.h"
#include "tools/service/log.h"
#include "tools/service/server.h"

namespace magscan::tools {
namespace {

struct ServeOptions {
    service::Options service;
    std::string listen = "127.0.0.1:8080";
    std::optional<std::string> add_key;
    double header_seconds = 10, body_seconds = 60, idle_seconds = 60, write_seconds = 60, deadline_seconds = 30;
    double drain_seconds = 60;
    std::size_t memory_mb = 256, cache_mb = 32;
    long cache_seconds = 600;
};

constexpr const char* kFooter =
    "Examples:\n"
    "  magscan serve                                             on this machine alone, without keys\n"
    "  magscan serve --keys /etc/magscan/keys --add-key android  makes a key and prints it, once\n"
    "  magscan serve --keys /etc/magscan/keys --listen 0.0.0.0:8080\n"
    "  curl --data-binary @bottle.jpg -H 'Content-Type: image/jpeg' http://127.0.0.1:8080/v1/scan\n"
    "\n"
    "GET /openapi.json describes the interface. Errors are application/problem+json.\n"
    "SIGTERM stops accepting, answers what was accepted and ends; SIGHUP reads the keys again.\n"
    "The service speaks HTTP/1.1 without TLS: put it behind a proxy or a load balancer that does. docs/service.md\n"
    "has an example, the limits, and what to watch.\n"
    "magscan --help lists the exit codes.";

std::chrono::milliseconds milliseconds(double seconds) {
    return std::chrono::milliseconds(static_cast<long>(seconds * 1000));
}

// "127.0.0.1:8080", "[::1]:8080" into the options; false where it is neither.
bool set_listen(const std::string& text, service::Options& options) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos) return false;
    std::string address = text.substr(0, colon);
    if (address.size() > 2 && address.front() == '[' && address.back() == ']')
        address = address.substr(1, address.size() - 2);
    boost::system::error_code error;
    boost::asio::ip::make_address(address, error);
    const char* end = text.data() + text.size();
    const auto [rest, failed] = std::from_chars(text.data() + colon + 1, end, options.port);
    options.address = address;
    return !error && failed == std::errc() && rest == end;
}

std::optional<std::string> misuse(const ServeOptions& options) {
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(options.service.address, error);
    if (!address.is_loopback() && options.service.keys.empty() && !options.service.open) {
        return "without keys --listen takes only an address of this machine, such as 127.0.0.1:8080. Name a file with "
               "--keys, or say --open to answer anybody";
    }
    return std::nullopt;
}

int make_key(const ServeOptions& options) {
    if (options.service.keys.empty()) {
        print_error("--add-key needs --keys. Name the file that the key's hash goes to");
        return kUsage;
    }
    const auto key = service::add_key(options.service.keys, *options.add_key);
    if (!key) {
        print_error(options.service.keys, key.error());
        return kUsage;
    }
    return print_answer(*key + "\n") ? kAnswered : kCannotWrite;
}

service::Options service_options(const ServeOptions& options) {
    service::Options out = options.service;
    out.models = models_folder(out.models);
    out.header_time = milliseconds(options.header_seconds);
    out.body_time = milliseconds(options.body_seconds);
    out.idle_time = milliseconds(options.idle_seconds);
    out.write_time = milliseconds(options.write_seconds);
    out.deadline = milliseconds(options.deadline_seconds);
    out.drain_time = milliseconds(options.drain_seconds);
    out.memory = options.memory_mb * 1'000'000;
    out.cache = options.cache_mb * 1'000'000;
    out.cache_life = std::chrono::seconds(options.cache_seconds);
    return out;
}

// What a photo takes goes back to the system when it is read. The allocator would keep it for the next one, in pieces
// that do not fit: the process would grow for minutes, by a fifth.
void return_large_memory() {
    constexpr int kLarge = 1 << 20;  // bytes
    ::mallopt(M_MMAP_THRESHOLD, kLarge);
}

int serve(const service::Options& options) {
    return_large_memory();
    const auto service = service::Service::create(options);
    if (!service) {
        print_error(service.error().message);
        return code_of(service.error());
    }
    service::start_log();
    boost::asio::io_context context;  // goes before the service, whose memory its connections hold
    service::Server server(context, **service);
    if (const auto listening = server.listen(); !listening) {
        service::stop_log();
        print_error(listening.error());
        return kUsage;
    }
    server.run();
    (*service)->stop_work();
    service::stop_log();
    return kAnswered;
}

int run_serve(ServeOptions options) {
    if (options.add_key) return make_key(options);
    if (!set_listen(options.listen, options.service)) {
        print_error("--listen is no ADDRESS:PORT, such as 127.0.0.1:8080 or [::]:8080. Correct it");
        return kUsage;
    }
    if (const auto wrong = misuse(options)) {
        print_error(*wrong);
        return kUsage;
    }
    return serve(service_options(options));
}

void add_limits(CLI::App& command, ServeOptions& options) {
    const auto positive = CLI::Range(0.001, 86400.0).description("");
    const auto count = [](std::size_t least, std::size_t most) { return CLI::Range(least, most).description(""); };
    command.add_option("--workers", options.service.workers, "Photos read at the same time")
        ->check(count(1, 64))
        ->type_name("N");
    command.add_option("--queue", options.service.queue, "Photos that wait for a worker; more are refused with 503")
        ->check(count(0, 10000))
        ->type_name("N");
    command.add_option("--connections", options.service.connections, "Open connections, at most")
        ->check(count(1, 1'000'000))
        ->type_name("N");
    command.add_option("--memory", options.memory_mb, "MB of request bodies held at once; more are refused with 503")
        ->check(count(1, 1'000'000))
        ->type_name("MB");
    command.add_option("--cache", options.cache_mb, "MB of reports kept; 0: none")
        ->check(count(0, 1'000'000))
        ->type_name("MB");
    command.add_option("--cache-seconds", options.cache_seconds, "How long a report is kept")
        ->check(CLI::Range(0L, 86400L).description(""))
        ->type_name("S");
    command.add_option("--deadline", options.deadline_seconds, "From a request's last byte to its answer, else 504")
        ->check(positive)
        ->type_name("S");
    command.add_option("--header-time", options.header_seconds, "For a request's header, else 408")
        ->check(positive)
        ->type_name("S");
    command.add_option("--body-time", options.body_seconds, "For a request's body, else 408")
        ->check(positive)
        ->type_name("S");
    command.add_option("--least-rate", options.service.least_rate, "Bytes a second of a body, else 408")
        ->check(count(1, 1'000'000'000))
        ->type_name("N");
    command.add_option("--idle-time", options.idle_seconds, "Between two requests of a connection")
        ->check(positive)
        ->type_name("S");
    command.add_option("--write-time", options.write_seconds, "For a client to take its answer")
        ->check(positive)
        ->type_name("S");
    command.add_option("--drain-time", options.drain_seconds, "For what is under way when SIGTERM comes")
        ->check(positive)
        ->type_name("S");
}

}  // namespace

void add_serve_command(CLI::App& app, Run& run) {
    auto options = std::make_shared<ServeOptions>();
    options->service.workers = static_cast<std::size_t>(scan::usable_cores());
    CLI::App* command = app.add_subcommand("serve", "Answer over HTTP");
    command->option_defaults()->always_capture_default();
    command->add_option("--listen", options->listen, "Where to listen; port 0: a free one, named in the log")
        ->type_name("ADDRESS:PORT");
    command->add_flag("--open", options->service.open, "Answer anybody on any address, without keys");
    command->add_option("--keys", options->service.keys, "File of API keys")->type_name("FILE");
    command->add_option("--add-key", options->add_key, "Make a key, append its hash to --keys, print it and end")
        ->type_name("NAME");
    command->add_option("--rate", options->service.rate, "Requests a minute for each key")
        ->check(CLI::Range(0.01, 1e6).description(""))
        ->type_name("N");
    command
        ->add_option("--cors-origin", options->service.cors_origins,
                     "Origin of web pages that may call the service, such as https://example.org; can be repeated")
        ->type_name("ORIGIN");
    add_limits(*command, *options);
    command->add_option("--models", options->service.models, "Folder of the text detector")->type_name("DIR");
    command->add_option("--tessdata", options->service.tessdata, "Folder of eng.traineddata")->type_name("DIR");
    command->footer(kFooter);
    command->callback([options, &run] { run = [options] { return run_serve(*options); }; });
}

}  // namespace magscan::tools
