// Limits, shrinking, hostile bytes, silence.
#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <random>

#include "ocr/image.h"
#include "test_image_samples.h"

using namespace magscan::ocr;
using magscan::ocr::samples::Bytes;

namespace {

using Code = ImageError::Code;

// The most address space this process has ever had, in kB.
long peak_memory() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        if (word == "VmPeak:") {
            long value = 0;
            status >> value;
            return value;
        }
    }
    return 0;
}

// What is written to stderr while `work` runs.
template <typename Work>
std::string stderr_of(const Work& work) {
    std::FILE* file = std::tmpfile();
    REQUIRE(file != nullptr);
    std::fflush(stderr);
    const int kept = dup(2);
    dup2(fileno(file), 2);
    work();
    std::fflush(stderr);
    dup2(kept, 2);
    close(kept);
    std::rewind(file);
    std::string text(4096, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), file));
    std::fclose(file);
    return text;
}

Bytes jpeg_header_only(std::uint32_t width, std::uint32_t height) {
    Bytes out = samples::bytes_of(std::string("\xFF\xD8\xFF\xC0\x00\x11\x08", 7));
    samples::append(out, samples::big(height, 2));
    samples::append(out, samples::big(width, 2));
    samples::append(out, samples::bytes_of(std::string("\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00\xFF\xD9", 12)));
    return out;
}

std::vector<std::pair<std::string, Bytes>> one_of_each(const cv::Mat& image) {
    std::vector<std::pair<std::string, Bytes>> all;
    for (const std::string ending : {".jpg", ".png", ".webp", ".tiff", ".bmp"}) {
        all.emplace_back(ending, samples::encoded(image, ending));
    }
    all.emplace_back("progressive", samples::encoded(image, ".jpg", {cv::IMWRITE_JPEG_PROGRESSIVE, 1}));
    all.emplace_back("turned", samples::jpeg_with_exif(samples::encoded(image, ".jpg"), 6));
    for (const ImageFormat format : {ImageFormat::kHeic, ImageFormat::kAvif}) {
        if (samples::can_write(format)) all.emplace_back(to_string(format), samples::heif(image, format));
    }
    return all;
}

Bytes mutated(Bytes bytes, std::mt19937& random) {
    const auto below = [&](std::size_t limit) {
        return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
    };
    // Half of the changes hit the first bytes, where the headers are.
    const std::size_t reach = below(2) == 0 ? std::min<std::size_t>(bytes.size(), 200) : bytes.size();
    for (std::size_t i = below(6) + 1; i > 0; --i) bytes[below(reach)] = static_cast<std::byte>(below(256));
    if (below(8) == 0) bytes.resize(below(bytes.size()));
    return bytes;
}

}  // namespace

TEST_CASE("Too many pixels are refused at once, with nothing allocated for them", "[image][limits]") {
    samples::TiffKind tiff;
    const std::vector<std::pair<std::string, Bytes>> huge{
        {"png", samples::png_header_only(30000, 30000)},
        {"png of absurd size", samples::png_header_only(0x7FFFFFFF, 0x7FFFFFFF)},
        {"jpeg", jpeg_header_only(65000, 65000)},
        {"webp", samples::webp_header_only(16000, 16000, 0)},
        {"webp of absurd size", samples::webp_header_only(0x1000000, 0x1000000, 0)},
        {"tiff", samples::tiff(30000, 30000, Bytes(64), tiff)},
        {"bmp", samples::bmp(30000, 30000, Bytes(64), {})},
    };
    const long before = peak_memory();
    const auto start = std::chrono::steady_clock::now();
    for (const auto& [name, bytes] : huge) {
        CAPTURE(name);
        const auto photo = decode_image(bytes, 2000);
        REQUIRE_FALSE(photo);
        CHECK(photo.error().code == Code::kTooLarge);
        CHECK(photo.error().message.find("megapixels") != std::string::npos);
        REQUIRE_FALSE(probe_image(bytes));
        CHECK(probe_image(bytes).error().code == Code::kTooLarge);
    }
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::milliseconds(200));
    CHECK(peak_memory() - before < 20'000);
}

TEST_CASE("The limit of pixels is 80 million", "[image][limits]") {
    CHECK(probe_image(samples::png_header_only(10000, 8000)));
    CHECK_FALSE(probe_image(samples::png_header_only(10000, 8001)));
}

TEST_CASE("The limit of bytes is 40 million", "[image][limits]") {
    Bytes bytes = samples::encoded(samples::scene(64, 48), ".png");
    bytes.resize(kMaxImageBytes);
    CHECK(decode_image(bytes, 0));
    bytes.resize(kMaxImageBytes + 1);
    const auto photo = decode_image(bytes, 0);
    REQUIRE_FALSE(photo);
    CHECK(photo.error().code == Code::kTooLarge);
    CHECK(photo.error().message.find("40 MB") != std::string::npos);
}

TEST_CASE("Moving pictures are refused as such", "[image][limits]") {
    const Bytes webp = samples::webp_header_only(64, 48, 0x02);
    const Bytes still = samples::encoded(samples::scene(64, 48), ".png");
    Bytes frames = samples::big(2, 4);
    samples::append(frames, samples::big(0, 4));
    const Bytes png = samples::png_with_chunk(still, samples::png_chunk("acTL", frames), "IDAT");
    for (const Bytes& bytes : {webp, png}) {
        REQUIRE_FALSE(probe_image(bytes));
        CHECK(probe_image(bytes).error().code == Code::kAnimated);
        CHECK(decode_image(bytes, 0).error().code == Code::kAnimated);
    }
}

TEST_CASE("Large JPEGs are shrunk while decoding, never below what is asked for", "[image][shrink]") {
    const cv::Mat image = samples::scene(1601, 1200);
    const Bytes jpeg = samples::encoded(image, ".jpg");
    struct Case {
        int max_side;
        int reduction;
    };
    for (const Case each : {Case{0, 1}, Case{2000, 1}, Case{1601, 1}, Case{802, 1}, Case{801, 2}, Case{800, 2},
                            Case{401, 4}, Case{402, 2}, Case{201, 8}, Case{10, 8}}) {
        CAPTURE(each.max_side);
        const auto photo = decode_image(jpeg, each.max_side);
        REQUIRE(photo);
        CHECK(photo->scale == 1.0 / each.reduction);
        CHECK(photo->info.width == 1601);
        CHECK(photo->info.height == 1200);
        CHECK(photo->bgr.cols == (1600 + each.reduction) / each.reduction);
        CHECK(photo->bgr.cols >= std::min(each.max_side, 1601));
        cv::Mat expected;
        cv::resize(image, expected, photo->bgr.size(), 0, 0, cv::INTER_AREA);
        CHECK(cv::norm(photo->bgr, expected, cv::NORM_L1) / static_cast<double>(expected.total()) < 6);
    }
}

TEST_CASE("A shrunk JPEG is turned upright as well", "[image][shrink][orientation]") {
    const cv::Mat upright = samples::scene(800, 1200);
    const Bytes jpeg = samples::encoded(samples::stored_under(upright, 6), ".jpg");
    const auto photo = decode_image(samples::jpeg_with_exif(jpeg, 6), 300);
    REQUIRE(photo);
    CHECK(photo->scale == 0.25);
    CHECK(photo->info.width == 800);
    CHECK(photo->info.height == 1200);
    cv::Mat expected;
    cv::resize(upright, expected, {200, 300}, 0, 0, cv::INTER_AREA);
    REQUIRE(photo->bgr.size() == expected.size());
    CHECK(cv::norm(photo->bgr, expected, cv::NORM_L1) / static_cast<double>(expected.total()) < 6);
}

TEST_CASE("A JPEG of absurdly many scans is refused; an ordinary progressive one is read", "[image][limits]") {
    const Bytes jpeg = samples::encoded(samples::scene(96, 64), ".jpg", {cv::IMWRITE_JPEG_PROGRESSIVE, 1});
    CHECK(decode_image(jpeg, 0));
    const Bytes marker = samples::bytes_of("\xFF\xDA");
    const auto last = std::find_end(jpeg.begin(), jpeg.end(), marker.begin(), marker.end());
    REQUIRE(last != jpeg.end());
    const Bytes scan(last, jpeg.end() - 2);
    Bytes many = jpeg;
    for (int i = 0; i < 120; ++i) many.insert(many.end() - 2, scan.begin(), scan.end());
    const auto photo = decode_image(many, 0);
    REQUIRE_FALSE(photo);
    CHECK(photo.error().code == Code::kUnsupported);
    CHECK(photo.error().message.find("scans") != std::string::npos);
}

TEST_CASE("A JPEG cut in its data is an error even with an end marker put behind it", "[image][damaged]") {
    cv::Mat image(120, 160, CV_8UC3);
    cv::RNG(7).fill(image, cv::RNG::UNIFORM, 0, 256);
    Bytes jpeg = samples::encoded(image, ".jpg");
    jpeg.resize(jpeg.size() / 2);
    samples::append(jpeg, samples::bytes_of("\xFF\xD9"));
    const auto photo = decode_image(jpeg, 0);
    REQUIRE_FALSE(photo);
    CHECK(photo.error().code == Code::kCorrupt);
}

TEST_CASE("A JPEG that lost a piece in its middle is an error", "[image][damaged]") {
    cv::Mat image(120, 160, CV_8UC3);
    cv::RNG(7).fill(image, cv::RNG::UNIFORM, 0, 256);
    Bytes jpeg = samples::encoded(image, ".jpg", {cv::IMWRITE_JPEG_RST_INTERVAL, 4});
    CHECK(decode_image(jpeg, 0));
    // From one restart marker to the one after the next, so that nothing but their order tells.
    const Bytes second = samples::bytes_of("\xFF\xD1");
    const Bytes fourth = samples::bytes_of("\xFF\xD3");
    const auto from = std::search(jpeg.begin(), jpeg.end(), second.begin(), second.end());
    const auto to = std::search(from, jpeg.end(), fourth.begin(), fourth.end());
    REQUIRE(to != jpeg.end());
    jpeg.erase(from, to);
    const auto photo = decode_image(jpeg, 0);
    REQUIRE_FALSE(photo);
    CHECK(photo.error().code == Code::kCorrupt);
    CHECK(photo.error().message.find("the JPEG is damaged") == 0);
}

TEST_CASE("A progressive JPEG with impossible codes among its data is an error", "[image][damaged]") {
    cv::Mat image(120, 160, CV_8UC3);
    cv::RNG(7).fill(image, cv::RNG::UNIFORM, 0, 256);
    Bytes jpeg = samples::encoded(image, ".jpg", {cv::IMWRITE_JPEG_PROGRESSIVE, 1});
    // Ones alone, which no code of the usual tables consists of.
    for (std::size_t i = 0; i < 40; i += 2) {
        jpeg[jpeg.size() / 2 + i] = std::byte{0xFF};
        jpeg[jpeg.size() / 2 + i + 1] = std::byte{0};
    }
    const auto photo = decode_image(jpeg, 0);
    REQUIRE_FALSE(photo);
    CHECK(photo.error().message.find("the JPEG is damaged") == 0);
}

TEST_CASE("JPEGs of kinds that no camera writes are refused", "[image][refused]") {
    Bytes arithmetic = jpeg_header_only(640, 480);
    CHECK(probe_image(arithmetic));
    arithmetic[3] = std::byte{0xC9};
    REQUIRE_FALSE(probe_image(arithmetic));
    CHECK(probe_image(arithmetic).error().code == Code::kUnsupported);
    const auto no_height = probe_image(jpeg_header_only(640, 0));
    REQUIRE_FALSE(no_height);
    CHECK(no_height.error().code == Code::kUnsupported);
}

TEST_CASE("A progressive JPEG that lost its last scans is an error, although each scan shows the whole picture",
          "[image][damaged]") {
    Bytes jpeg = samples::encoded(samples::scene(96, 64), ".jpg", {cv::IMWRITE_JPEG_PROGRESSIVE, 1});
    const Bytes marker = samples::bytes_of("\xFF\xDA");
    const auto last = std::find_end(jpeg.begin(), jpeg.end(), marker.begin(), marker.end());
    jpeg.erase(last, jpeg.end());
    const auto photo = decode_image(jpeg, 0);
    REQUIRE_FALSE(photo);
    CHECK(photo.error().message.find("the JPEG ends early") == 0);
}

TEST_CASE("A JPEG that lacks its end marker alone is whole", "[image][damaged]") {
    Bytes jpeg = samples::encoded(samples::scene(96, 64), ".jpg");
    jpeg.resize(jpeg.size() - 2);
    CHECK(decode_image(jpeg, 0));
}

TEST_CASE("No bytes crash, throw, print, or pass as a picture that they are not", "[image][fuzz]") {
    cv::Mat image = samples::scene(64, 48);
    for (const auto& [name, bytes] : one_of_each(image)) {
        CAPTURE(name);
        std::mt19937 random(20240607);
        int pictures = 0;
        int errors = 0;
        const std::string printed = stderr_of([&] {
            for (int i = 0; i < 1000; ++i) {
                const auto photo = decode_image(mutated(bytes, random), 40);
                if (!photo) {
                    ++errors;
                    if (photo.error().message.empty() || photo.error().message.find('\n') != std::string::npos) {
                        FAIL("message: " << photo.error().message);
                    }
                    continue;
                }
                ++pictures;
                const double pixels = static_cast<double>(photo->bgr.total()) / (photo->scale * photo->scale);
                if (photo->bgr.type() != CV_8UC3 || pixels < photo->info.width * photo->info.height)
                    FAIL("broken picture");
            }
        });
        if (name != "heic") CHECK(printed == "");  // libde265 prints about some broken sequence headers
        CHECK(errors > 50);
        CHECK(pictures + errors == 1000);
    }
}
