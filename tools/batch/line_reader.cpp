#include "tools/batch/line_reader.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "tools/files.h"

namespace magscan::tools::batch {

tl::expected<LineReader, std::string> LineReader::open(const std::string& path) {
    if (path != "-") {
        if (const auto checked = check_file(path, SIZE_MAX); !checked) return tl::unexpected(checked.error());
    }
    const int fd = path == "-" ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    std::FILE* file = fd < 0 ? nullptr : ::fdopen(fd, "r");
    if (file == nullptr) return tl::unexpected(std::string("can't be opened: ") + std::strerror(errno));
    return LineReader(file);
}

bool LineReader::next(std::string& line) {
    line.clear();
    if (!error_.empty()) return false;
    for (int c = ::getc_unlocked(file_.get()); c != EOF; c = ::getc_unlocked(file_.get())) {
        ++offset_;
        if (c == '\n') {
            whole_ = true;
            return true;
        }
        if (line.size() == kMaxLineBytes) {
            error_ = "has a line of more than 16 MB. Is it the right file?";
            return false;
        }
        line += static_cast<char>(c);
    }
    if (std::ferror(file_.get()) != 0) {
        error_ = std::string("can't be read: ") + std::strerror(errno);
        return false;
    }
    whole_ = false;
    return !line.empty();
}

}  // namespace magscan::tools::batch
