#include "tools/queue/spool.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "tools/files.h"

namespace magscan::tools::queue {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStart = "magscan-work-";

// A folder is its process's as long as that holds the lock; the system lets go of it at any death.
int lock_folder(const std::string& folder) {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) return -1;
    struct stat info {};
    if (::fstat(fd, &info) == 0 && info.st_uid == ::geteuid() && ::flock(fd, LOCK_EX | LOCK_NB) == 0) return fd;
    ::close(fd);
    return -1;
}

void remove_left_behind(const fs::path& temporary) {
    std::error_code failed;
    for (fs::directory_iterator it(temporary, failed), end; !failed && it != end; it.increment(failed)) {
        if (!it->path().filename().string().starts_with(kStart)) continue;
        const int lock = lock_folder(it->path().string());
        if (lock < 0) continue;
        std::error_code ignored;
        fs::remove_all(it->path(), ignored);
        ::close(lock);
    }
}

}  // namespace

batch::Expected<Spool> Spool::make() {
    std::error_code failed;
    const fs::path temporary = fs::temp_directory_path(failed);
    std::string folder = (temporary / (std::string(kStart) + "XXXXXX")).string();
    if (!failed) remove_left_behind(temporary);
    if (failed || ::mkdtemp(folder.data()) == nullptr) {
        const std::string why = failed ? failed.message() : std::strerror(errno);
        return batch::problem(kCannotWrite, "no folder can be made for pictures: " + why + ". Check $TMPDIR or /tmp");
    }
    return Spool(folder, lock_folder(folder));
}

Spool::Spool(Spool&& other) noexcept
    : folder_(std::exchange(other.folder_, "")), lock_(std::exchange(other.lock_, -1)) {}

Spool::~Spool() {
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
    if (lock_ >= 0) ::close(lock_);
}

batch::Expected<std::string> Spool::add(std::uint64_t ticket, std::size_t photo, const std::string& name,
                                        const std::string& bytes) const {
    constexpr std::size_t kLongestName = 200;
    std::string plain = base_name(name);
    const bool usable = !plain.empty() && plain != "." && plain != ".." && plain.size() <= kLongestName &&
                        plain.find('/') == std::string::npos && plain.find('\0') == std::string::npos;
    if (!usable) plain = "photo";
    const fs::path folder = fs::path(folder_) / std::to_string(ticket) / std::to_string(photo);
    std::error_code failed;
    fs::create_directories(folder, failed);
    const std::string path = (folder / plain).string();
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool written = fd >= 0 && write_all(fd, bytes_of(bytes));
    const int reason = errno;
    if (fd >= 0) ::close(fd);
    if (!written) return batch::problem(kCannotWrite, path + ": " + write_failure(reason));
    return path;
}

void Spool::remove(std::uint64_t ticket) const {
    std::error_code ignored;
    fs::remove_all(fs::path(folder_) / std::to_string(ticket), ignored);
}

}  // namespace magscan::tools::queue
