#include "scan/limit_words.h"

#include <cmath>

#include "scan/wording.h"

namespace magscan::scan {
namespace {

using calc::DayBasis;

// Where the label gives no directions, the least that a day can be.
std::string least(DayBasis basis) {
    if (basis == DayBasis::kOneServing) return "one serving a day";
    if (basis == DayBasis::kOneUnit) return "one unit a day";
    return "";
}

std::string verdict(const calc::Limit& limit) {
    const bool warning = limit.kind == calc::LimitKind::kLabelWarning || limit.kind == calc::LimitKind::kObservedEffect;
    const std::string over = warning ? "reached" : "over";
    if (limit.exceeded) return *limit.exceeded ? over : "not " + over;
    const bool below = limit.taken.mg->high < limit.limit_mg || (!warning && limit.taken.mg->high <= limit.limit_mg);
    return below ? "not " + over : "may be " + over;
}

// "57 %", "48 to 65 %".
std::string percent_words(double low, double high) {
    const std::string from = format_number(std::round(low)), to = format_number(std::round(high));
    return (from == to ? to : from + " to " + to) + " %";
}

std::string mg_words(double low, double high) {
    return low == high ? format_mg(high) : format_number(low) + " to " + format_mg(high);
}

std::string whose(const calc::Jurisdiction place, const std::string& kind) {
    return " (" + kind + ", " + std::string(calc::short_name(place)) + ")";
}

}  // namespace

std::vector<std::string> limit_lines(const Report& report) {
    std::vector<std::string> lines;
    for (const calc::Limit& limit : report.limits) {
        if (!limit.taken.mg) continue;
        const std::string day = least(limit.taken.basis);
        if (lines.empty() && !day.empty()) lines.push_back("at " + day + "; the label gives no directions");
        lines.push_back(std::string(calc::short_name(limit.place)) + " " + format_mg(limit.limit_mg) + " a day from " +
                        std::string(limit.counts) + ": " + verdict(limit) + " (" + format_interval(*limit.taken.mg) +
                        ")");
    }
    return lines;
}

std::optional<std::string> intake_words(const Report& report) {
    const calc::DayAmount day = calc::day_amount(report.assessment);
    if (!report.intake || !day.mg) return std::nullopt;
    const calc::Intake& intake = *report.intake;
    const std::string share = percent_words(100 * day.mg->low / intake.high_mg, 100 * day.mg->high / intake.low_mg);
    const std::string of = least(day.basis).empty() ? "" : least(day.basis) + " is ";
    return of + share + " of the recommended total daily intake of " + mg_words(intake.low_mg, intake.high_mg) +
           " for " + calc::profile_words(report.options.profile) + whose(intake.place, intake.kind) +
           ", which counts food too";
}

}  // namespace magscan::scan
