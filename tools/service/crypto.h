// SHA-256 and random bytes.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace magscan::service {

using Digest = std::array<unsigned char, 32>;

Digest sha256(std::string_view bytes);

// Takes as long whatever the two hold.
bool same_digest(const Digest& a, const Digest& b);

std::string to_hex(std::string_view bytes);  // lower case
std::string to_hex(const Digest& digest);

// Of the system's generator for secrets. Throws std::runtime_error where it fails.
std::string random_bytes(std::size_t count);

// Letters that need no escaping in a header or a URL, without padding.
std::string to_base64url(std::string_view bytes);

}  // namespace magscan::service
