// How much magnesium a label amounts to: the calculation's result. Masses are milligrams of elemental magnesium unless
// a name says otherwise.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parser/label.h"

namespace magscan::calc {

// A figure with bounds: low <= value <= high. `value` is missing where only the bounds can be given.
struct Interval {
    std::optional<double> value;
    double low = 0;
    double high = 0;
};

enum class Basis { kElemental, kCompound, kAmbiguous };

// One printed amount, decided.
struct Entry {
    std::vector<std::string> forms;      // families
    std::vector<std::string> compounds;  // ids of compounds.json, only where the label is that exact
    std::optional<std::string> form_text;
    std::optional<parser::Amount> amount;
    Basis basis = Basis::kAmbiguous;
    std::string rule;  // id of the rule in calc/data/rules.json that decided the basis
    parser::Per per = parser::Per::kUnknown;
    std::optional<Interval> compound_mg;
    std::optional<Interval> elemental_mg;
    std::optional<double> daily_value_percent;
    bool read_differently = false;  // several photos give other amounts, and nothing settles which is right
    double score = 0;               // 0..1: how strong the evidence is, see calibration.h
    double confidence = 0;          // 0..1: probability that the entry is right, made of the score
    std::vector<parser::Evidence> evidence;
};

enum class Status { kStated, kDerived, kEstimated, kUnknown };
enum class Outcome { kComplete, kPartial, kNoMagnesium, kUnreadable };
enum class CheckResult { kPass, kFail, kCorrected, kSkipped };

struct Check {
    std::string rule;
    CheckResult result = CheckResult::kSkipped;
    std::string detail;  // the arithmetic in words
};

struct Assessment {
    Outcome outcome = Outcome::kUnreadable;
    parser::Jurisdiction market = parser::Jurisdiction::kUnknown;  // the label's, or else the one to assume
    std::vector<Entry> entries;
    std::optional<parser::Serving> serving;
    Status status = Status::kUnknown;
    std::optional<Interval> per_serving;
    std::optional<Interval> per_unit;
    std::optional<Interval> per_day;
    double score = 0;       // 0..1: how strong the evidence is, see calibration.h
    double confidence = 0;  // 0..1: probability that the figure is right, made of the score
    std::string reason;     // why the figure is what it is, in one sentence
    std::optional<double> us_dv_percent;
    std::optional<double> eu_nrv_percent;
    std::vector<Check> checks;
    std::vector<parser::Warning> warnings;
};

}  // namespace magscan::calc
