// POST /v1/parse and /v1/calc.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "calc/dose.h"
#include "calc/names.h"
#include "ocr/page_json.h"
#include "scan/dose_answer.h"
#include "scan/dose_question.h"
#include "scan/json_line.h"
#include "scan/report_json.h"
#include "scan/scanner.h"
#include "tools/service/fields.h"
#include "tools/service/options.h"
#include "tools/service/problem.h"
#include "tools/service/routes.h"
#include "tools/service/service.h"

namespace magscan::service {
namespace {

using nlohmann::json;

constexpr int kMaxDepth = 12;  // a point of a word's polygon stands at 7

// Throws a Problem for what the client did wrong.
json object_of(const Request& request) {
    bool is_deep = false;
    const auto shallow = [&](int depth, json::parse_event_t, json&) {
        is_deep = is_deep || depth > kMaxDepth;
        return depth <= kMaxDepth;
    };
    json out = json::parse(request.body->bytes, shallow, false);
    if (!out.is_object() || is_deep)
        throw Problem{"malformed_json", "The body is not one JSON object, or nested too deep. Correct it."};
    return out;
}

// What is left when the members that a path knows were taken out.
std::map<std::string, std::string> other_members(const json& object, std::span<const std::string_view> known) {
    std::map<std::string, std::string> out;
    for (const auto& [name, value] : object.items()) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        out[name] = value.is_string() ? value.get<std::string>() : value.dump();
    }
    return out;
}

[[noreturn]] void invalid(const std::string& detail) {
    throw Problem{"field_invalid", detail};
}

std::size_t letters_of(const ocr::Page& page) {
    std::size_t letters = 0;
    for (const ocr::Line& line : page.lines) {
        for (const ocr::Word& word : line.words) letters += word.text.size() + 1;
    }
    return letters;
}

void check_length(std::size_t bytes, std::size_t lines) {
    if (bytes <= kMaxLabelText && lines <= kMaxLabelLines) return;
    throw Problem{"text_too_long", "At most " + std::to_string(kMaxLabelText) + " bytes in " +
                                       std::to_string(kMaxLabelLines) + " lines are read. Send the text of one label."};
}

// Copies out of `object` what ocr::page_from_json knows.
ocr::Page page_of(const json& object) {
    if (!object.at("lines").is_array()) invalid("\"lines\" is not a list.");
    check_length(0, object.at("lines").size());
    auto page = ocr::page_from_json(object);
    if (!page) invalid(page.error() + ".");
    check_length(letters_of(*page), page->lines.size());
    return std::move(*page);
}

scan::Report report_of(const json& object) {
    constexpr std::array<std::string_view, 4> kKnown{"text", "lines", "width", "height"};
    const auto fields = fields_of(other_members(object, kKnown));
    if (!fields) throw fields.error();
    if (object.contains("text") == object.contains("lines")) invalid("Send either \"text\" or \"lines\".");
    const std::string name = fields->name.empty() ? "text" : fields->name;
    if (object.contains("lines")) return scan::report_of_page(page_of(object), name, fields->options);
    if (!object.at("text").is_string()) invalid("\"text\" is not a string.");
    const auto& text = object.at("text").get_ref<const std::string&>();
    check_length(text.size(), static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')));
    auto report = scan::report_of_text(text, name, fields->options);
    if (!report) throw Problem{"text_too_long", report.error().message};
    return std::move(*report);
}

std::string text_member(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string())
        invalid("\"" + std::string(name) + "\" is missing, or no string.");
    return found->get<std::string>();
}

std::optional<double> number_member(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || found->is_null()) return std::nullopt;
    if (!found->is_number()) invalid("\"" + std::string(name) + "\" is no number.");
    return found->get<double>();
}

// {"form": "citrate", "amount": "500 mg", "basis": "compound", "units_per_serving": 2, "servings_per_day": 1}
std::string dose_of(const json& object) {
    constexpr std::array<std::string_view, 5> kKnown{"form", "amount", "basis", "units_per_serving",
                                                     "servings_per_day"};
    if (const auto others = other_members(object, kKnown); !others.empty())
        invalid("There is no field \"" + others.begin()->first.substr(0, 64) + "\". Leave it out.");
    scan::AskedDose asked;
    asked.form = text_member(object, "form");
    asked.amount = text_member(object, "amount");
    if (object.contains("basis") && !object.at("basis").is_null()) asked.basis = text_member(object, "basis");
    asked.units_per_serving = number_member(object, "units_per_serving");
    asked.servings_per_day = number_member(object, "servings_per_day");
    const auto question = scan::dose_question(asked);
    if (!question) invalid(question.error());
    const auto dose = calc::dose(*question);
    if (!dose) invalid(dose.error());
    return scan::json_line(scan::dose_json(*dose)) + "\n";
}

// Work for the queue of texts whose client errors are Problems thrown.
template <typename Work>
Task text_task(const Request& request, Work work) {
    return {Lane::kTexts, [request, work](const StopTest&) {
                Reply reply;
                reply.content_type = "application/json";
                try {
                    work(object_of(request), reply);
                } catch (const Problem& wrong) {
                    return problem(wrong.code, wrong.detail);
                }
                return reply;
            }};
}

}  // namespace

Handled parse_route(Service&, const Request& request) {
    return text_task(request, [](const json& object, Reply& reply) {
        const scan::Report report = report_of(object);
        reply.body = scan::report_json_line(report) + "\n";
        reply.outcome = calc::name_of(report.assessment.outcome);
    });
}

Handled calc_route(Service&, const Request& request) {
    return text_task(request, [](const json& object, Reply& reply) { reply.body = dose_of(object); });
}

}  // namespace magscan::service
