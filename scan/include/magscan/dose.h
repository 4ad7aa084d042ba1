// How much magnesium an amount of a named form is, without a label.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "magscan/export.h"
#include "magscan/report.h"

namespace magscan {

struct DoseQuestion {
    std::string form;                              // as a label names it, in any of its languages, or "id:malate"
    std::string amount;                            // "500mg", "0,5 g", "400 mcg", "20 mmol", "40 mEq"; of one serving
    Basis basis = Basis::kAmbiguous;               // whose weight it is
    std::optional<double> units_per_serving = {};  // above 0, at most 1000
    std::optional<double> servings_per_day = {};   // above 0, at most 1000
};

// A mass in mg, over the ways to take it that the question tells.
struct DoseMass {
    Interval per_serving;
    std::optional<Interval> per_unit;
    std::optional<Interval> per_day;
};

// One way to understand the amount.
struct DoseReading {
    Basis basis = Basis::kElemental;  // kElemental or kCompound
    DoseMass elemental;
    std::optional<DoseMass> compound;  // missing where the form's share of magnesium may be 0, and for the element
};

// Immutable; copies share what they hold. May be read from any number of threads at once.
class MAGSCAN_API Dose {
  public:
    const std::string& compound() const;               // id in the table of compounds
    const std::string& name() const;                   // for people
    const Interval& share() const;                     // of magnesium in the compound's weight, 0..1
    const DoseMass& elemental() const;                 // over all readings
    const std::vector<DoseReading>& readings() const;  // one; two, the compound's first, where the basis is open

    // One line without its line break, as docs/calc.schema.json describes it: what `magscan calc --json` prints.
    std::string to_json() const;

    // Several lines for people: what `magscan calc` prints.
    std::string to_text() const;

    // Internal: doses come from Scanner::calc.
    struct State;
    explicit Dose(std::shared_ptr<const State> state);

  private:
    std::shared_ptr<const State> state_;
};

}  // namespace magscan
