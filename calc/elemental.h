// The one figure that the product comes down to, from all that its label says.
#pragma once

#include <vector>

#include "calc/assessment.h"
#include "calc/basis.h"

namespace magscan::calc {

inline constexpr double kDisputed = 0.6;  // another place prints a figure that nothing explains

struct Judged {
    const parser::Statement* statement = nullptr;
    Decision decision;
    bool column_open = false;  // the row has several amounts and nothing tells which is a serving's
};

struct Figure {
    Status status = Status::kUnknown;
    std::optional<Interval> per_serving;
    std::optional<Interval> per_unit;
    double confidence = 0;  // 0..1: how strong the evidence is, a score (calibration.h)
    std::string reason;
    std::vector<std::size_t> used;  // indices of the judged statements that the figure rests on
    std::vector<Check> checks;
};

// Panel rows before claims, explicit element before compound, a total before its parts; rows of different forms add up,
// a compound's own row is never added to the mineral's (rule SUM-1). Statements that disagree with nothing to settle it
// give an interval.
Figure combine(const std::vector<Judged>& judged, const Context& context);

}  // namespace magscan::calc
