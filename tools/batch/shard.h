// A batch's share of the items, for several machines or jobs that take one each.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace magscan::tools::batch {

struct Shard {
    int number = 1;  // from 1 on
    int of = 1;
    bool operator==(const Shard&) const = default;
};

inline constexpr int kMostShards = 100'000;

// "3/8"; nothing where it is no such share.
std::optional<Shard> shard_of(std::string_view text);

// Each id belongs to one share of `of`: the FNV-1a hash (64 bits) of its bytes, modulo `of`, is number - 1. It depends
// on nothing but the id.
bool belongs(std::string_view id, const Shard& shard);

}  // namespace magscan::tools::batch
