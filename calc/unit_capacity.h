// How much active compound a dosage unit can hold. Loaded once from calc/data/unit_capacity.json; safe to read from any
// number of threads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace magscan::calc {

struct UnitCapacity {
    std::string unit;   // as parser::dosage_unit() names it
    std::string size;   // "00" for a capsule of that size; empty: size not known
    double soft_g = 0;  // grams that it usually holds at most
    double hard_g = 0;  // grams that it can hold at the very most
    std::string note;
    std::vector<std::string> sources;
};

// nullptr for a unit or size that the table does not hold.
const UnitCapacity* find_unit_capacity(std::string_view unit, std::string_view size = {});
const std::vector<UnitCapacity>& unit_capacities();

}  // namespace magscan::calc
