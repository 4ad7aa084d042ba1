// The description of the interface (OpenAPI 3.1): openapi.json with the schemas of the answers filled in.
#pragma once

#include <string>

namespace magscan::service {

const std::string& openapi_document();

}  // namespace magscan::service
