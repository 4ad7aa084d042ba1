// What `magscan serve` is told on its command line, and the limits that nobody sets.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace magscan::service {

inline constexpr std::size_t kMaxHeaderBytes = 16 * 1024;   // request line and header fields
inline constexpr std::size_t kMaxPictureBody = 15'000'000;  // of POST /v1/scan and /v1/annotate
inline constexpr std::size_t kMaxJsonBody = 256 * 1024;     // of POST /v1/parse and /v1/calc
inline constexpr std::size_t kMaxLabelText = 20'000;        // bytes: a label has some 2,000
inline constexpr std::size_t kMaxLabelLines = 500;
inline constexpr std::size_t kMaxNameBytes = 255;  // of a report's source.name
inline constexpr int kAnnotatedSide = 2400;        // pixels of each photo that /v1/annotate draws on, at most

struct Options {
    std::string address = "127.0.0.1";
    unsigned short port = 8080;  // 0: a free one, which the log names
    bool open = false;           // answer anybody on any address, without keys
    std::string keys;            // file of API keys; empty: none
    double rate = 60;            // requests a minute of a key whose line names no rate
    std::vector<std::string> cors_origins;

    std::size_t workers = 1;  // photos read at the same time
    std::size_t queue = 16;   // photos that wait for a worker, at most
    std::size_t connections = 2000;
    std::size_t memory = 256'000'000;  // bytes of request bodies held at once
    std::size_t cache = 32'000'000;    // bytes of reports kept
    std::chrono::seconds cache_life{600};

    std::chrono::milliseconds header_time{10'000};  // for the whole header, from its first byte
    std::chrono::milliseconds body_time{60'000};    // for the whole body
    std::chrono::milliseconds idle_time{60'000};    // between requests
    std::chrono::milliseconds write_time{60'000};   // for the client to take the answer
    std::chrono::milliseconds deadline{30'000};     // from the body's last byte to the answer
    std::chrono::milliseconds drain_time{60'000};   // after SIGTERM
    std::size_t least_rate = 4096;                  // bytes a second of a body, after the first seconds

    std::string models;  // as scan::ScannerOptions
    std::string tessdata;
};

}  // namespace magscan::service
