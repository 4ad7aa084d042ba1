// From Beast's header of a request to ours.
#pragma once

#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/message.hpp>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "tools/service/exchange.h"

namespace magscan::service {

inline constexpr std::string_view kRequestIdHeader = "X-Request-Id";

// Method, path, query and the headers that matter. The error is a sentence for the client.
tl::expected<Request, std::string> request_of(
    const boost::beast::http::request<boost::beast::http::buffer_body>& message);

// The id that a client, or a proxy before it, gave the request; a new one where it is missing or not fit to be logged.
std::string request_id(std::string_view sent);

}  // namespace magscan::service
