#include "tools/queue/fetch.h"

#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <optional>
#include <thread>

#include "tools/batch/stop.h"
#include "tools/files.h"

namespace magscan::tools::queue {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int kMostRedirects = 3, kTries = 3;
constexpr milliseconds kPause{500};
constexpr long kConnectMilliseconds = 10'000;

struct FreeUrl {
    void operator()(CURLU* url) const { ::curl_url_cleanup(url); }
};
struct FreeHandle {
    void operator()(CURL* handle) const { ::curl_easy_cleanup(handle); }
};

struct Parts {
    std::string scheme, host, port, path;
    bool has_user = false;

    bool is_at(const Parts& other) const { return scheme == other.scheme && host == other.host && port == other.port; }
};

std::string part_of(CURLU* url, CURLUPart part, unsigned flags = 0) {
    char* text = nullptr;
    if (::curl_url_get(url, part, &text, flags) != CURLUE_OK) return {};
    std::string out = text;
    ::curl_free(text);
    return out;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::optional<Parts> parts_of(const std::string& text) {
    const std::unique_ptr<CURLU, FreeUrl> url(::curl_url());
    if (::curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) return std::nullopt;
    Parts parts{lower(part_of(url.get(), CURLUPART_SCHEME)), lower(part_of(url.get(), CURLUPART_HOST)),
                part_of(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT), part_of(url.get(), CURLUPART_PATH),
                !part_of(url.get(), CURLUPART_USER).empty()};
    const bool known = parts.scheme == "http" || parts.scheme == "https";
    return known && !parts.host.empty() ? std::optional(parts) : std::nullopt;
}

bool is_allowed(const Parts& parts, const std::vector<std::string>& hosts) {
    const bool own_port = parts.port == (parts.scheme == "https" ? "443" : "80");
    return std::any_of(hosts.begin(), hosts.end(), [&](const std::string& host) {
        return lower(host) == parts.host + ":" + parts.port || (own_port && lower(host) == parts.host);
    });
}

struct Body {
    std::string bytes;
    std::size_t limit = 0;
    bool too_large = false;
};

std::size_t receive(char* data, std::size_t, std::size_t count, void* to) {
    auto* body = static_cast<Body*>(to);
    body->too_large = count > body->limit - body->bytes.size();
    if (body->too_large) return 0;
    body->bytes.append(data, count);
    return count;
}

struct Answer {
    CURLcode code = CURLE_OK;
    long status = 0;
    std::string redirect;
    Body body;

    bool may_pass() const {
        constexpr long kTooMany = 429, kServerError = 500;
        if (body.too_large || code == CURLE_FILESIZE_EXCEEDED) return false;
        return code != CURLE_OK || status == kTooMany || status >= kServerError;
    }
};

Answer ask(const std::string& url, std::size_t limit, milliseconds time) {
    const std::unique_ptr<CURL, FreeHandle> handle(::curl_easy_init());
    Answer answer;
    answer.body.limit = limit;
    CURL* curl = handle.get();
    ::curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    ::curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    ::curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    ::curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    ::curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, kConnectMilliseconds);
    ::curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(time.count()));
    ::curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(limit));
    ::curl_easy_setopt(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    ::curl_easy_setopt(curl, CURLOPT_USERAGENT, "magscan/" MAGSCAN_VERSION);
    ::curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
    ::curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
    answer.code = ::curl_easy_perform(curl);
    ::curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
    char* redirect = nullptr;
    ::curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &redirect);
    if (redirect != nullptr) answer.redirect = redirect;
    return answer;
}

std::string why(const Answer& answer, std::size_t limit) {
    if (answer.body.too_large || answer.code == CURLE_FILESIZE_EXCEEDED)
        return "larger than " + std::to_string(limit / 1'000'000) + " MB. Save it smaller and try again";
    if (answer.code == CURLE_OPERATION_TIMEDOUT) return "could not be fetched in time. Try it again";
    if (answer.code != CURLE_OK)
        return std::string("could not be fetched: ") + ::curl_easy_strerror(answer.code) + ". Try it again";
    return "could not be fetched: HTTP status " + std::to_string(answer.status) + ". Check the URL";
}

// Each of several redirects within the time.
tl::expected<Answer, std::string> follow(std::string url, const FetchLimits& limits, Clock::time_point end) {
    const auto first = parts_of(url);
    if (!first) return tl::unexpected(std::string("is no URL of a picture. Correct it"));
    if (first->has_user) return tl::unexpected(std::string("names a user, which workers refuse. Leave it out"));
    if (!is_allowed(*first, limits.hosts)) {
        return tl::unexpected("is on " + first->host + ":" + first->port +
                              ", which the worker may not ask. Start it with --allow-host");
    }
    for (int redirects = 0;; ++redirects) {
        const auto left = std::chrono::ceil<milliseconds>(end - Clock::now());
        Answer answer = ask(url, limits.bytes, std::max(left, milliseconds(1)));
        if (answer.code != CURLE_OK || answer.redirect.empty()) return answer;
        const auto next = parts_of(answer.redirect);
        if (!next || !next->is_at(*first)) {
            return tl::unexpected(std::string(
                "leads to another host, port or scheme. Name the URL that it leads to, and allow its host"));
        }
        if (redirects == kMostRedirects) return tl::unexpected(std::string("is redirected too often. Check the URL"));
        url = answer.redirect;
    }
}

}  // namespace

bool is_url(const std::string& text) {
    const std::string start = lower(text.substr(0, 8));
    return start.starts_with("http://") || start == "https://";
}

std::string name_of_url(const std::string& url) {
    const auto parts = parts_of(url);
    if (!parts || parts->path.empty() || parts->path.back() == '/') return "photo";
    return base_name(parts->path);
}

std::string id_of_url(const std::string& url) {
    const auto parts = parts_of(url);
    if (!parts) return {};
    const bool own_port = parts->port == (parts->scheme == "https" ? "443" : "80");
    return parts->host + (own_port ? "" : ":" + parts->port) + parts->path;
}

tl::expected<std::string, std::string> fetch(const std::string& url, const FetchLimits& limits) {
    static const CURLcode ready = ::curl_global_init(CURL_GLOBAL_DEFAULT);  // once, before any thread uses it
    if (ready != CURLE_OK) return tl::unexpected(std::string("could not be fetched: libcurl does not start"));
    const auto end = Clock::now() + limits.time;
    for (int tries = 1;; ++tries) {
        auto answer = follow(url, limits, end);
        if (!answer) return tl::unexpected(answer.error());
        constexpr long kOk = 200;
        if (answer->code == CURLE_OK && answer->status == kOk) return std::move(answer->body.bytes);
        const auto pause = kPause * (1 << tries);
        const bool again = answer->may_pass() && tries < kTries && Clock::now() + pause < end;
        if (!again || batch::stop_signal() != 0) return tl::unexpected(why(*answer, limits.bytes));
        std::this_thread::sleep_for(pause);
    }
}

}  // namespace magscan::tools::queue
