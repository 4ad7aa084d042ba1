// What may come with a picture or a text, beside it: how the report is to be made.
#pragma once

#include <map>
#include <string>
#include <tl/expected.hpp>

#include "scan/report_options.h"
#include "tools/service/exchange.h"

namespace magscan::service {

struct Fields {
    std::string name;             // source.name of the report; empty where none was sent
    scan::ReportOptions options;  // "profile" and "jurisdiction", as on the command line
    std::string key;              // all of them, for the cache
};

// From the query, from parts of a form or from JSON, by name. A name that is none of ours is an error: a misspelt
// one would else be passed over in silence.
tl::expected<Fields, Problem> fields_of(const std::map<std::string, std::string>& values);

}  // namespace magscan::service
