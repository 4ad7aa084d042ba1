// consumer PHOTO...: reads each photo from eight threads at once and prints its report, if all eight are the same.
#include <magscan/scanner.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

namespace {

std::string untimed(const std::string& json) {
    return json.substr(0, json.rfind("\"timings_ms\""));
}

// Empty where the threads disagree.
std::string report_of(const magscan::Scanner& scanner, const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    const std::string photo(std::istreambuf_iterator<char>(in), {});
    const std::string name = path.substr(path.rfind('/') + 1);
    std::vector<std::string> reports(8);
    std::vector<std::thread> threads;
    for (std::string& report : reports) {
        threads.emplace_back([&] {
            const auto scanned = scanner.scan(std::as_bytes(std::span(photo)), {.name = name});
            report = scanned ? scanned->to_json() : scanned.error().message;
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::string& report : reports) {
        if (untimed(report) != untimed(reports.front())) return {};
    }
    return reports.front();
}

}  // namespace

int main(int count, char** values) {
    const auto scanner = magscan::Scanner::create();
    if (!scanner) {
        std::cerr << scanner.error().message << '\n';
        return 1;
    }
    for (int i = 1; i < count; ++i) std::cout << report_of(*scanner, values[i]) << '\n';
    return 0;
}
