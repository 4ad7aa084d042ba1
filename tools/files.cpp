#include "tools/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

namespace magscan::tools {
namespace {

namespace fs = std::filesystem;

// A file descriptor that closes itself.
class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int get() const { return fd_; }
    // False where the system reports that what was written got lost.
    bool close() {
        const int fd = std::exchange(fd_, -1);
        return fd < 0 || ::close(fd) == 0;
    }

  private:
    int fd_;
};

std::string megabytes(std::size_t bytes) {
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.1f MB", static_cast<double>(bytes) / 1e6);
    return buffer.data();
}

std::string too_large(std::size_t limit) {
    return "larger than " + megabytes(limit) + ". Save it smaller and try again";
}

std::string cannot_open(int reason) {
    switch (reason) {
        case ENOENT:
        case ENOTDIR:
            return "no such file. Check the name";
        case EACCES:
        case EPERM:
            return "may not be read. Check its permissions";
        default:
            return std::string("can't be opened: ") + std::strerror(reason);
    }
}

tl::expected<std::vector<std::byte>, std::string> read_all(int fd, std::size_t limit) {
    constexpr std::size_t step = 1U << 16U;
    std::vector<std::byte> out;
    for (;;) {
        const std::size_t at = out.size();
        out.resize(at + std::min(step, limit + 1 - at));
        const ssize_t got = ::read(fd, out.data() + at, out.size() - at);
        if (got < 0 && errno == EINTR) {
            out.resize(at);
            continue;
        }
        if (got < 0) return tl::unexpected(std::string("can't be read: ") + std::strerror(errno));
        out.resize(at + static_cast<std::size_t>(got));
        if (got == 0) return out;
        if (out.size() > limit) return tl::unexpected(too_large(limit));
    }
}

// A new file gets the permissions that the user's umask gives; one that is replaced keeps its own.
mode_t mode_for(const struct stat* old) {
    if (old != nullptr) return old->st_mode & 07777U;
    const mode_t mask = ::umask(0);
    ::umask(mask);
    return 0666U & ~mask;
}

tl::expected<void, std::string> replace_file(const std::string& path, std::span<const std::byte> bytes, mode_t mode) {
    std::string beside = path + ".XXXXXX";
    Descriptor out(::mkstemp(beside.data()));
    if (out.get() < 0) return tl::unexpected(write_failure(errno));
    const bool written = write_all(out.get(), bytes) && ::fchmod(out.get(), mode) == 0 && ::fsync(out.get()) == 0 &&
                         out.close() && ::rename(beside.c_str(), path.c_str()) == 0;
    if (written) return {};
    const int reason = errno;
    ::unlink(beside.c_str());
    return tl::unexpected(write_failure(reason));
}

}  // namespace

bool write_all(int fd, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

std::string write_failure(int reason) {
    return std::string("can't be written: ") + std::strerror(reason) +
           ". Check the folder, its permissions and the free space";
}

std::string_view text_of(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text));
}

tl::expected<void, std::string> check_file(const std::string& path, std::size_t limit) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) return tl::unexpected(cannot_open(errno));
    if (S_ISDIR(info.st_mode)) return tl::unexpected(std::string("is a folder. Name the files in it"));
    if (!S_ISREG(info.st_mode) && !S_ISFIFO(info.st_mode)) {
        return tl::unexpected(std::string("is no regular file. Name a file"));
    }
    if (S_ISREG(info.st_mode) && static_cast<std::uintmax_t>(info.st_size) > limit) {
        return tl::unexpected(too_large(limit));
    }
    return {};
}

tl::expected<std::vector<std::byte>, std::string> read_file(const std::string& path, std::size_t limit) {
    if (const auto checked = check_file(path, limit); !checked) return tl::unexpected(checked.error());
    const Descriptor in(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (in.get() < 0) return tl::unexpected(cannot_open(errno));
    return read_all(in.get(), limit);
}

tl::expected<std::vector<std::byte>, std::string> read_stdin(std::size_t limit) {
    return read_all(STDIN_FILENO, limit);
}

tl::expected<void, std::string> write_file(const std::string& path, std::span<const std::byte> bytes) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) return replace_file(path, bytes, mode_for(nullptr));
    if (S_ISREG(info.st_mode)) {
        // Where the name is a link, the file it leads to is replaced, not the link.
        std::error_code failed;
        const fs::path target = fs::canonical(path, failed);
        return replace_file(failed ? path : target.string(), bytes, mode_for(&info));
    }
    Descriptor out(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (out.get() < 0 || !write_all(out.get(), bytes) || !out.close()) return tl::unexpected(write_failure(errno));
    return {};
}

std::string base_name(const std::string& path) {
    const std::size_t last = path.find_last_not_of('/');
    if (last == std::string::npos) return path;
    const std::size_t slash = path.rfind('/', last);
    const std::size_t first = slash == std::string::npos ? 0 : slash + 1;
    return path.substr(first, last + 1 - first);
}

bool same_file(const std::string& a, const std::string& b) {
    std::error_code failed;
    return fs::equivalent(a, b, failed) && !failed;
}

}  // namespace magscan::tools
