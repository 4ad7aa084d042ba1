// Counters and histograms in Prometheus' text format.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace magscan::service {

// Not thread-safe.
class Metrics {
  public:
    // What is read at the moment it is asked for, by name and help text.
    struct Gauge {
        std::string_view name;
        std::string_view help;
        double value = 0;
    };

    // `route` is a path of the interface, or "other": never what a client made up.
    void count_request(std::string_view route, int status, double seconds, std::uint64_t bytes_in,
                       std::uint64_t bytes_out);
    void count_problem(std::string_view code);
    void count_outcome(std::string_view outcome);
    void count_cache(bool hit);
    void time_stage(std::string_view stage, double seconds);

    std::string text(const std::vector<Gauge>& gauges) const;

  private:
    static constexpr std::array kBounds{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0};
    struct Histogram {
        std::array<std::uint64_t, kBounds.size()> buckets{};  // each counts what is within its bound
        std::uint64_t count = 0;
        double sum = 0;
        void add(double value);
    };
    using Counts = std::map<std::string, std::uint64_t>;  // by label, as it is printed
    using Histograms = std::map<std::string, Histogram>;

    static void print(std::string& out, std::string_view name, std::string_view help, const Counts& counts);
    static void print(std::string& out, std::string_view name, std::string_view help, const Histograms& histograms);

    Counts requests_, problems_, outcomes_, cache_, bytes_;
    Histograms durations_, stages_;
};

// Bytes of memory that this process holds; 0 where the system does not tell.
double resident_bytes();

}  // namespace magscan::service
