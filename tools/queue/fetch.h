// Pictures by http:// and https://, from named hosts only.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace magscan::tools::queue {

struct FetchLimits {
    std::vector<std::string> hosts;  // "HOST" at the scheme's own port, or "HOST:PORT"; no others are asked
    std::size_t bytes = 40'000'000;
    std::chrono::seconds time{60};  // for the whole of it, redirects and further tries among it
};

bool is_url(const std::string& text);  // http:// or https://, in any case

// What a picture of a URL is called: the last component of its path, without query; "photo" where there is none.
std::string name_of_url(const std::string& url);

// The URL without scheme, user, query and fragment; empty where it is no URL of a host.
std::string id_of_url(const std::string& url);

// The content. Redirects are followed within the host alone. What may pass (no answer, 429, 5xx) is tried three times.
// The error is a sentence, without the URL's query, which may hold a signature. May be called from several threads.
tl::expected<std::string, std::string> fetch(const std::string& url, const FetchLimits& limits);

}  // namespace magscan::tools::queue
