// What holds for every format: told by content, upright, complete or refused.
#include "ocr/image.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include "test_image_samples.h"

using namespace magscan::ocr;
using magscan::ocr::samples::Bytes;

namespace {

// Mean difference of a channel; very large for pictures of different sizes.
double difference(const cv::Mat& a, const cv::Mat& b) {
    if (a.size() != b.size() || a.type() != b.type()) return 1000;
    return cv::norm(a, b, cv::NORM_L1) / (3.0 * static_cast<double>(a.total()));
}

struct Sample {
    ImageFormat format;
    Bytes bytes;
    double tolerance;  // mean difference a channel that the format's own loss explains
};

std::vector<Sample> one_of_each(const cv::Mat& image) {
    std::vector<Sample> all{{ImageFormat::kJpeg, samples::encoded(image, ".jpg"), 2},
                            {ImageFormat::kPng, samples::encoded(image, ".png"), 0},
                            {ImageFormat::kWebp, samples::encoded(image, ".webp"), 0},
                            {ImageFormat::kTiff, samples::encoded(image, ".tiff"), 0},
                            {ImageFormat::kBmp, samples::encoded(image, ".bmp"), 0}};
    for (const ImageFormat format : {ImageFormat::kHeic, ImageFormat::kAvif}) {
        if (samples::can_write(format)) {
            all.push_back({format, samples::heif(image, format), 4});
        } else {
            WARN("libheif can't write " << to_string(format) << " here: not tested");
        }
    }
    return all;
}

Bytes pixels_of(const cv::Mat& bgr) {
    Bytes out;
    for (int y = 0; y < bgr.rows; ++y) {
        for (int x = 0; x < bgr.cols; ++x) {
            for (int c = 2; c >= 0; --c) out.push_back(static_cast<std::byte>(bgr.at<cv::Vec3b>(y, x)[c]));
        }
    }
    return out;
}

ImageError::Code refusal(const Bytes& bytes) {
    const auto probed = probe_image(bytes);
    const auto decoded = decode_image(bytes, 0);
    REQUIRE_FALSE(probed.has_value());
    REQUIRE_FALSE(decoded.has_value());
    CHECK(decoded.error().code == probed.error().code);
    CHECK(decoded.error().message == probed.error().message);
    return probed.error().code;
}

bool says(const ImageError& error, const std::string& words) {
    return error.message.find(words) != std::string::npos;
}

void check_upright(const Bytes& bytes, const cv::Mat& upright, double tolerance) {
    const auto info = probe_image(bytes);
    REQUIRE(info);
    CHECK(info->width == upright.cols);
    CHECK(info->height == upright.rows);
    const auto photo = decode_image(bytes, 0);
    REQUIRE(photo);
    CHECK(photo->info.width == upright.cols);
    CHECK(photo->info.height == upright.rows);
    CHECK(photo->scale == 1);
    CHECK(difference(photo->bgr, upright) <= tolerance);
}

}  // namespace

TEST_CASE("Each format is told by its content and comes out as it went in", "[image]") {
    const cv::Mat image = samples::scene(96, 64);
    for (const Sample& sample : one_of_each(image)) {
        CAPTURE(to_string(sample.format));
        const auto info = probe_image(sample.bytes);
        REQUIRE(info);
        CHECK(info->format == sample.format);
        check_upright(sample.bytes, image, sample.tolerance);
        const auto photo = decode_image(sample.bytes, 0);
        CHECK(photo->bgr.type() == CV_8UC3);
        CHECK(photo->info.format == sample.format);
        CHECK(photo->sha256 == sha256_hex(sample.bytes));
    }
}

TEST_CASE("Odd sizes come out whole", "[image]") {
    const cv::Mat image = samples::scene(37, 61);
    for (const Sample& sample : one_of_each(image)) {
        CAPTURE(to_string(sample.format));
        check_upright(sample.bytes, image, sample.tolerance + 2);
    }
}

TEST_CASE("Formats have names", "[image]") {
    CHECK(to_string(ImageFormat::kJpeg) == "jpeg");
    CHECK(to_string(ImageFormat::kPng) == "png");
    CHECK(to_string(ImageFormat::kWebp) == "webp");
    CHECK(to_string(ImageFormat::kHeic) == "heic");
    CHECK(to_string(ImageFormat::kAvif) == "avif");
    CHECK(to_string(ImageFormat::kTiff) == "tiff");
    CHECK(to_string(ImageFormat::kBmp) == "bmp");
}

TEST_CASE("SHA-256 is the one of FIPS 180-4", "[image]") {
    CHECK(sha256_hex({}) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256_hex(samples::bytes_of("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("Every orientation is applied once, in every format that carries one", "[image][orientation]") {
    const int orientation = GENERATE(range(1, 9));
    CAPTURE(orientation);
    const cv::Mat upright = samples::scene(96, 64);
    const cv::Mat stored = samples::stored_under(upright, orientation);

    SECTION("JPEG") {
        const Bytes jpeg = samples::encoded(stored, ".jpg");
        check_upright(samples::jpeg_with_exif(jpeg, orientation), upright, 2);
        check_upright(samples::jpeg_with_exif(jpeg, orientation, true), upright, 2);
    }
    SECTION("PNG, before and behind the pixels") {
        const Bytes png = samples::encoded(stored, ".png");
        const Bytes chunk = samples::png_chunk("eXIf", samples::exif(orientation));
        check_upright(samples::png_with_chunk(png, chunk, "IDAT"), upright, 0);
        check_upright(samples::png_with_chunk(png, chunk, "IEND"), upright, 0);
    }
    SECTION("WebP") {
        const Bytes webp = samples::encoded(stored, ".webp");
        check_upright(samples::webp_with_exif(webp, stored.size(), orientation), upright, 0);
    }
    SECTION("TIFF") {
        samples::TiffKind kind;
        kind.orientation = orientation;
        check_upright(samples::tiff(stored.cols, stored.rows, pixels_of(stored), kind), upright, 0);
        kind.big_endian = true;
        check_upright(samples::tiff(stored.cols, stored.rows, pixels_of(stored), kind), upright, 0);
    }
    SECTION("HEIC and AVIF turn themselves; their EXIF only repeats it") {
        for (const ImageFormat format : {ImageFormat::kHeic, ImageFormat::kAvif}) {
            if (!samples::can_write(format)) continue;
            CAPTURE(to_string(format));
            check_upright(samples::heif(stored, format, orientation), upright, 4);
        }
    }
}

TEST_CASE("An orientation that makes no sense is ignored", "[image][orientation]") {
    const cv::Mat image = samples::scene(96, 64);
    const Bytes jpeg = samples::encoded(image, ".jpg");
    for (const int orientation : {0, 9, 4711}) check_upright(samples::jpeg_with_exif(jpeg, orientation), image, 2);
}

TEST_CASE("What is no picture is named", "[image][refused]") {
    using Code = ImageError::Code;
    struct Case {
        std::string bytes;
        Code code;
        std::string named;
    };
    const std::vector<Case> cases{
        {"", Code::kEmpty, "empty"},
        {"Magnesium (as glycinate) 200 mg\nServing size 2 capsules\n", Code::kNotAPicture, "a text file"},
        {"BMW drivers need magnesium, too, says this text", Code::kNotAPicture, "a text file"},
        {"Magn\xC3\xA9sium 200 mg", Code::kNotAPicture, "a text file"},
        {"<!DOCTYPE html><html><body>404</body></html>", Code::kNotAPicture, "HTML"},
        {"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>", Code::kUnsupported, "SVG"},
        {"%PDF-1.7\n%\xE2\xE3", Code::kNotAPicture, "PDF"},
        {"GIF89a" + std::string(40, '\1'), Code::kUnsupported, "GIF"},
        {std::string("PK\x03\x04\x14\x00", 6), Code::kNotAPicture, "ZIP"},
        {std::string("\0\0\0\x18"
                     "ftypmp42\0\0\0\0mp42isom",
                     24),
         Code::kNotAPicture, "video"},
        {std::string("\0\0\0\x18"
                     "ftypavis\0\0\0\0avifavis",
                     24),
         Code::kAnimated, "moving"},
        {std::string("\0\0\0\x0CjP  \r\n\x87\n", 12), Code::kUnsupported, "JPEG 2000"},
        {std::string("II*\0\x10\0\0\0CR\x02\0", 12), Code::kUnsupported, "camera raw"},
        {std::string("\x01\x02\x03\x04\x80\x90\xFE", 7), Code::kNotAPicture, "known format"},
        {std::string(100, '\0'), Code::kNotAPicture, "known format"},
    };
    for (const Case& each : cases) {
        const Bytes bytes = samples::bytes_of(each.bytes);
        CAPTURE(each.named);
        CHECK(refusal(bytes) == each.code);
        const ImageError error = probe_image(bytes).error();
        CAPTURE(error.message);
        CHECK(says(error, each.named));
        CHECK_FALSE(says(error, "\n"));
    }
}

TEST_CASE("Pictures too small to hold text are refused", "[image][refused]") {
    for (const cv::Size size : {cv::Size(1, 1), cv::Size(31, 400), cv::Size(400, 31)}) {
        const Bytes png = samples::encoded(samples::scene(size.width, size.height), ".png");
        CHECK(refusal(png) == ImageError::Code::kTooSmall);
    }
    CHECK(probe_image(samples::encoded(samples::scene(32, 32), ".png")));
}

TEST_CASE("What ends early is an error, wherever it ends", "[image][damaged]") {
    // Noise, so that no part of the data is empty.
    cv::Mat image(120, 160, CV_8UC3);
    cv::RNG(7).fill(image, cv::RNG::UNIFORM, 0, 256);
    std::vector<Sample> all = one_of_each(image);
    all.push_back({ImageFormat::kTiff, samples::tiff(160, 120, pixels_of(image), {}), 0});
    for (const Sample& sample : all) {
        for (const double share : {0.001, 0.02, 0.1, 0.5, 0.9, 0.99}) {
            CAPTURE(to_string(sample.format), share);
            const auto kept = static_cast<std::ptrdiff_t>(share * static_cast<double>(sample.bytes.size()));
            const Bytes cut(sample.bytes.begin(), sample.bytes.begin() + kept);
            const auto photo = decode_image(cut, 0);
            REQUIRE_FALSE(photo);
            if (share >= 0.1) {
                CHECK(photo.error().code == ImageError::Code::kCorrupt);
                CAPTURE(photo.error().message);
                CHECK(says(photo.error(), " ends early"));
            }
        }
    }
}

TEST_CASE("Pixels without what follows them are not taken for the whole file", "[image][damaged]") {
    const cv::Mat image = samples::scene(96, 64);
    Bytes png = samples::encoded(image, ".png");
    png.resize(png.size() - 12);  // the end chunk
    Bytes webp = samples::webp_with_exif(samples::encoded(image, ".webp"), image.size(), 6);
    webp.resize(webp.size() - 30);  // the orientation
    for (const Bytes& bytes : {png, webp}) {
        const auto photo = decode_image(bytes, 0);
        REQUIRE_FALSE(photo);
        CHECK(says(photo.error(), " ends early"));
    }
}

TEST_CASE("A camera raw file in the clothes of a TIFF is refused", "[image][refused]") {
    samples::TiffKind kind;
    kind.reduced = true;
    const Bytes raw = samples::tiff(96, 64, pixels_of(samples::scene(96, 64)), kind);
    CHECK(refusal(raw) == ImageError::Code::kUnsupported);
    kind.reduced = false;
    CHECK(decode_image(samples::tiff(96, 64, pixels_of(samples::scene(96, 64)), kind), 0));
}

TEST_CASE("Bytes behind the end do no harm", "[image]") {
    const cv::Mat image = samples::scene(96, 64);
    for (const Sample& sample : one_of_each(image)) {
        if (sample.format == ImageFormat::kHeic || sample.format == ImageFormat::kAvif) continue;
        CAPTURE(to_string(sample.format));
        Bytes longer = sample.bytes;
        samples::append(longer, Bytes(1000, std::byte{0x5A}));
        check_upright(longer, image, sample.tolerance);
    }
}
