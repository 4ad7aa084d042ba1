// The files of the web page, which are part of the program.
#pragma once

#include <span>
#include <string_view>

namespace magscan::service {

struct StaticFile {
    std::string_view path;          // "/" or "/page.js"
    std::string_view content_type;  // "text/html; charset=utf-8"
    std::string_view bytes;
};

// Served to anybody at their paths, with kPagePolicy.
std::span<const StaticFile> static_files();

// Scripts and styles from this service alone, none within the page; pictures that the page makes itself.
inline constexpr std::string_view kPagePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

}  // namespace magscan::service
