#include "tools/models.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace magscan::tools {

std::string models_folder(const std::string& option) {
    namespace fs = std::filesystem;
    if (!option.empty()) return option;
    if (const char* named = std::getenv("MAGSCAN_MODELS"); named != nullptr && *named != '\0') return named;
    std::error_code failed;
    const fs::path executable = fs::read_symlink("/proc/self/exe", failed);
    if (!failed) {
        const fs::path installed = executable.parent_path().parent_path() / "share" / "magscan" / "models";
        if (fs::is_directory(installed, failed)) return installed.string();
    }
    return MAGSCAN_SOURCE_MODELS;
}

}  // namespace magscan::tools
