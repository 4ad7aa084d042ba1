// A program that has its own settings, and wants them back: host PHOTO...
//
// Sets what a host may set (locale, OpenCV's and OpenMP's threads, signal handlers, environment), scans everything it
// is given, good and bad, and checks that all is as it was. Prints what was changed on stderr and nothing else; with
// --json the reports, to be compared with those of another locale.
#include <magscan/magscan.h>
#include <magscan/scanner.h>
#include <omp.h>
#include <unistd.h>

#include <sys/stat.h>
#include <cfenv>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <locale>
#include <map>
#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <string>
#include <vector>

namespace {

void handler(int) {}

// What another part of the program would notice.
std::map<std::string, std::string> state() {
    std::map<std::string, std::string> out;
    out["C locale"] = std::setlocale(LC_ALL, nullptr);
    out["C++ locale"] = std::locale().name();
    out["OpenCV threads"] = std::to_string(cv::getNumThreads());
    out["OpenCV log level"] = std::to_string(cv::utils::logging::getLogLevel());
    out["OpenCV optimized"] = std::to_string(cv::useOptimized());
    out["OpenMP levels"] = std::to_string(omp_get_max_active_levels());
    out["OpenMP threads"] = std::to_string(omp_get_max_threads());
    out["OpenMP dynamic"] = std::to_string(omp_get_dynamic());
    out["rounding"] = std::to_string(std::fegetround());
    out["floating point control"] = std::to_string(__builtin_ia32_stmxcsr() & ~0x3FU);
    out["directory"] = std::filesystem::current_path().string();
    const mode_t mask = umask(0);
    umask(mask);
    out["umask"] = std::to_string(mask);
    for (int number = 1; number < 65; ++number) {
        struct sigaction action {};
        if (sigaction(number, nullptr, &action) != 0) continue;
        out["signal " + std::to_string(number)] = std::to_string(reinterpret_cast<std::uintptr_t>(action.sa_handler));
    }
    sigset_t blocked;
    sigprocmask(SIG_BLOCK, nullptr, &blocked);
    for (int number = 1; number < 65; ++number) {
        out["blocked " + std::to_string(number)] = std::to_string(sigismember(&blocked, number));
    }
    for (char** entry = environ; *entry != nullptr; ++entry) out[std::string("environment ") + *entry] = "set";
    out["terminate"] = std::to_string(reinterpret_cast<std::uintptr_t>(std::get_terminate()));
    out["new handler"] = std::to_string(reinterpret_cast<std::uintptr_t>(std::get_new_handler()));
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code gone;
        const auto target = std::filesystem::read_symlink(entry.path(), gone);
        // Tesseract keeps what its parameter debug_file names, see scanner.h.
        const bool expected = target == "/dev/null" || target.string().find("/proc/") == 0;
        if (!gone && !expected) out["open " + entry.path().string()] = target;
    }
    return out;
}

bool is_same(const std::map<std::string, std::string>& before, const std::map<std::string, std::string>& after) {
    bool same = true;
    for (const auto& [key, value] : after) {
        const auto was = before.find(key);
        if (was != before.end() && was->second == value) continue;
        same = false;
        std::fprintf(stderr, "host: %s: was %s, is %s\n", key.c_str(),
                     was == before.end() ? "missing" : was->second.c_str(), value.c_str());
    }
    for (const auto& [key, value] : before) {
        if (after.contains(key)) continue;
        same = false;
        std::fprintf(stderr, "host: %s: gone, was %s\n", key.c_str(), value.c_str());
    }
    return same;
}

}  // namespace

int main(int count, char** values) {
    bool json = false;
    std::vector<std::string> photos;
    for (int i = 1; i < count; ++i) {
        if (std::strcmp(values[i], "--json") == 0) {
            json = true;
        } else {
            photos.emplace_back(values[i]);
        }
    }
    if (std::setlocale(LC_ALL, "") != nullptr) std::locale::global(std::locale(""));
    cv::setNumThreads(1);
    omp_set_num_threads(3);
    omp_set_max_active_levels(5);
    for (const int number : {SIGUSR1, SIGTERM, SIGSEGV, SIGABRT, SIGFPE}) std::signal(number, handler);
    setenv("OMP_THREAD_LIMIT", "7", 1);
    const auto before = state();
    {
        const auto scanner = magscan::Scanner::create({.threads = 2});
        if (!scanner) {
            std::fprintf(stderr, "host: %s\n", scanner.error().message.c_str());
            return 1;
        }
        for (const std::string& path : photos) {
            std::ifstream in(path, std::ios::binary);
            const std::string photo(std::istreambuf_iterator<char>(in), {});
            const auto report = scanner->scan(std::as_bytes(std::span(photo)), {.name = "photo"});
            if (json) std::printf("%s\n", report ? report->to_json().c_str() : report.error().message.c_str());
            for (const std::size_t part : {std::size_t{2}, std::size_t{3}, std::size_t{10}}) {
                const auto cut = std::span(photo).first(photo.size() / part);
                if (const auto none = scanner->scan(std::as_bytes(cut)); none && json) std::puts("cut");
            }
        }
        for (const char* text : {"Supplement Facts\nMagnesium (as Magnesium Oxide) 81.9 mg 19.5%\nServing Size 1.5 g",
                                 "Magnesium 1,5 g", "", "Nährwerte\nMagnesium 56,25 mg 15 %"}) {
            const auto report = magscan::Scanner::parse(text, {.name = "text"});
            if (json) std::printf("%s\n%s\n", report->to_json().c_str(), report->to_text().c_str());
        }
        const auto dose = magscan::Scanner::calc({.form = "citrate", .amount = "0,5 g"});
        if (json) std::printf("%s\n%s\n", dose->to_json().c_str(), dose->to_text().c_str());
        (void)magscan::Scanner::create({.models = "/nonexistent"});
        (void)magscan::Scanner::create({.tessdata = "/nonexistent"});
    }
    return is_same(before, state()) ? 0 : 1;
}
