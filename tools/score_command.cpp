// magscan score: how right a set of reports is.
#include <memory>
#include <optional>
#include <sstream>

#include "scan/score.h"
#include "tools/commands.h"
#include "tools/exit_code.h"
#include "tools/files.h"
#include "tools/messages.h"

namespace magscan::tools {
namespace {

struct ScoreOptions {
    std::string truth;
    std::string reports;
    bool list = false;
    bool json = false;
};

constexpr const char* kFooter =
    "TRUTH.jsonl holds a label a line:\n"
    "  {\"file\": \"a.jpg\", \"forms\": [\"citrate\"], \"elemental_mg_per_serving\": 200, \"units_per_serving\": 2}\n"
    "\"id\" may stand for \"file\". Optional: \"accept\" (further right figures, null: none), \"legible\": false "
    "(counts "
    "for\n"
    "harm only), \"kind\", \"tier\", \"side\", \"lang\" (the figures are broken down by them).\n"
    "REPORTS.jsonl holds what magscan scan --json or magscan parse --json wrote; a report belongs to the label whose\n"
    "file or id is its source.name.\n"
    "\n"
    "Figures, in percent of the labels:\n"
    "  found       magnesium found where the label names it, and none where it does not\n"
    "  form        found, and exactly the forms that the label names\n"
    "  elemental   the figure per serving within 1 mg or 1 %; none where there is none. Estimates are no figures\n"
    "  serving     the number of capsules (tablets, ...) in a serving\n"
    "  label       form and elemental both right\n"
    "  harm        how many wrong figures were given with a confidence of 80 % or more";

constexpr std::size_t kMaxBytes = 256'000'000;

std::optional<std::vector<nlohmann::json>> read_lines(const std::string& path) {
    const auto bytes = read_file(path, kMaxBytes);
    if (!bytes) {
        print_error(path, bytes.error());
        return std::nullopt;
    }
    std::istringstream in(std::string(text_of(*bytes)));
    auto lines = scan::read_json_lines(in);
    if (lines) return std::move(*lines);
    print_error(path, "line " + std::to_string(lines.error().line) + ": " + lines.error().message + ". Correct it");
    return std::nullopt;
}

int score(const ScoreOptions& options) {
    const auto truths = read_lines(options.truth);
    const auto reports = read_lines(options.reports);
    if (!truths || !reports) return kNotAPicture;
    const scan::ScoreCard card = scan::score(*truths, *reports);
    std::string out;
    if (options.list) {
        for (const std::string& line : card.wrong) out += line + "\n";
    }
    out += options.json ? scan::score_json(card) : scan::score_table(card);
    return print_answer(out) ? kAnswered : kCannotWrite;
}

}  // namespace

void add_score_command(CLI::App& app, Run& run) {
    auto options = std::make_shared<ScoreOptions>();
    CLI::App* command = app.add_subcommand("score", "Compare reports with the truth about their labels");
    command->add_option("TRUTH.jsonl", options->truth, "What the labels really say, one JSON object a line")
        ->required()
        ->type_name("");
    command->add_option("REPORTS.jsonl", options->reports, "Reports, one a line")->required()->type_name("");
    command->add_flag("--list", options->list, "Print each label that is wrong, with what was wanted and what was got");
    command->add_flag("--json", options->json, "Print the figures as one JSON object");
    command->footer(kFooter);
    command->callback([options, &run] { run = [options] { return score(*options); }; });
}

}  // namespace magscan::tools
