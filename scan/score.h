// How right a set of reports is, by labels whose truth is known. Two reports of the same label are never averaged: each
// label counts once, and a wrong figure given with confidence ("harm") is counted apart, since it is worse than none.
//
// A truth is a JSON object: "file" or "id", "forms" (families; [] where the label names no magnesium),
// "elemental_mg_per_serving", "units_per_serving"; optional "accept" (further figures that are right, null: none),
// "legible": false (counts for harm only), and "kind", "tier", "side", "lang", by which the figures are broken down.
// A report is matched with its truth by source.name, or by its last path component.
#pragma once

#include <array>
#include <istream>
#include <nlohmann/json.hpp>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace magscan::scan {

// The figures in the order in which they are printed.
//   found      magnesium was found where the label names it, and none where it does not
//   form       found, and the set of forms is the truth's
//   elemental  the stated or derived figure per serving is within 1 mg or 1 % of the truth; none where there is none
//   serving    the number of units of a serving is right, where the truth has one
//   label      form and elemental both right
enum Figure : std::size_t { kFound, kForm, kElemental, kServing, kLabel, kFigureCount };

struct Judgement {
    std::array<std::optional<bool>, kFigureCount> figures;  // nothing where the truth says nothing about it
    bool harm = false;     // a wrong figure, stated or derived, with confidence 0.8 or more
    bool missing = false;  // no report for this label
};

struct Group {
    std::string name;
    int labels = 0;
    int missing = 0;
    int harm = 0;
    std::array<int, kFigureCount> right{};
    std::array<int, kFigureCount> judged{};

    // In percent with one decimal; nothing where no label was judged.
    std::optional<double> percent(Figure figure) const;
};

struct ScoreCard {
    std::vector<Group> groups;       // "all" first, then in the order in which they are met
    std::vector<std::string> wrong;  // a line for each label that is wrong: what was wanted, what was got
};

struct LineError {
    int line = 0;  // counted from 1
    std::string message;
};

// One JSON object a line; empty lines are skipped.
tl::expected<std::vector<nlohmann::json>, LineError> read_json_lines(std::istream& in);

// `report` may be null: the label has none.
Judgement judge(const nlohmann::json& truth, const nlohmann::json* report);

ScoreCard score(const std::vector<nlohmann::json>& truths, const std::vector<nlohmann::json>& reports);

// A table for people, and the same as one JSON object. Both end in a line break.
std::string score_table(const ScoreCard& card);
std::string score_json(const ScoreCard& card);

}  // namespace magscan::scan
