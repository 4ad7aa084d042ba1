// The answers, a function a path.
#pragma once

#include "tools/service/exchange.h"

namespace magscan::service {

class Service;

// scan_routes.cpp
Handled scan_route(Service& service, const Request& request);
Handled annotate_route(Service& service, const Request& request);

// text_routes.cpp
Handled parse_route(Service& service, const Request& request);
Handled calc_route(Service& service, const Request& request);

// compound_routes.cpp
Handled compounds_route(Service& service, const Request& request);
Handled compound_route(Service& service, const Request& request);

// status_routes.cpp
Handled health_route(Service& service, const Request& request);
Handled ready_route(Service& service, const Request& request);
Handled metrics_route(Service& service, const Request& request);
Handled openapi_route(Service& service, const Request& request);
Handled static_route(Service& service, const Request& request);

}  // namespace magscan::service
