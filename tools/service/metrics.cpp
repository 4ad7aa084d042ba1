#include "tools/service/metrics.h"

#include <unistd.h>

#include <cstdio>
#include <fstream>

namespace magscan::service {
namespace {

std::string label(std::string_view name, std::string_view value) {
    return std::string(name) + "=\"" + std::string(value) + "\"";
}

std::string number(double value) {
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.9g", value);
    return buffer.data();
}

void head(std::string& out, std::string_view name, std::string_view help, std::string_view type) {
    out += "# HELP " + std::string(name) + " " + std::string(help) + "\n# TYPE " + std::string(name) + " " +
           std::string(type) + "\n";
}

// name{labels} value
void line(std::string& out, std::string_view name, std::string_view labels, std::string_view value) {
    out.append(name).append("{").append(labels).append("} ").append(value).append("\n");
}

// The labels of a bucket that counts what is within the bound.
std::string with_bound(std::string labels, std::string_view bound) {
    return labels.append(",le=\"").append(bound).append("\"");
}

}  // namespace

void Metrics::Histogram::add(double value) {
    ++count;
    sum += value;
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
        if (value <= kBounds[i]) ++buckets[i];
    }
}

void Metrics::count_request(std::string_view route, int status, double seconds, std::uint64_t bytes_in,
                            std::uint64_t bytes_out) {
    ++requests_[label("route", route) + "," + label("status", std::to_string(status))];
    durations_[label("route", route)].add(seconds);
    bytes_[label("direction", "in")] += bytes_in;
    bytes_[label("direction", "out")] += bytes_out;
}

void Metrics::count_problem(std::string_view code) {
    ++problems_[label("code", code)];
}

void Metrics::count_outcome(std::string_view outcome) {
    ++outcomes_[label("outcome", outcome)];
}

void Metrics::count_cache(bool hit) {
    ++cache_[label("result", hit ? "hit" : "miss")];
}

void Metrics::time_stage(std::string_view stage, double seconds) {
    stages_[label("stage", stage)].add(seconds);
}

void Metrics::print(std::string& out, std::string_view name, std::string_view help, const Counts& counts) {
    head(out, name, help, "counter");
    for (const auto& [labels, count] : counts) line(out, name, labels, std::to_string(count));
}

void Metrics::print(std::string& out, std::string_view name, std::string_view help, const Histograms& histograms) {
    head(out, name, help, "histogram");
    const std::string stem(name);
    const std::string bucket = stem + "_bucket", sum = stem + "_sum", count = stem + "_count";
    for (const auto& [labels, histogram] : histograms) {
        for (std::size_t i = 0; i < kBounds.size(); ++i)
            line(out, bucket, with_bound(labels, number(kBounds[i])), std::to_string(histogram.buckets[i]));
        line(out, bucket, with_bound(labels, "+Inf"), std::to_string(histogram.count));
        line(out, sum, labels, number(histogram.sum));
        line(out, count, labels, std::to_string(histogram.count));
    }
}

std::string Metrics::text(const std::vector<Gauge>& gauges) const {
    std::string out;
    print(out, "magscan_requests_total", "Answered requests by route and status.", requests_);
    print(out, "magscan_request_seconds", "From the header's first byte to the answer's last.", durations_);
    print(out, "magscan_stage_seconds", "Stages of a scan; queue is the wait for a worker.", stages_);
    print(out, "magscan_problems_total", "Errors answered, by code; rejected are queue_full, memory_full and so on.",
          problems_);
    print(out, "magscan_outcomes_total", "Reports by their outcome.", outcomes_);
    print(out, "magscan_cache_total", "Pictures looked up in the cache.", cache_);
    print(out, "magscan_bytes_total", "Bytes of bodies received and sent.", bytes_);
    for (const Gauge& gauge : gauges) {
        head(out, gauge.name, gauge.help, "gauge");
        out += std::string(gauge.name) + " " + number(gauge.value) + "\n";
    }
    return out;
}

double resident_bytes() {
    std::ifstream in("/proc/self/statm");
    double all = 0, resident = 0;
    if (!(in >> all >> resident)) return 0;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

}  // namespace magscan::service
