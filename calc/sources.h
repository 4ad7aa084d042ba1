// Where the facts of the data files come from. Loaded once from calc/data/sources.json; safe to read from any number of
// threads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace magscan::calc {

struct Source {
    std::string id;  // as the rows of the data files name it
    std::string title;
    std::string where;  // an address or a document; may be empty
    std::string kind;   // "law", "paper", "authority", "vendor", "unverified" ...
};

// nullptr for an id that the list does not hold.
const Source* find_source(std::string_view id);

// For people: "Title (where); Title". Ids that the list does not hold are left out.
std::string source_words(const std::vector<std::string>& ids);

}  // namespace magscan::calc
