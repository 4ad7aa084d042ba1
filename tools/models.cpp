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
    const fs::path folder = fs::read_symlink("/proc/self/exe", failed).parent_path();
    const fs::path installed = folder.parent_path() / "share" / "magscan" / "models";
    const fs::path beside = folder / "models";
    return (fs::is_directory(installed, failed) || !fs::is_directory(beside, failed) ? installed : beside).string();
}

}  // namespace magscan::tools
