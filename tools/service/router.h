// Which paths there are, what each takes and who answers it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/service/exchange.h"

namespace magscan::service {

class Service;

enum class BodyKind { kNone, kPictures, kJson };

struct Route {
    std::string_view path;     // "/v1/compounds/{id}": the last step may be anything
    std::string_view methods;  // as the Allow header lists them
    BodyKind body = BodyKind::kNone;
    bool is_public = false;  // answered without a key
    Handled (*handle)(Service& service, const Request& request) = nullptr;
};

class Router {
  public:
    Router();

    // Null where nothing is at the path.
    const Route* find(std::string_view path) const;

    std::span<const Route> routes() const { return routes_; }

  private:
    std::vector<Route> routes_;
};

// Whether the route takes this method.
bool takes_method(const Route& route, std::string_view method);

// What `{id}` stands for in the request's path.
std::string_view last_step(std::string_view path);

}  // namespace magscan::service
