#include "tests/cli/run.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace {

namespace fs = std::filesystem;

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

Scratch::Scratch() {
    std::string name = (fs::temp_directory_path() / "magscan-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for the test");
    folder_ = name;
}

Scratch::~Scratch() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

std::string Scratch::path(const std::string& name) const {
    return (folder_ / name).string();
}

std::string Scratch::file(const std::string& name, const std::string& content) const {
    std::ofstream out(path(name), std::ios::binary);
    out << content;
    return path(name);
}

std::vector<std::string> Scratch::names() const {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(folder_)) out.push_back(entry.path().filename().string());
    std::sort(out.begin(), out.end());
    return out;
}

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::string sample(const std::string& name) {
    return MAGSCAN_SOURCE_DIR "/samples/photos/" + name;
}

std::vector<std::string> all_samples() {
    std::vector<std::string> out;
    for (const auto& entry : fs::recursive_directory_iterator(MAGSCAN_SOURCE_DIR "/samples/photos")) {
        const std::string ending = entry.path().extension().string();
        if (ending == ".jpg" || ending == ".png" || ending == ".webp" || ending == ".heic") {
            out.push_back(entry.path().string());
        }
    }
    std::sort(out.begin(), out.end());
    return out;
}
