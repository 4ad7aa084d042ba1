// Rules P-1 and P-2: the compound of the amount that was decided has to fit into the dosage unit.
#pragma once

#include "calc/basis.h"
#include "calc/shares.h"

namespace magscan::calc {

// What the unit can't hold beats an agreeing percentage: such an element's amount becomes bounds, and what is refused
// is no bound either. Only where the percentage proves an amount that the named form can't be, but a denser source can,
// the amount stays and the form is what is wrong. Adds its checks to the decision; true where the figure that is left
// is doubtful.
bool check_capacity(Decision& decision, const parser::Statement& statement, const Context& context, const Share& share);

}  // namespace magscan::calc
