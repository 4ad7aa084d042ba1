// magscan: elemental magnesium from a photo of the bottle.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <string>

#include "tools/commands.h"
#include "tools/exit_code.h"
#include "tools/messages.h"

namespace {

using namespace magscan::tools;

constexpr const char* kDescription =
    "magscan reads the label of a magnesium supplement on a photo and answers how much elemental\n"
    "magnesium is in it, in which form, and whether the printed amount was the magnesium or the compound.";

constexpr const char* kFooter =
    "Examples:\n"
    "  magscan scan bottle.jpg                        the answer, for people\n"
    "  magscan scan --json *.jpg > reports.jsonl      one report a line, for programs\n"
    "  magscan scan --annotate seen.png bottle.jpg    the photo with the evidence marked\n"
    "  echo 'Magnesium (as citrate) 200 mg 48%' | magscan parse\n"
    "  magscan batch photos/ --out answers            a folder of photos, with a summary\n"
    "  magscan enqueue photos/ --job night            the same by many machines: magscan work, magscan collect\n"
    "  magscan calc --form citrate --amount 500mg     how much of a compound is magnesium\n"
    "  magscan compounds                              the compounds and their share of magnesium\n"
    "  magscan explain US-3                           what a rule of a report means, and its source\n"
    "  magscan serve                                  the same answers over HTTP\n"
    "  magscan score truth.jsonl reports.jsonl        how many labels were right\n"
    "\n"
    "Exit codes:\n"
    "  0   answered, also where the answer is that no magnesium is named\n"
    "  1   of a batch or a job: some photos have a report, some have not\n"
    "  2   wrong use of the command line\n"
    "  3   an input can't be read: missing, no picture, damaged, too large, a malformed line\n"
    "  4   nothing legible in any of the inputs\n"
    "  5   the set-up is broken: the recogniser's data is missing or damaged\n"
    "  69  the message broker can't be reached, or refuses\n"
    "  70  an error of magscan itself\n"
    "  74  the answer can't be written\n"
    "With several inputs each gets its answer or its error line, and the highest code is returned.\n"
    "\n"
    "The text detector is looked for in --models, then $MAGSCAN_MODELS, ../share/magscan/models beside the\n"
    "executable's folder, and models/ in that folder.";

int wrong_usage(const CLI::App& app, const CLI::ParseError& error) {
    std::string command = "magscan";
    for (const CLI::App* named : app.get_subcommands()) command += " " + named->get_name();
    print_error(std::string(error.what()) + ". See " + command + " --help");
    return kUsage;
}

bool has_command(CLI::App& app, const std::string& name) {
    const auto commands = app.get_subcommands([&](const CLI::App* command) { return command->get_name() == name; });
    return !commands.empty();
}

int run_command(int argc, char** argv) {
    CLI::App app(kDescription, "magscan");
    app.footer(kFooter);
    app.set_version_flag("--version", std::string("magscan ") + MAGSCAN_VERSION);
    app.require_subcommand(1);
    Run run;
    add_scan_command(app, run);
    add_parse_command(app, run);
    add_batch_command(app, run);
    add_merge_command(app, run);
    add_batch_worker_command(app, run);
    add_enqueue_command(app, run);
    add_work_command(app, run);
    add_collect_command(app, run);
    add_status_command(app, run);
    add_score_command(app, run);
    add_calc_command(app, run);
    add_compounds_command(app, run);
    add_explain_command(app, run);
    add_serve_command(app, run);
    add_completion_command(app, run);
    add_man_command(app, run);
    if (argc > 1 && argv[1][0] != '-' && !has_command(app, argv[1])) {
        print_error("no such command: " + std::string(argv[1]) + ". See magscan --help");
        return kUsage;
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        return print_answer(app.help()) ? kAnswered : kCannotWrite;  // of the named command, where there is one
    } catch (const CLI::CallForVersion& version) {
        return print_answer(std::string(version.what()) + "\n") ? kAnswered : kCannotWrite;
    } catch (const CLI::ParseError& error) {
        return wrong_usage(app, error);
    }
    return run();
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is then an error of writing, with a message and a code
    try {
        return run_command(argc, argv);
    } catch (const std::exception& error) {
        print_error(std::string("internal error: ") + error.what());
        return kInternal;
    }
}
