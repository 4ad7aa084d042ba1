// Reading the tables of calc/data: rows of a JSON file, what may be missing in them, and words that stand for values.
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace magscan::calc {

// The rows of a list in a file, in its order. The files are part of the program and checked by the tests: they load.
template <typename RowOf>
auto rows_of(std::string_view content, const char* list, RowOf row_of) {
    const nlohmann::json file = nlohmann::json::parse(content);
    std::vector<decltype(row_of(file))> rows;
    for (const auto& row : file.at(list)) rows.push_back(row_of(row));
    return rows;
}

// nullptr where no row has the id.
template <typename Row>
const Row* find_by_id(const std::vector<Row>& rows, std::string_view id) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.id == id; });
    return found == rows.end() ? nullptr : &*found;
}

// Leaves `to` as it is where the value is null.
template <typename Value>
void read_if_any(const nlohmann::json& value, std::optional<Value>& to) {
    if (!value.is_null()) to = value.get<Value>();
}

template <typename Value>
using Words = std::vector<std::pair<std::string_view, Value>>;

// Throws std::out_of_range for a word that is not in the list.
template <typename Value>
Value value_of(const Words<Value>& words, std::string_view word) {
    for (const auto& [name, value] : words)
        if (name == word) return value;
    throw std::out_of_range("no such word: " + std::string(word));
}

template <typename Value>
std::string_view word_of(const Words<Value>& words, Value value) {
    for (const auto& [name, named] : words)
        if (named == value) return name;
    return {};
}

}  // namespace magscan::calc
