#include "tools/batch/out_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "tools/files.h"

namespace magscan::tools::batch {
namespace {

constexpr mode_t kMode = 0666;  // less what the user's umask takes away

tl::unexpected<Problem> cannot_write(const std::string& path, int reason) {
    return problem(kCannotWrite, path + ": " + write_failure(reason));
}

}  // namespace

Expected<WholeFile> WholeFile::create(const std::string& path) {
    WholeFile out(path, nullptr);
    const int fd = ::open(out.part().c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kMode);
    out.file_.reset(fd < 0 ? nullptr : ::fdopen(fd, "w"));
    if (!out.file_) return cannot_write(path, errno);
    return out;
}

WholeFile::~WholeFile() {
    if (file_) ::unlink(part().c_str());
}

// Always the same: what a death leaves behind is overwritten the next time.
std::string WholeFile::part() const {
    return path_ + ".part";
}

void WholeFile::write(std::string_view text) {
    if (error_ == 0 && std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) error_ = errno;
}

Expected<> WholeFile::commit() {
    const bool written = error_ == 0 && std::fflush(file_.get()) == 0 && ::fsync(::fileno(file_.get())) == 0 &&
                         ::rename(part().c_str(), path_.c_str()) == 0;
    if (!written) return cannot_write(path_, error_ != 0 ? error_ : errno);
    file_.reset();
    return {};
}

Expected<LineFile> LineFile::open(const std::string& path) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, kMode);
    if (fd < 0) return cannot_write(path, errno);
    return LineFile(path, fd);
}

LineFile::LineFile(LineFile&& other) noexcept
    : path_(std::move(other.path_)), fd_(std::exchange(other.fd_, -1)), dirty_(other.dirty_) {}

LineFile::~LineFile() {
    if (fd_ >= 0) ::close(fd_);
}

Expected<> LineFile::append(std::string line) {
    const off_t before = ::lseek(fd_, 0, SEEK_END);
    line += '\n';
    if (before >= 0 && write_all(fd_, bytes_of(line))) {
        dirty_ = true;
        return {};
    }
    const int reason = errno;
    // Where even this fails the line stays torn, and a resumed run drops it.
    if (before >= 0 && ::ftruncate(fd_, before) != 0) return cannot_write(path_, reason);
    return cannot_write(path_, reason);
}

Expected<> LineFile::sync() {
    if (!std::exchange(dirty_, false) || ::fdatasync(fd_) == 0) return {};
    return cannot_write(path_, errno);
}

}  // namespace magscan::tools::batch
