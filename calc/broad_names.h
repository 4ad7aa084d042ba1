// Which names of forms may mean the same substance. Loaded once from calc/data/broad_names.json; safe to read from any
// number of threads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace magscan::calc {

struct BroadName {
    std::string family;               // id of the report's forms
    std::vector<std::string> may_be;  // further families it may stand for; empty: any
    std::string why;
    std::vector<std::string> sources;
};

const std::vector<BroadName>& broad_names();

// "Complex", "liposomal": says nothing about the substance.
bool stands_for_any(std::string_view family);

// Whether one of two families may stand for the other.
bool may_be_same(std::string_view a, std::string_view b);

}  // namespace magscan::calc
