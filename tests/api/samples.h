// What the tests of the library read.
#pragma once

#include <magscan/scanner.h>

#include <cstddef>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

inline constexpr const char* kModels = MAGSCAN_SOURCE_DIR "/models";
inline constexpr const char* kLabel =
    "Supplement Facts\nServing Size 2 Capsules\nServings Per Container 60\n"
    "Magnesium (as Magnesium Bisglycinate) 200 mg 48%";

inline std::string file(const std::string& path) {
    std::ifstream in(MAGSCAN_SOURCE_DIR "/" + path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

// The quickest of the samples to read.
inline const std::string& photo() {
    static const std::string bytes = file("samples/photos/magnesium/screen_taurate_uk.png");
    return bytes;
}

inline magscan::PictureBytes bytes_of(const std::string& text) {
    return std::as_bytes(std::span(text));
}

// One for all tests: the models are loaded once.
inline const magscan::Scanner& scanner() {
    static const magscan::Scanner made = magscan::Scanner::create({.models = kModels}).value();
    return made;
}

// Of a report, without what differs between two scans.
inline nlohmann::json untimed(const std::string& line) {
    nlohmann::json out = nlohmann::json::parse(line);
    out.erase("timings_ms");
    return out;
}
inline nlohmann::json untimed(const magscan::Report& report) {
    return untimed(report.to_json());
}
