#include "calc/unread_rows.h"

#include <algorithm>

#include "calc/percent.h"

namespace magscan::calc {
namespace {

constexpr double kPart = 0.5;     // the figure may well be a part only
constexpr double kLeastMg = 4;    // about 1 % of the daily value: less is no row of magnesium's
constexpr double kMostMg = 2500;  // no oral product carries more in a serving

double most_by_percent(double percent, parser::Jurisdiction market) {
    const auto& values = adult_daily_values(market);
    return (percent + 0.5) * *std::max_element(values.begin(), values.end()) / 100;
}

// The most that a row can add; 0 for rows that can't be magnesium's.
double most_of(const parser::UnreadRow& row, parser::Jurisdiction market) {
    if (row.amount && row.percent) {
        if (fitting_daily_value(row.amount->mg, row.amount->step_mg, *row.percent, market)) return row.amount->mg;
        return row.names_form ? std::max(row.amount->mg, most_by_percent(*row.percent, market)) : 0;
    }
    if (row.percent) return most_by_percent(*row.percent, market);
    return row.amount ? row.amount->mg : 0;
}

// Another photo shows the row in full.
bool is_counted(const parser::UnreadRow& row, const std::vector<Judged>& judged) {
    return std::any_of(judged.begin(), judged.end(), [&](const Judged& j) {
        const parser::Statement& s = *j.statement;
        const bool elsewhere = std::none_of(s.evidence.begin(), s.evidence.end(),
                                            [&](const parser::Evidence& e) { return e.image == row.evidence.image; });
        const bool same_amount = !row.amount || (s.amount && s.amount->mg == row.amount->mg);
        const bool same_percent = !row.percent || s.percent == row.percent;
        return elsewhere && s.amount && s.percent && same_amount && same_percent;
    });
}

}  // namespace

std::optional<parser::Warning> allow_for_unread_rows(Figure& figure, const std::vector<Judged>& judged,
                                                     const parser::Label& label) {
    std::optional<Interval>& interval = figure.per_serving ? figure.per_serving : figure.per_unit;
    if (!interval || figure.used.empty()) return std::nullopt;
    const bool total = std::any_of(figure.used.begin(), figure.used.end(),
                                   [&](std::size_t i) { return judged[i].statement->is_total; });
    if (total) return std::nullopt;
    double added = 0;
    int figures = 0, names = 0;
    for (const parser::UnreadRow& row : label.unread_rows) {
        if (is_counted(row, judged)) continue;
        const double most = most_of(row, label.jurisdiction);
        const bool counts = most >= kLeastMg && most <= kMostMg;
        if (counts) added += most;
        figures += counts;
        names += row.names_form;
    }
    if (figures == 0 && names == 0) return std::nullopt;
    const bool bounded = figures >= names;
    figure.status = bounded ? Status::kEstimated : Status::kUnknown;
    figure.reason = "Rows beside it that could not be read may be magnesium's too: the figure may be a part only.";
    if (bounded) {
        interval->value.reset();
        interval->high += added;
        figure.confidence = std::min(figure.confidence, kPart);
    } else {
        figure.per_serving.reset();
        figure.per_unit.reset();
        figure.confidence = 0;
    }
    return parser::Warning{"rows_unread",
                           "Rows of the facts panel beside magnesium could not be read, and the amount may be a part "
                           "of the total only. Photograph the panel again, straight from the front and closer."};
}

}  // namespace magscan::calc
