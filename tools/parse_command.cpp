// magscan parse: the text of labels in, answers out.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ocr/page_json.h"
#include "scan/scanner.h"
#include "tools/answer.h"
#include "tools/commands.h"
#include "tools/files.h"
#include "tools/messages.h"
#include "tools/person_options.h"

namespace magscan::tools {
namespace {

using nlohmann::json;

struct ParseOptions {
    std::string file = "-";
    bool json = false;
    bool lines = false;
    bool scores = false;
    scan::ReportOptions report;
};

constexpr std::size_t kMaxLineBytes = 16'000'000;
constexpr std::size_t kMaxLinesBytes = 1'000'000'000;

constexpr const char* kFooter =
    "Examples:\n"
    "  echo 'Magnesium (as magnesium citrate) 200 mg 48%' | magscan parse\n"
    "  magscan parse --json label.txt\n"
    "  magscan parse --jsonl labels.jsonl > reports.jsonl\n"
    "\n"
    "With --jsonl each line holds a label and gives one report, whose source.name is the id:\n"
    "  {\"id\": \"a\", \"text\": \"Magnesium 200 mg\"}\n"
    "  {\"id\": \"b\", \"page\": ...}                  a page as magscan scan --page --json prints it\n"
    "  {\"id\": \"c\", \"pages\": [..., ...]}         the pages of one product's photos, for one report\n"
    "A malformed line is named on stderr and left out; the exit code is then 3.\n"
    "magscan --help lists the exit codes.\n\n";

using Parsed = tl::expected<scan::Report, scan::ScanError>;

// What tools/bench/calibrate makes the probabilities of.
void show_scores(calc::Assessment& assessment) {
    assessment.confidence = assessment.score;
    for (calc::Entry& entry : assessment.entries) entry.confidence = entry.score;
}

tl::unexpected<scan::ScanError> malformed(const std::string& message) {
    return tl::unexpected(scan::ScanError{scan::ScanError::Kind::kNotAPicture, message});
}

Parsed parse_pages(const json& pages, const std::string& name, const scan::ReportOptions& options) {
    if (!pages.is_array() || pages.empty() || pages.size() > scan::kMaxProductPhotos) {
        return malformed("\"pages\" is no list of one to six pages. Correct it");
    }
    std::vector<ocr::Page> read;
    for (const json& page : pages) {
        auto one = ocr::page_from_json(page);
        if (!one) return malformed("\"pages\", number " + std::to_string(read.size() + 1) + ": " + one.error());
        read.push_back(std::move(*one));
    }
    return scan::report_of_pages(read, name, options);
}

Parsed parse_line(const std::string& line, const scan::ReportOptions& options) {
    const json label = json::parse(line, nullptr, false);
    if (!label.is_object()) return malformed("not a JSON object. Write {\"id\": ..., \"text\": ...} in one line");
    const auto id = label.find("id");
    if (id == label.end() || !(id->is_string() || id->is_number_integer())) {
        return malformed("has no \"id\" that is a string. Add one");
    }
    const std::string name = id->is_string() ? id->get<std::string>() : id->dump();
    if (const auto text = label.find("text"); text != label.end() && text->is_string()) {
        return scan::report_of_text(text->get_ref<const std::string&>(), name, options);
    }
    if (const auto page = label.find("page"); page != label.end()) {
        const auto read = ocr::page_from_json(*page);
        if (!read) return malformed("\"page\": " + read.error());
        return scan::report_of_page(*read, name, options);
    }
    if (const auto pages = label.find("pages"); pages != label.end()) return parse_pages(*pages, name, options);
    return malformed("has neither a \"text\" that is a string nor a \"page\" nor \"pages\". Add one");
}

// The next line without its line break; nothing at the end. A line over the limit comes back cut, with `is_whole`
// false.
std::optional<std::string> next_line(std::istream& in, bool& is_whole) {
    std::string line;
    is_whole = true;
    std::streambuf* buffer = in.rdbuf();
    for (int letter = buffer->sbumpc(); letter != '\n'; letter = buffer->sbumpc()) {
        if (letter == std::streambuf::traits_type::eof()) return line.empty() ? std::nullopt : std::optional(line);
        if (line.size() < kMaxLineBytes)
            line += static_cast<char>(letter);
        else
            is_whole = false;
    }
    return line;
}

int parse_lines(std::istream& in, const std::string& name, const ParseOptions& options) {
    Tally tally;
    bool is_whole = true;
    for (std::size_t number = 1; const auto line = next_line(in, is_whole); ++number) {
        if (line->find_first_not_of(" \t\r") == std::string::npos) continue;
        Parsed report = is_whole ? parse_line(*line, options.report) : malformed("longer than 16 MB. Shorten it");
        if (!report) {
            print_error(name + ": line " + std::to_string(number), report.error().message);
            tally.add_error(std::max(code_of(report.error()), kNotAPicture));
            continue;
        }
        tally.add_report(*report);
        if (options.scores) show_scores(report->assessment);
        if (!print_answer(answer(*report, true, true))) return kCannotWrite;
    }
    return tally.code();
}

int parse_lines(const ParseOptions& options) {
    if (options.file == "-") return parse_lines(std::cin, "standard input", options);
    std::ifstream in;
    const auto checked = check_file(options.file, kMaxLinesBytes);
    if (checked) in.open(options.file, std::ios::binary);
    if (!checked || !in) {
        print_error(options.file, checked ? "can't be opened. Check its permissions" : checked.error());
        return kNotAPicture;
    }
    return parse_lines(in, options.file, options);
}

int parse_label(const ParseOptions& options) {
    const bool is_stdin = options.file == "-";
    const std::string name = is_stdin ? "standard input" : options.file;
    const auto bytes = is_stdin ? read_stdin(scan::kMaxTextBytes) : read_file(options.file, scan::kMaxTextBytes);
    if (!bytes) {
        print_error(name, bytes.error());
        return kNotAPicture;
    }
    Parsed report = scan::report_of_text(text_of(*bytes), is_stdin ? "stdin" : base_name(options.file), options.report);
    if (!report) {
        print_error(name, report.error().message);
        return code_of(report.error());
    }
    Tally tally;
    tally.add_report(*report);
    if (options.scores) show_scores(report->assessment);
    return print_answer(answer(*report, options.json, true)) ? tally.code() : kCannotWrite;
}

}  // namespace

void add_parse_command(CLI::App& app, Run& run) {
    auto options = std::make_shared<ParseOptions>();
    CLI::App* command = app.add_subcommand("parse", "Read the text of a label");
    command->add_option("FILE", options->file, "UTF-8 text, lines as printed; - or nothing: standard input")
        ->type_name("");
    command->add_flag("--json", options->json, "Print the report (docs/report.schema.json) in one line");
    command->add_flag("--jsonl", options->lines, "Read a label from each line, print a report for each");
    command->add_flag("--scores", options->scores,
                      "Show the scores of the evidence in place of probabilities (docs/accuracy.md)");
    add_person_options(*command, options->report);
    command->footer(std::string(kFooter) + kPersonHelp);
    command->callback([options, &run] {
        run = [options] { return options->lines ? parse_lines(*options) : parse_label(*options); };
    });
}

}  // namespace magscan::tools
