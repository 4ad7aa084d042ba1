#include "tools/batch/shard.h"

#include <charconv>
#include <cstdint>

namespace magscan::tools::batch {
namespace {

std::uint64_t fnv1a(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char byte : text) {
        hash ^= static_cast<unsigned char>(byte);
        hash *= 0x100000001b3U;
    }
    return hash;
}

}  // namespace

std::optional<Shard> shard_of(std::string_view text) {
    Shard shard;
    const char* end = text.data() + text.size();
    const auto number = std::from_chars(text.data(), end, shard.number);
    if (number.ec != std::errc{} || number.ptr == end || *number.ptr != '/') return std::nullopt;
    const auto of = std::from_chars(number.ptr + 1, end, shard.of);
    if (of.ec != std::errc{} || of.ptr != end) return std::nullopt;
    if (shard.number < 1 || shard.number > shard.of || shard.of > kMostShards) return std::nullopt;
    return shard;
}

bool belongs(std::string_view id, const Shard& shard) {
    return fnv1a(id) % static_cast<std::uint64_t>(shard.of) == static_cast<std::uint64_t>(shard.number - 1);
}

}  // namespace magscan::tools::batch
