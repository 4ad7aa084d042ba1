#include "tools/batch/child.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

namespace magscan::tools::batch {
namespace {

using Clock = std::chrono::steady_clock;

struct Pipe {
    int read = -1, write = -1;
};

bool open_pipe(Pipe& pipe) {
    std::array<int, 2> ends{};
    // Closed on exec, so that no process that another thread starts meanwhile keeps an end open.
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    pipe = {ends[0], ends[1]};
    return true;
}

void close_pipe(const Pipe& pipe) {
    if (pipe.read >= 0) ::close(pipe.read);
    if (pipe.write >= 0) ::close(pipe.write);
}

int spawn(pid_t& pid, const std::string& executable, std::vector<std::string>& arguments, const Pipe& in,
          const Pipe& out) {
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, in.read, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, out.write, STDOUT_FILENO);
    std::vector<char*> words;
    for (std::string& argument : arguments) words.push_back(argument.data());
    words.push_back(nullptr);
    // Ctrl-C reaches all processes of a terminal, this one's children too, from their first moment on.
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    sigset_t blocked;
    ::sigemptyset(&blocked);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaddset(&blocked, signal);
    ::posix_spawnattr_setsigmask(&attributes, &blocked);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    const int failed = ::posix_spawn(&pid, executable.c_str(), &actions, &attributes, words.data(), environ);
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    return failed;
}

}  // namespace

tl::expected<Child, std::string> Child::start(const std::string& executable, std::vector<std::string> arguments) {
    Pipe in, out;
    if (!open_pipe(in) || !open_pipe(out)) {
        const int reason = errno;
        close_pipe(in);
        return tl::unexpected(std::string("no pipe to a worker process: ") + std::strerror(reason));
    }
    pid_t pid = -1;
    const int failed = spawn(pid, executable, arguments, in, out);
    ::close(in.read);
    ::close(out.write);
    Child child(failed == 0 ? pid : -1, in.write, out.read);
    if (failed != 0) return tl::unexpected(std::string("a worker process can't be started: ") + std::strerror(failed));
    return child;
}

Child::Child(Child&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      to_(std::exchange(other.to_, -1)),
      from_(std::exchange(other.from_, -1)),
      rest_(std::move(other.rest_)) {}

Child& Child::operator=(Child&& other) noexcept {
    std::swap(pid_, other.pid_);
    std::swap(to_, other.to_);
    std::swap(from_, other.from_);
    std::swap(rest_, other.rest_);
    return *this;
}

Child::~Child() {
    stop();
    close_pipe({from_, to_});
}

bool Child::write_line(std::string line) {
    line += '\n';
    for (std::size_t at = 0; at < line.size();) {
        const ssize_t written = ::write(to_, line.data() + at, line.size() - at);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        at += static_cast<std::size_t>(written);
    }
    return true;
}

Child::Answer Child::read_line(std::chrono::milliseconds limit) {
    const auto end = Clock::now() + limit;
    for (;;) {
        const std::size_t line_end = rest_.find('\n');
        if (line_end != std::string::npos) {
            std::string line = rest_.substr(0, line_end);
            rest_.erase(0, line_end + 1);
            return {Answer::Kind::kLine, std::move(line)};
        }
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
        if (left.count() <= 0) return {Answer::Kind::kLate, {}};
        pollfd ready{from_, POLLIN, 0};
        const int count = ::poll(&ready, 1, static_cast<int>(std::min<long>(left.count(), 1'000'000)));
        if (count < 0 && errno != EINTR) return {Answer::Kind::kEnded, {}};
        if (count <= 0) continue;
        std::array<char, 1U << 16U> buffer{};
        const ssize_t got = ::read(from_, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return {Answer::Kind::kEnded, {}};
        rest_.append(buffer.data(), static_cast<std::size_t>(got));
    }
}

Child::End Child::stop() {
    const pid_t pid = std::exchange(pid_, -1);
    if (pid < 0) return {};
    int status = 0;
    // One that has ended by itself keeps its own reason: the signal does not reach it any more.
    ::kill(pid, SIGKILL);
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFSIGNALED(status)) return {0, WTERMSIG(status)};
    return {WEXITSTATUS(status), 0};
}

}  // namespace magscan::tools::batch
