#include "tools/service/request_reader.h"

#include <algorithm>
#include <cctype>

#include "tools/service/crypto.h"
#include "tools/service/url.h"

namespace magscan::service {
namespace {

namespace http = boost::beast::http;

constexpr std::size_t kMaxIdLetters = 64;

}  // namespace

tl::expected<Request, std::string> request_of(const http::request<http::buffer_body>& message) {
    if (message.version() != 10 && message.version() != 11)
        return tl::unexpected(std::string("Send the request as HTTP/1.1."));
    if (message.version() == 11 && message.count(http::field::host) != 1)
        return tl::unexpected(std::string("The request has no Host header, or several. Send one."));
    auto target = parse_target({message.target().data(), message.target().size()});
    if (!target) return tl::unexpected(std::string("The path or the query is not valid. Escape it with %."));
    Request request;
    request.method = std::string(message.method_string());
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    request.content_type = std::string(message[http::field::content_type]);
    request.authorization = std::string(message[http::field::authorization]);
    request.origin = std::string(message[http::field::origin]);
    return request;
}

std::string request_id(std::string_view sent) {
    const bool is_fit =
        !sent.empty() && sent.size() <= kMaxIdLetters && std::all_of(sent.begin(), sent.end(), [](unsigned char c) {
            return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
        });
    return is_fit ? std::string(sent) : to_hex(random_bytes(16));
}

}  // namespace magscan::service
