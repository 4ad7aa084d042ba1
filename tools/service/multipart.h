// multipart/form-data (RFC 7578), strictly: what browsers and HTTP libraries send, and nothing else.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace magscan::service {

inline constexpr std::size_t kMaxParts = 16;
inline constexpr std::size_t kMaxPartHeader = 2048;  // bytes of one part's header

struct Part {
    std::string name;
    std::string filename;      // as sent; empty where none is given
    std::string content_type;  // empty where none is given
    std::string_view data;     // within the body
};

// The boundary that a Content-Type names; the error says what is wrong with it.
tl::expected<std::string, std::string> boundary_of(std::string_view content_type);

// The parts in their order. The body begins with the boundary and ends with it. Time grows with the body's length
// alone; nothing is copied but names. The error says what is wrong and in which part.
tl::expected<std::vector<Part>, std::string> parts_of(std::string_view body, std::string_view boundary);

}  // namespace magscan::service
