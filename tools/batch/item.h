// What a batch is made of: one photo, or the photos of one product, that come to one line of output.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace magscan::tools::batch {

struct Item {
    std::string id;                  // unique within a batch, valid UTF-8; becomes the report's source.name
    std::vector<std::string> files;  // absolute paths, or URLs where those are taken; several are photos of one product
    nlohmann::ordered_json columns = nlohmann::ordered_json::object();  // the manifest's other columns, passed through
    std::string refusal;  // why it can't be read whatever its files hold; empty: nothing is known against it
    // "profile" and "jurisdiction" where it has its own (worker.h); else null.
    nlohmann::ordered_json options = nullptr;
    std::uint64_t ticket = 0;  // what a JobSource tells its items apart by; goes nowhere
};

// {"id": ..., "files": [...]}, and "columns", "refusal" and "options" where there are any: a line of items.jsonl and
// what a worker process is sent.
std::string item_line(const Item& item);

// Nothing where the line is no item.
std::optional<Item> item_of(std::string_view line);

// The same as a part of other JSON.
nlohmann::ordered_json item_json(const Item& item);
std::optional<Item> item_of_json(const nlohmann::ordered_json& from);

// As much of an id as tells it from all others.
struct IdKey {
    std::uint64_t high = 0, low = 0;
    bool operator==(const IdKey&) const = default;
};
struct IdKeyHash {
    std::size_t operator()(const IdKey& key) const { return key.low; }
};
IdKey key_of(std::string_view id);  // the first half of its SHA-256

// The text itself where it is UTF-8, else with its stray bytes written as "%FF".
std::string as_utf8(std::string_view text);

}  // namespace magscan::tools::batch
