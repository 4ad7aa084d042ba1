#include "tools/service/static_files.h"

namespace magscan::service {

std::span<const StaticFile> static_files() {
    return {};
}

}  // namespace magscan::service
