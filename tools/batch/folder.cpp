#include "tools/batch/folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "tools/batch/plan.h"

namespace magscan::tools::batch {

namespace fs = std::filesystem;

Expected<OutFolder> OutFolder::claim(const std::string& path) {
    std::error_code failed;
    fs::create_directories(path, failed);
    const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        const std::string why = failed ? failed.message() : std::strerror(errno);
        return problem(kCannotWrite, path + ": can't be made or opened: " + why + ". Name another folder");
    }
    OutFolder folder(path, fd);
    // Some network file systems can't lock a folder; there nothing is claimed.
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        return problem(kUsage, path + ": another run works in it. Wait for it, or name another folder");
    }
    return folder;
}

OutFolder::OutFolder(OutFolder&& other) noexcept : path_(std::move(other.path_)), fd_(std::exchange(other.fd_, -1)) {}

OutFolder::~OutFolder() {
    if (fd_ >= 0) ::close(fd_);
}

bool OutFolder::is_empty() const {
    std::error_code failed;
    return fs::is_empty(path_, failed) && !failed;
}

bool OutFolder::has(const char* file) const {
    std::error_code failed;
    return fs::exists(path_in(path_, file), failed);
}

Expected<> OutFolder::clear() const {
    // The plan first: a folder whose clearing was cut short must not look like a batch that can go on.
    for (const char* file :
         {kPlanFile, kItemsFile, kReportsFile, kFailuresFile, kSummaryFile, kPageFile, kMissingFile}) {
        std::error_code failed;
        fs::remove(path_in(path_, file), failed);
        if (failed) return problem(kCannotWrite, path_in(path_, file) + ": can't be removed: " + failed.message());
    }
    return {};
}

}  // namespace magscan::tools::batch
