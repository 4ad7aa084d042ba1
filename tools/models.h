// Where the text detector is found.
#pragma once

#include <string>

namespace magscan::tools {

// The first that applies: the option, the environment's MAGSCAN_MODELS, ../share/magscan/models beside the executable's
// folder, models/ in that folder (where the build links the source tree's).
std::string models_folder(const std::string& option);

}  // namespace magscan::tools
