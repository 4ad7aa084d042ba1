// Where the text detector is.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "magscan/error.h"

namespace magscan::api {

// The folder that `named` is, or where it is empty the one that is found as ScannerOptions::models tells; empty where
// none is. A set-up error where a folder that was named, here or by $MAGSCAN_MODELS, does not hold the detector.
tl::expected<std::string, Error> models_folder(const std::string& named);

}  // namespace magscan::api
