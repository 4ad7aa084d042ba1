// Calls one scanner from many threads for a while: photos, texts, pages, doses, cancelled and late calls, through the
// C++ and the C functions. Every report has to be that of the same input alone. Prints what was done and the memory;
// ends with 1 where a report was wrong or memory grew by more than is allowed.
//
//     stress [--models DIR] [--threads N] [--seconds S | --scans N] [--most-growth-kb K] PHOTO...
#include <magscan/magscan.h>
#include <magscan/scanner.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kLabel = "Supplement Facts\nServing Size 2 Capsules\nMagnesium (as Magnesium Citrate) 200 mg 48%";

struct Plan {
    std::string models;
    int threads = 8;
    double seconds = 5;
    long scans = 0;  // 0: by time
    long most_growth_kb = 0;
    std::vector<std::string> photos;
};

// The report without its timings, the last key.
std::string untimed(const std::string& json) {
    return json.substr(0, json.rfind("\"timings_ms\""));
}

long resident_kb() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.rfind("VmRSS:", 0) == 0) return std::atol(line.c_str() + 6);
    }
    return 0;
}

magscan::PictureBytes bytes_of(const std::string& text) {
    return std::as_bytes(std::span(text));
}

class Stress {
  public:
    Stress(const Plan& plan, magscan::Scanner scanner) : plan_(plan), scanner_(std::move(scanner)) {}

    bool prepare() {
        for (const std::string& path : plan_.photos) {
            std::ifstream in(path, std::ios::binary);
            photos_.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
            const auto report = scanner_.scan(bytes_of(photos_.back()), {.name = "photo"});
            if (!report) {
                std::fprintf(stderr, "stress: %s: %s\n", path.c_str(), report.error().message.c_str());
                return false;
            }
            expected_.push_back(untimed(report->to_json()));
        }
        text_ = untimed(magscan::Scanner::parse(kLabel, {.name = "text"})->to_json());
        magscan_scanner_options options;
        magscan_scanner_default_options(&options, sizeof options);
        options.models = plan_.models.empty() ? nullptr : plan_.models.c_str();
        return magscan_scanner_create(&options, &c_scanner_, nullptr) == MAGSCAN_OK;
    }

    bool run() {
        end_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(plan_.seconds));
        std::vector<std::thread> threads;
        for (int i = 0; i < plan_.threads; ++i) threads.emplace_back([this, i] { work(i); });
        for (std::thread& thread : threads) thread.join();
        magscan_scanner_free(c_scanner_);
        std::printf("%ld photos, %ld other calls, %ld wrong; memory %ld kB after a tenth, %ld kB at the end\n",
                    photos_done_.load(), others_.load(), wrong_.load(), begin_kb_.load(), resident_kb());
        const long growth = resident_kb() - begin_kb_;
        return wrong_ == 0 && photos_done_ > 0 && (plan_.most_growth_kb == 0 || growth <= plan_.most_growth_kb);
    }

  private:
    bool goes_on() const { return plan_.scans > 0 ? begun_ < plan_.scans : Clock::now() < end_; }

    void expect(bool right, const char* what) {
        if (right) return;
        ++wrong_;
        std::fprintf(stderr, "stress: wrong: %s\n", what);
    }

    void work(int thread) {
        for (int turn = thread; goes_on(); ++turn) {
            ++begun_;
            const std::size_t which = static_cast<std::size_t>(turn) % photos_.size();
            if (turn % 2 == 0) {
                by_cpp(which);
            } else {
                by_c(which);
            }
            others(turn, which);
            const long done = ++photos_done_;
            if (plan_.scans > 0 && done == std::max(2L, plan_.scans / 10)) begin_kb_ = resident_kb();
            if (plan_.scans > 0 && done % 100 == 0) {
                std::printf("%ld photos, %ld kB\n", done, resident_kb());
                std::fflush(stdout);
            }
        }
        long none = 0;
        if (plan_.scans == 0) begin_kb_.compare_exchange_strong(none, resident_kb());
    }

    void by_cpp(std::size_t which) {
        const auto report = scanner_.scan(bytes_of(photos_[which]), {.name = "photo"});
        expect(report && untimed(report->to_json()) == expected_[which], "a photo by C++");
    }

    void by_c(std::size_t which) {
        magscan_scan_options options;
        magscan_scan_default_options(&options, sizeof options);
        options.name = "photo";
        magscan_result* result = nullptr;
        const std::string& photo = photos_[which];
        const bool read = magscan_scan(c_scanner_, photo.data(), photo.size(), &options, &result) == MAGSCAN_OK;
        expect(read && untimed(magscan_result_text(result)) == expected_[which], "a photo by C");
        magscan_result_free(result);
    }

    // What takes no time beside a photo.
    void others(int turn, std::size_t which) {
        const auto text = magscan::Scanner::parse(kLabel, {.name = "text"});
        expect(text && untimed(text->to_json()) == text_, "a text");
        expect(magscan::Scanner::calc({.form = "citrate", .amount = "500mg"}).has_value(), "a dose");
        expect(!scanner_.scan(bytes_of("no photo")), "no photo");
        magscan::ScanOptions options;
        std::atomic<int> asked{0};
        options.is_cancelled = [&] { return ++asked > 10 + turn % 7; };
        if (turn % 5 == 0) options.deadline = Clock::now() + std::chrono::milliseconds(turn % 50);
        const auto stopped = scanner_.scan(bytes_of(photos_[which]), options);
        expect(stopped || stopped.error().kind == magscan::Error::Kind::kCancelled ||
                   stopped.error().kind == magscan::Error::Kind::kDeadline,
               "a call that was ended");
        others_ += 4;
    }

    const Plan& plan_;
    magscan::Scanner scanner_;
    magscan_scanner* c_scanner_ = nullptr;
    std::vector<std::string> photos_;
    std::vector<std::string> expected_;
    std::string text_;
    Clock::time_point end_;
    std::atomic<long> begun_{0}, photos_done_{0}, others_{0}, wrong_{0}, begin_kb_{0};
};

std::optional<Plan> plan_of(const std::vector<std::string>& arguments) {
    Plan plan;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& name = arguments[i];
        if (name.rfind("--", 0) != 0) {
            plan.photos.push_back(name);
            continue;
        }
        if (++i == arguments.size()) return std::nullopt;
        const std::string& value = arguments[i];
        if (name == "--models") {
            plan.models = value;
        } else if (name == "--threads") {
            plan.threads = std::atoi(value.c_str());
        } else if (name == "--seconds") {
            plan.seconds = std::atof(value.c_str());
        } else if (name == "--scans") {
            plan.scans = std::atol(value.c_str());
        } else if (name == "--most-growth-kb") {
            plan.most_growth_kb = std::atol(value.c_str());
        } else {
            return std::nullopt;
        }
    }
    return plan.photos.empty() ? std::nullopt : std::optional(plan);
}

}  // namespace

int main(int count, char** values) {
    const auto plan = plan_of({values + 1, values + count});
    if (!plan) {
        std::fprintf(stderr,
                     "usage: stress [--models DIR] [--threads N] [--seconds S | --scans N] [--most-growth-kb K] "
                     "PHOTO...\n");
        return 2;
    }
    const auto scanner = magscan::Scanner::create({.models = plan->models});
    if (!scanner) {
        std::fprintf(stderr, "stress: %s\n", scanner.error().message.c_str());
        return 1;
    }
    Stress stress(*plan, *scanner);
    return stress.prepare() && stress.run() ? 0 : 1;
}
