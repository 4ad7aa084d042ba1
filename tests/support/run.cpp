#include "tests/support/run.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

#include "tests/support/scratch.h"

namespace {

void redirect(const std::string& path, int flags, int to) {
    const int fd = ::open(path.c_str(), flags, 0600);
    if (fd < 0 || ::dup2(fd, to) < 0) ::_exit(126);
    ::close(fd);
}

}  // namespace

Run magscan(const std::vector<std::string>& arguments, const std::string& input, const std::string& out_file) {
    const Scratch scratch;
    const std::string in = scratch.file("in", input);
    const std::string out = out_file.empty() ? scratch.path("out") : out_file;
    const std::string err = scratch.path("err");
    std::vector<std::string> words = {MAGSCAN_EXECUTABLE};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);

    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("fork failed");
    if (child == 0) {
        redirect(in, O_RDONLY, STDIN_FILENO);
        redirect(out, O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
        redirect(err, O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
        ::execv(argv[0], argv.data());
        ::_exit(127);
    }
    int status = 0;
    struct rusage usage {};
    if (::wait4(child, &status, 0, &usage) != child) throw std::runtime_error("wait4 failed");
    Run run;
    run.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    run.out = out_file.empty() ? read_file(out) : "";
    run.err = read_file(err);
    run.peak_kilobytes = usage.ru_maxrss;
    return run;
}

std::string sample(const std::string& name) {
    return MAGSCAN_SOURCE_DIR "/samples/photos/" + name;
}
