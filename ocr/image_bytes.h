// Numbers out of bytes that may end anywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace magscan::ocr::codec {

using Bytes = std::span<const std::byte>;

enum class ByteOrder { kLittle, kBig };

inline bool holds(Bytes bytes, std::size_t at, std::size_t count) {
    return at <= bytes.size() && count <= bytes.size() - at;
}

// `count` bytes (1..4) from `at` as an unsigned number; 0 where the bytes end before.
inline std::uint32_t number_at(Bytes bytes, std::size_t at, unsigned count, ByteOrder order) {
    if (!holds(bytes, at, count)) return 0;
    std::uint32_t value = 0;
    for (unsigned i = 0; i < count; ++i) {
        const std::size_t from = order == ByteOrder::kBig ? at + i : at + count - 1 - i;
        value = value << 8 | std::to_integer<std::uint32_t>(bytes[from]);
    }
    return value;
}

inline std::uint32_t u8(Bytes bytes, std::size_t at) {
    return number_at(bytes, at, 1, ByteOrder::kBig);
}
inline std::uint32_t u16be(Bytes bytes, std::size_t at) {
    return number_at(bytes, at, 2, ByteOrder::kBig);
}
inline std::uint32_t u32be(Bytes bytes, std::size_t at) {
    return number_at(bytes, at, 4, ByteOrder::kBig);
}
inline std::uint32_t u16le(Bytes bytes, std::size_t at) {
    return number_at(bytes, at, 2, ByteOrder::kLittle);
}
inline std::uint32_t u24le(Bytes bytes, std::size_t at) {
    return number_at(bytes, at, 3, ByteOrder::kLittle);
}
inline std::uint32_t u32le(Bytes bytes, std::size_t at) {
    return number_at(bytes, at, 4, ByteOrder::kLittle);
}

// Whether exactly these characters stand at `at`.
inline bool has_text(Bytes bytes, std::size_t at, std::string_view text) {
    return holds(bytes, at, text.size()) && std::memcmp(bytes.data() + at, text.data(), text.size()) == 0;
}

// The part from `at` on, at most `count` bytes, cut where the bytes end.
inline Bytes part(Bytes bytes, std::size_t at, std::size_t count) {
    if (at >= bytes.size()) return {};
    return bytes.subspan(at, count < bytes.size() - at ? count : bytes.size() - at);
}

}  // namespace magscan::ocr::codec
