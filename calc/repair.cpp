#include "calc/repair.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string_view>

#include "calc/calibration.h"
#include "calc/compounds.h"
#include "calc/numbers.h"
#include "calc/percent.h"
#include "calc/shares.h"

namespace magscan::calc {
namespace {

using parser::Amount;
using parser::Statement;

constexpr double kSameMg = 0.05;
constexpr double kMostMg = 1500;  // of the element in a serving; more is no plausible repair

// What recognisers take one digit for.
std::string_view confusions(char digit) {
    static const std::map<char, std::string_view> kTable = {{'0', "689"},  {'1', "74"},  {'2', "7"},    {'3', "85"},
                                                            {'4', "19"},   {'5', "36"},  {'6', "0589"}, {'7', "12"},
                                                            {'8', "0369"}, {'9', "0468"}};
    const auto found = kTable.find(digit);
    return found == kTable.end() ? std::string_view() : found->second;
}

std::string digits_of(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9') digits += c;
    }
    return digits;
}

double value_of(const std::string& digits) {
    double value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

// One figure and the readings that one slip of the recogniser could have made it from.
struct Figure {
    std::string digits;
    double unit = 1;      // of the last digit
    bool marked = false;  // holds a decimal mark or groups

    double value() const { return value_of(digits) * unit; }
};

// Readings that differ in one digit, one lost digit or a lost decimal point; as values. `any`: every digit for every
// other, to see whether a repair is the only one.
std::vector<double> slips(const Figure& figure, const std::vector<std::string>& alternatives, bool any) {
    std::vector<double> values;
    const std::string& digits = figure.digits;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const std::string_view others = any ? std::string_view("0123456789") : confusions(digits[i]);
        for (const char other : others) {
            std::string changed = digits;
            changed[i] = other;
            if (changed != digits && changed.front() != '0') values.push_back(value_of(changed) * figure.unit);
        }
    }
    for (char c = '0'; c <= '9'; ++c) {
        if (c != '0') values.push_back(value_of(c + digits) * figure.unit);
        values.push_back(value_of(digits + c) * figure.unit);
    }
    if (!figure.marked && digits.size() >= 3) values.push_back(value_of(digits) * figure.unit / 10);
    for (const std::string& text : alternatives) {
        const std::string other = digits_of(text);
        const bool one_digit = other.size() == digits.size() &&
                               std::inner_product(other.begin(), other.end(), digits.begin(), 0, std::plus<>(),
                                                  [](char a, char b) { return a != b ? 1 : 0; }) == 1;
        if (one_digit) values.push_back(value_of(other) * figure.unit);
    }
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return values;
}

class Repairer {
  public:
    Repairer(const Statement& statement, const std::vector<Statement>& all, parser::Jurisdiction market)
        : s_(statement), all_(all), market_(market), amount_(s_.inner_element ? *s_.inner_element : *s_.amount) {
        mg_ = {digits_of(s_.amount_reading->text), 0, false};
        const double plain = value_of(mg_.digits);
        mg_.unit = plain > 0 ? amount_.mg / plain : 0;
        mg_.marked = mg_.digits.size() != s_.amount_reading->text.size();
        percent_ = {digits_of(s_.percent_reading->text), 1, false};
        const double read = value_of(percent_.digits);
        if (s_.percent && read > 0) percent_.unit = *s_.percent / read;
    }

    std::optional<Repair> run() {
        if (mg_.digits.empty() || percent_.digits.empty() || mg_.unit <= 0) return std::nullopt;
        if (s_.percent && fits(amount_.mg, *s_.percent)) return std::nullopt;
        if (auto unglued = unglue()) return unglued;
        if (!s_.percent || s_.percent_unmarked || may_be_compound()) return std::nullopt;
        // A text is printed so or was typed or read by others: only the weight of the compound proves the repair.
        if (!is_photo() && !compound_weight()) return std::nullopt;
        const auto amounts = fitting_amounts();
        const auto percents = fitting_percents();
        if (amounts.size() == 1 && percents.empty()) return with_amount(amounts.front());
        if (percents.size() == 1 && amounts.empty() && is_photo()) return with_percent(percents.front(), true);
        return std::nullopt;
    }

  private:
    bool fits(double mg, double percent) const {
        return fitting_daily_value(mg, amount_.step_mg, percent, market_).has_value();
    }

    // The percentage is right for a compound of that weight: nothing is misread.
    bool may_be_compound() const {
        if (s_.inner_element) return false;
        double low = 0.03, high = 0.603;  // any source: magnesium oxide is the densest
        if (s_.forms.size() == 1) {
            const Compound* compound = find_compound(s_.forms.front().compound);
            if (compound != nullptr && compound->declared_high > 0) {
                low = compound->declared_low;
                high = compound->declared_high;
            }
        }
        const auto& values = adult_daily_values(market_);
        return std::any_of(values.begin(), values.end(), [&](double value) {
            return fits_declared(*s_.percent * value / (100 * amount_.mg), low, high);
        });
    }

    // "200 mg 4896": the sign was read as "96" or "9".
    std::optional<Repair> unglue() const {
        std::vector<double> fitting;
        for (const std::string_view sign : {"96", "9"}) {
            const std::string& digits = percent_.digits;
            if (digits.size() <= sign.size() || !digits.ends_with(sign)) continue;
            const double percent = value_of(digits.substr(0, digits.size() - sign.size()));
            if (percent >= 1 && percent < 1000 && digits.size() - sign.size() >= 2 && fits(amount_.mg, percent))
                fitting.push_back(percent);
        }
        if (fitting.size() != 1) return std::nullopt;
        const bool has_sign = s_.percent && !s_.percent_unmarked;  // then the 9 is a digit too many
        return with_percent(fitting.front(), has_sign);
    }

    // The only amount within one digit that fits, if it is a plausible misreading and no other place prints the amount
    // as it was read.
    std::vector<double> fitting_amounts() const {
        std::vector<double> any = slips(mg_, s_.amount_reading->alternatives, true);
        std::erase_if(any, [&](double mg) { return mg > kMostMg || !fits(mg, *s_.percent) || !fits_compound(mg); });
        if (any.size() != 1) return any;
        const std::vector<double> plausible = slips(mg_, s_.amount_reading->alternatives, false);
        const bool known = std::any_of(plausible.begin(), plausible.end(),
                                       [&](double mg) { return std::abs(mg - any.front()) < kSameMg; });
        if (!known || printed_elsewhere()) any.clear();
        return any;
    }

    std::vector<double> fitting_percents() const {
        std::vector<double> percents = slips(percent_, s_.percent_reading->alternatives, false);
        std::erase_if(percents, [&](double percent) { return percent > 999 || !fits(amount_.mg, percent); });
        return percents;
    }

    bool fits_compound(double mg) const {
        const auto whole = compound_weight();
        return !whole || share_of(s_).holds(mg / *whole);
    }

    // Of the one compound that the row names, printed in it or in a row of its own.
    bool is_photo() const { return medium_of(s_) == Medium::kPhoto; }

    std::optional<double> compound_weight() const {
        if (s_.forms.size() != 1 || !share_of(s_).named) return std::nullopt;
        const auto& own = s_.inner_element ? s_.amount : s_.inner_compound;
        if (own) return own->mg;
        std::optional<double> weight;
        for (const Statement& other : all_) {
            const bool same = other.subject == parser::Subject::kCompound && other.amount && !other.inner_element &&
                              !other.percent && other.forms.size() == 1 &&
                              other.forms.front().family == s_.forms.front().family;
            if (!same) continue;
            if (weight && *weight != other.amount->mg) return std::nullopt;
            weight = other.amount->mg;
        }
        return weight;
    }

    bool printed_elsewhere() const {
        const auto count = std::count_if(all_.begin(), all_.end(), [&](const Statement& other) {
            const auto& amount = other.inner_element ? other.inner_element : other.amount;
            return amount && std::abs(amount->mg - amount_.mg) < kSameMg;
        });
        return count > 1;  // the statement itself is one of them
    }

    Repair with_amount(double mg) const {
        Repair repair{s_, true, {}};
        Amount& amount = repair.statement.inner_element ? *repair.statement.inner_element : *repair.statement.amount;
        amount.mg = mg;
        const double value = *fitting_daily_value(mg, amount_.step_mg, *s_.percent, market_);
        repair.check = {"REP-1", CheckResult::kCorrected,
                        "Read " + amount_.text + "; " + number(*s_.percent) + " % of " + number(value) + " mg makes " +
                            number(mg) + " mg, the only amount one misread digit away."};
        return repair;
    }

    Repair with_percent(double percent, bool digit) const {
        Repair repair{s_, digit, {}};
        repair.statement.percent = percent;
        repair.statement.percent_unmarked = false;
        const double value = *fitting_daily_value(amount_.mg, amount_.step_mg, percent, market_);
        repair.check = {"REP-1", CheckResult::kCorrected,
                        "Read " + s_.percent_reading->text + " as a percentage; " + amount_.text + " is " +
                            number(percent) + " % of " + number(value) + " mg."};
        return repair;
    }

    const Statement& s_;
    const std::vector<Statement>& all_;
    parser::Jurisdiction market_;
    const Amount& amount_;
    Figure mg_;
    Figure percent_;
};

}  // namespace

std::optional<Repair> repair(const Statement& statement, const std::vector<Statement>& all,
                             parser::Jurisdiction market) {
    const bool of_element = statement.inner_element || statement.subject == parser::Subject::kMineral;
    const auto& amount = statement.inner_element ? statement.inner_element : statement.amount;
    if (!of_element || !amount || amount->molar || statement.unnamed) return std::nullopt;
    if (!statement.amount_reading || !statement.percent_reading || !statement.other_columns.empty())
        return std::nullopt;
    return Repairer(statement, all, market).run();
}

}  // namespace magscan::calc
