#include "calc/columns.h"

#include <algorithm>
#include <cmath>

#include "calc/numbers.h"
#include "calc/percent.h"

namespace magscan::calc {
namespace {

using parser::Column;
using parser::Heading;
using parser::People;
using parser::Per;

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

bool per_hundred(const Heading& heading) {
    return heading.per == Per::k100g || heading.per == Per::k100ml;
}

// A bare "100 g" over the only column may be the weight of the pack.
bool begins_with_digit(const Heading& heading) {
    return !heading.text.empty() && heading.text.front() >= '0' && heading.text.front() <= '9';
}

bool is_serving(const Heading& heading, const std::optional<parser::Serving>& serving) {
    return serving && serving->units && serving->unit && heading.units && heading.unit == *serving->unit &&
           std::abs(*heading.units - *serving->units) < 1e-6;
}

// The lower, the nearer to "one serving". Columns for an unknown number of units come last.
double distance(const Heading& heading, const std::optional<parser::Serving>& serving) {
    constexpr double kUntold = 1e6;
    if (per_hundred(heading)) return 2 * kUntold;
    if (is_serving(heading, serving)) return 0;
    const double people = heading.people == People::kChildren ? 100 : 0;
    switch (heading.per) {
        case Per::kServing:
            return people + 1;
        case Per::kDay:
            return people + 2;
        case Per::kUnit:
            return people + 3;
        default:
            break;
    }
    if (heading.units) return people + 4 + std::min(*heading.units, 90.0) / 100;  // the smallest serving
    return heading.people == People::kAnyone ? kUntold : people + 6;
}

// The column that the headings single out.
std::size_t by_headings(const std::vector<Column>& columns, const std::optional<parser::Serving>& serving) {
    std::size_t best = kNone;
    bool tie = false, told = false;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        told = told || columns[i].heading.tells();
        const double own = distance(columns[i].heading, serving);
        const double other = best == kNone ? INFINITY : distance(columns[best].heading, serving);
        tie = own == other || (tie && own > other);
        if (own < other) best = i;
    }
    return told && !tie ? best : kNone;
}

bool fits(const Column& column, double percent, parser::Jurisdiction market) {
    return fitting_daily_value(column.amount.mg, column.amount.step_mg, percent, market).has_value();
}

bool is_multiple(double a, double b) {
    const double ratio = std::max(a, b) / std::min(a, b);
    return ratio < 6.5 && std::abs(ratio - std::round(ratio)) < 0.02;
}

// The column whose amount alone agrees with the percentage. Amounts that are multiples of each other are of one and two
// scoops, and the percentage may stand for either: the first is taken, or none.
std::size_t by_percent(const std::vector<Column>& columns, std::optional<double> percent, parser::Jurisdiction market) {
    if (!percent) return kNone;
    if (fits(columns.front(), *percent, market)) return 0;
    std::size_t best = kNone;
    for (std::size_t i = 1; i < columns.size(); ++i) {
        if (!fits(columns[i], *percent, market)) continue;
        if (best != kNone || is_multiple(columns[i].amount.mg, columns.front().amount.mg)) return kNone;
        best = i;
    }
    return best;
}

std::string printed(const Column& column) {
    return column.amount.text + (column.heading.text.empty() ? "" : " (" + column.heading.text + ")");
}

// "1 scoop 60 mg, 2 scoops 120 mg": the amounts are to each other as the servings are.
bool in_proportion(const Column& own, const Column& other) {
    if (!own.heading.units || !other.heading.units || own.heading.unit != other.heading.unit) return false;
    const double expected = own.amount.mg * *other.heading.units / *own.heading.units;
    return std::abs(other.amount.mg - expected) < 0.01 * expected + 0.5;
}

// A row's only percentage belongs to the amount that it fits, the chosen one before others.
void place_percent(std::vector<Column>& columns, std::size_t chosen, double percent, parser::Jurisdiction market) {
    columns.front().percent.reset();
    const auto fitting = std::find_if(columns.begin(), columns.end(),
                                      [&](const Column& column) { return fits(column, percent, market); });
    const bool others = fitting != columns.end() && !fits(columns[chosen], percent, market);
    (others ? *fitting : columns[chosen]).percent = percent;
}

// The column that speaks for the chosen one.
std::optional<Column> proof_of(const std::vector<Column>& columns, std::size_t chosen, parser::Jurisdiction market) {
    const Column& own = columns[chosen];
    if (own.percent) return std::nullopt;
    for (const Column& other : columns) {
        if (other.percent && fits(other, *other.percent, market) && in_proportion(own, other)) return other;
    }
    return std::nullopt;
}

// "11,900 mg per 100 g, 298 mg per 2.5 g": the one has to be the other times the measures.
std::optional<Check> compare_with_hundred(const Column& own, const Column& hundred) {
    const bool gram = hundred.heading.per == Per::k100g && own.heading.unit == "g";
    const bool millilitre = hundred.heading.per == Per::k100ml && own.heading.unit == "ml";
    if (!own.heading.units || (!gram && !millilitre)) return std::nullopt;
    const double expected = hundred.amount.mg * *own.heading.units / 100;
    const double slack = own.amount.step_mg / 2 + hundred.amount.step_mg / 2 * *own.heading.units / 100;
    const bool fits = std::abs(own.amount.mg - expected) <= slack + 0.005 * expected;
    return Check{"COL-1", fits ? CheckResult::kPass : CheckResult::kFail,
                 printed(hundred) + " makes " + number(expected) + " mg in " + number(*own.heading.units) + " " +
                     own.heading.unit + "; the label prints " + own.amount.text + "."};
}

// "120 mg per capsule / 360 mg per day (3 capsules)": the row's own amount is a unit's, another the serving's.
bool makes_serving(const parser::Statement& s, const std::optional<parser::Serving>& serving) {
    if (s.per != Per::kUnit || !serving || !serving->units) return false;
    const double all = s.amount->mg * *serving->units;
    return std::any_of(s.other_columns.begin(), s.other_columns.end(),
                       [&](const Column& c) { return std::abs(c.amount.mg - all) < 0.01 * all; });
}

void take(ColumnChoice& choice, std::vector<Column> columns, std::size_t chosen) {
    parser::Statement& s = choice.statement;
    const Column& own = columns[chosen];
    std::string others;
    for (const Column& column : columns) {
        if (auto check = compare_with_hundred(own, column)) choice.measure_check = std::move(check);
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i != chosen) others += (others.empty() ? "" : ", ") + printed(columns[i]);
    }
    choice.check =
        Check{"COL-1", CheckResult::kPass, "Taken: " + printed(own) + ". The row also gives " + others + "."};
    if (chosen != 0) s.amount_reading.reset();
    s.amount = own.amount;
    s.heading = own.heading;
    if (s.heading.per != Per::kUnknown) s.per = s.heading.per;
    columns.erase(columns.begin() + static_cast<std::ptrdiff_t>(chosen));
    s.other_columns = std::move(columns);
}

}  // namespace

ColumnChoice choose_column(const parser::Statement& statement, const std::optional<parser::Serving>& serving,
                           parser::Jurisdiction market) {
    ColumnChoice choice;
    choice.statement = statement;
    if (!statement.amount) return choice;
    const Per printed_per = statement.heading.per;
    if (statement.other_columns.empty()) {
        // A table that declares per 100 g only.
        if (statement.per == Per::kUnknown && per_hundred(statement.heading) && !begins_with_digit(statement.heading))
            choice.statement.per = printed_per;
        return choice;
    }
    std::vector<Column> columns = {{*statement.amount, statement.percent, statement.heading}};
    columns.insert(columns.end(), statement.other_columns.begin(), statement.other_columns.end());
    const bool one_percent = std::none_of(statement.other_columns.begin(), statement.other_columns.end(),
                                          [](const Column& c) { return c.percent.has_value(); });
    std::size_t chosen = by_headings(columns, serving);
    if (chosen == kNone && one_percent) chosen = by_percent(columns, statement.percent, market);
    if (chosen == kNone && makes_serving(statement, serving)) return choice;
    if (chosen == kNone) {
        choice.settled = statement.inner_element.has_value();
        return choice;
    }
    if (one_percent && statement.percent) place_percent(columns, chosen, *statement.percent, market);
    choice.proof = proof_of(columns, chosen, market);
    const bool own_percent = columns[chosen].percent.has_value();
    if (one_percent && statement.percent && !own_percent && !choice.proof) {
        choice.settled = false;  // the headings say one thing and the percentage another
        return choice;
    }
    choice.statement.percent = columns[chosen].percent;
    if (!own_percent || (!one_percent && chosen != 0)) choice.statement.percent_reading.reset();
    take(choice, std::move(columns), chosen);
    return choice;
}

}  // namespace magscan::calc
