#include "scan/api/models.h"

#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "ocr/reader.h"
#include "scan/api/convert.h"

namespace magscan::api {
namespace {

namespace fs = std::filesystem;

bool holds_detector(const fs::path& folder) {
    std::error_code failed;
    return fs::is_regular_file(folder / ocr::kDetectorFile, failed);
}

// The file that this code lies in: the library, or of a static build the program.
fs::path own_file() {
    Dl_info info{};
    static const char here = 0;
    if (dladdr(&here, &info) == 0 || info.dli_fname == nullptr) return {};
    std::error_code failed;
    const fs::path file = fs::canonical(info.dli_fname, failed);
    return failed ? fs::path() : file;
}

}  // namespace

tl::expected<std::string, Error> models_folder(const std::string& named) {
    const char* variable = std::getenv("MAGSCAN_MODELS");
    const std::string asked = !named.empty() ? named : variable != nullptr ? variable : "";
    if (!asked.empty()) {
        if (holds_detector(asked)) return asked;
        return fail(Error::Kind::kSetUp, "no " + std::string(ocr::kDetectorFile) + " in " + asked +
                                             ". Name the folder that holds it, or none to go without a text detector");
    }
    // bin/, lib/ or lib/x86_64-linux-gnu/ beside share/.
    const fs::path file = own_file();
    for (const fs::path& prefix : {file.parent_path().parent_path(), file.parent_path().parent_path().parent_path()}) {
        const fs::path folder = prefix / "share" / "magscan" / "models";
        if (!file.empty() && holds_detector(folder)) return folder.string();
    }
    return std::string();
}

}  // namespace magscan::api
