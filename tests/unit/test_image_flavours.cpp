// The flavours within each format: depth, colour, transparency, compression.
#include <catch2/catch.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "ocr/image.h"
#include "test_image_samples.h"

using namespace magscan::ocr;
using magscan::ocr::samples::Bytes;

namespace {

cv::Mat decoded(const Bytes& bytes) {
    const auto photo = decode_image(bytes, 0);
    if (!photo) FAIL(photo.error().message);
    REQUIRE(photo->bgr.type() == CV_8UC3);
    return photo->bgr;
}

double largest_difference(const cv::Mat& a, const cv::Mat& b) {
    REQUIRE(a.size() == b.size());
    return cv::norm(a, b, cv::NORM_INF);
}

double mean_difference(const cv::Mat& a, const cv::Mat& b) {
    REQUIRE(a.size() == b.size());
    return cv::norm(a, b, cv::NORM_L1) / (3.0 * static_cast<double>(a.total()));
}

// The scene with alpha that runs from nothing on the left to full on the right, and what it is on white.
struct Transparent {
    cv::Mat bgra, on_white;
};

Transparent transparent_scene() {
    const cv::Mat bgr = samples::scene(64, 48);
    Transparent out{cv::Mat(bgr.size(), CV_8UC4), cv::Mat(bgr.size(), CV_8UC3)};
    for (int y = 0; y < bgr.rows; ++y) {
        for (int x = 0; x < bgr.cols; ++x) {
            const auto& colour = bgr.at<cv::Vec3b>(y, x);
            const int alpha = 255 * x / (bgr.cols - 1);
            out.bgra.at<cv::Vec4b>(y, x) = {colour[0], colour[1], colour[2], static_cast<unsigned char>(alpha)};
            for (int c = 0; c < 3; ++c) {
                const double mixed = (colour[c] * alpha + 255.0 * (255 - alpha)) / 255.0;
                out.on_white.at<cv::Vec3b>(y, x)[c] = cv::saturate_cast<unsigned char>(mixed);
            }
        }
    }
    return out;
}

cv::Mat grey_as_bgr(const cv::Mat& bgr) {
    cv::Mat grey;
    cv::Mat out;
    cv::cvtColor(bgr, grey, cv::COLOR_BGR2GRAY);
    cv::cvtColor(grey, out, cv::COLOR_GRAY2BGR);
    return out;
}

// Stripes of one bit: every third column black.
cv::Mat stripes(int width, int height) {
    cv::Mat image(height, width, CV_8UC3, cv::Scalar::all(255));
    for (int x = 0; x < width; x += 3) image.col(x).setTo(0);
    return image;
}

Bytes packed_stripes(int width, int height, int row_bytes, bool white_is_one) {
    Bytes out;
    for (int y = 0; y < height; ++y) {
        Bytes row(static_cast<std::size_t>(row_bytes));
        for (int x = 0; x < width; ++x) {
            if ((x % 3 != 0) == white_is_one) row[static_cast<std::size_t>(x / 8)] |= std::byte(0x80 >> x % 8);
        }
        samples::append(out, row);
    }
    return out;
}

}  // namespace

TEST_CASE("Transparency is laid on white", "[image]") {
    const Transparent scene = transparent_scene();
    CHECK(largest_difference(decoded(samples::encoded(scene.bgra, ".png")), scene.on_white) <= 1);
    CHECK(largest_difference(decoded(samples::encoded(scene.bgra, ".webp")), scene.on_white) <= 1);

    samples::BmpKind bitmap{32, 3, {0xFF0000, 0xFF00, 0xFF, 0xFF000000}, {}, true};
    Bytes rows(scene.bgra.total() * 4);
    std::memcpy(rows.data(), scene.bgra.data, rows.size());
    CHECK(largest_difference(decoded(samples::bmp(64, 48, rows, bitmap)), scene.on_white) <= 1);

    samples::TiffKind kind;
    kind.samples = 4;
    kind.extra_sample = 2;
    cv::Mat rgba;
    cv::cvtColor(scene.bgra, rgba, cv::COLOR_BGRA2RGBA);
    std::memcpy(rows.data(), rgba.data, rows.size());
    CHECK(largest_difference(decoded(samples::tiff(64, 48, rows, kind)), scene.on_white) <= 2);

    for (const ImageFormat format : {ImageFormat::kHeic, ImageFormat::kAvif}) {
        if (!samples::can_write(format)) continue;
        CAPTURE(to_string(format));
        CHECK(mean_difference(decoded(samples::heif(scene.bgra, format)), scene.on_white) <= 5);
    }
}

TEST_CASE("PNG: 16 bits, grey, palette, one bit, a transparent colour, interlaced", "[image][png]") {
    const cv::Mat bgr = samples::scene(64, 48);
    cv::Mat deep;
    bgr.convertTo(deep, CV_16UC3, 257);
    CHECK(largest_difference(decoded(samples::encoded(deep, ".png")), bgr) == 0);

    const cv::Mat grey = grey_as_bgr(bgr);
    cv::Mat one_channel;
    cv::extractChannel(grey, one_channel, 0);
    CHECK(largest_difference(decoded(samples::encoded(one_channel, ".png")), grey) == 0);

    const Bytes bilevel = samples::encoded(one_channel > 100, ".png", {cv::IMWRITE_PNG_BILEVEL, 1});
    cv::Mat expected;
    cv::cvtColor(one_channel > 100, expected, cv::COLOR_GRAY2BGR);
    CHECK(largest_difference(decoded(bilevel), expected) == 0);

    // Black made transparent by its own chunk, so white: nothing of the stripes is left.
    cv::Mat striped;
    cv::extractChannel(stripes(64, 48), striped, 0);
    const Bytes chunk = samples::png_chunk("tRNS", samples::big(0, 2));
    const Bytes keyed = samples::png_with_chunk(samples::encoded(striped, ".png"), chunk, "IDAT");
    CHECK(largest_difference(decoded(keyed), cv::Mat(48, 64, CV_8UC3, cv::Scalar::all(255))) == 0);
}

TEST_CASE("PNG with a palette, and interlaced with transparency", "[image][png]") {
    // Stored blocks need no compressor: each row is a filter byte and its pixels, one zlib block around them all.
    const auto zlib_stored = [](const Bytes& data) {
        Bytes out = samples::bytes_of("\x78\x01\x01");
        samples::append(out, samples::little(data.size(), 2));
        samples::append(out, samples::little(~data.size(), 2));
        samples::append(out, data);
        std::uint32_t a = 1;
        std::uint32_t b = 0;
        for (const std::byte byte : data) {
            a = (a + std::to_integer<std::uint32_t>(byte)) % 65521;
            b = (b + a) % 65521;
        }
        samples::append(out, samples::big(b << 16 | a, 4));
        return out;
    };
    const auto png = [&](int width, int height, const std::string& kind, const Bytes& extra, const Bytes& rows) {
        Bytes header = samples::big(static_cast<std::uint32_t>(width), 4);
        samples::append(header, samples::big(static_cast<std::uint32_t>(height), 4));
        samples::append(header, samples::bytes_of(kind));
        Bytes out = samples::bytes_of("\x89PNG\r\n\x1A\n");
        samples::append(out, samples::png_chunk("IHDR", header));
        samples::append(out, extra);
        samples::append(out, samples::png_chunk("IDAT", zlib_stored(rows)));
        samples::append(out, samples::png_chunk("IEND", {}));
        return out;
    };

    SECTION("palette of 8 bits, one colour half transparent") {
        Bytes extra = samples::png_chunk("PLTE", samples::bytes_of(std::string("\xC8\x64\x32\x00\x00\x00", 6)));
        samples::append(extra, samples::png_chunk("tRNS", samples::bytes_of("\xFF\x80")));
        Bytes rows;
        cv::Mat expected(40, 40, CV_8UC3);
        for (int y = 0; y < 40; ++y) {
            rows.push_back(std::byte{0});
            for (int x = 0; x < 40; ++x) {
                const bool second = (x + 2 * y) % 5 == 0;
                rows.push_back(std::byte{second});
                expected.at<cv::Vec3b>(y, x) = second ? cv::Vec3b(127, 127, 127) : cv::Vec3b(0x32, 0x64, 0xC8);
            }
        }
        CHECK(largest_difference(decoded(png(40, 40, std::string("\x08\x03\x00\x00\x00", 5), extra, rows)), expected) <=
              1);
    }
    SECTION("Adam7 with alpha") {
        struct Pass {
            int x, y, step_x, step_y;
        };
        const Transparent scene = transparent_scene();
        Bytes rows;
        for (const Pass pass : {Pass{0, 0, 8, 8}, Pass{4, 0, 8, 8}, Pass{0, 4, 4, 8}, Pass{2, 0, 4, 4},
                                Pass{0, 2, 2, 4}, Pass{1, 0, 2, 2}, Pass{0, 1, 1, 2}}) {
            for (int y = pass.y; y < 48; y += pass.step_y) {
                rows.push_back(std::byte{0});
                for (int x = pass.x; x < 64; x += pass.step_x) {
                    const auto& colour = scene.bgra.at<cv::Vec4b>(y, x);
                    for (const int c : {2, 1, 0, 3}) rows.push_back(std::byte{colour[c]});
                }
            }
        }
        const Bytes bytes = png(64, 48, std::string("\x08\x06\x00\x00\x01", 5), {}, rows);
        CHECK(largest_difference(decoded(bytes), scene.on_white) <= 1);
    }
}

TEST_CASE("JPEG: grey, CMYK either way round, progressive", "[image][jpeg]") {
    const cv::Mat bgr = samples::scene(96, 64);
    const cv::Mat grey = grey_as_bgr(bgr);
    cv::Mat one_channel;
    cv::extractChannel(grey, one_channel, 0);
    CHECK(mean_difference(decoded(samples::encoded(one_channel, ".jpg")), grey) < 2);
    CHECK(mean_difference(decoded(samples::cmyk_jpeg(bgr, true)), bgr) < 4);
    CHECK(mean_difference(decoded(samples::cmyk_jpeg(bgr, false)), bgr) < 4);
    CHECK(mean_difference(decoded(samples::encoded(bgr, ".jpg", {cv::IMWRITE_JPEG_PROGRESSIVE, 1})), bgr) < 3);
}

TEST_CASE("TIFF: 16 bits, grey, one bit, CMYK, compressed", "[image][tiff]") {
    const cv::Mat bgr = samples::scene(64, 48);
    cv::Mat deep;
    bgr.convertTo(deep, CV_16UC3, 257);
    CHECK(largest_difference(decoded(samples::encoded(deep, ".tiff")), bgr) == 0);
    for (const int compression : {1, 5, 8, 32773}) {  // none, LZW, Deflate, PackBits
        CAPTURE(compression);
        const std::vector<int> options{cv::IMWRITE_TIFF_COMPRESSION, compression};
        CHECK(largest_difference(decoded(samples::encoded(bgr, ".tiff", options)), bgr) == 0);
    }
    const cv::Mat wider = samples::scene(85, 64);  // of which OpenCV's strips suit JPEG's blocks
    const auto jpeg_inside = samples::encoded(wider, ".tiff", {cv::IMWRITE_TIFF_COMPRESSION, 7});
    CHECK(mean_difference(decoded(jpeg_inside), wider) < 8);

    samples::TiffKind kind;
    kind.bits = 1;
    kind.samples = 1;
    kind.photometric = 1;
    const cv::Mat striped = stripes(61, 40);
    CHECK(largest_difference(decoded(samples::tiff(61, 40, packed_stripes(61, 40, 8, true), kind)), striped) == 0);
    kind.photometric = 0;
    CHECK(largest_difference(decoded(samples::tiff(61, 40, packed_stripes(61, 40, 8, false), kind)), striped) == 0);

    kind = {};
    kind.samples = 4;
    kind.photometric = 5;
    Bytes inks;
    for (int i = 0; i < 40 * 40; ++i) samples::append(inks, samples::bytes_of(std::string("\xFF\x80\x00\x00", 4)));
    const cv::Mat blue(40, 40, CV_8UC3, cv::Scalar(255, 127, 0));
    CHECK(largest_difference(decoded(samples::tiff(40, 40, inks, kind)), blue) <= 1);

    kind = {};
    kind.compression = 6;  // the old JPEG-in-TIFF
    const auto refused = decode_image(samples::tiff(40, 40, Bytes(40 * 40 * 3), kind), 0);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ImageError::Code::kUnsupported);
}

TEST_CASE("BMP: palettes, 16 bits, no use made of alpha, top down, compressed", "[image][bmp]") {
    samples::BmpKind kind{1, 0, {}, samples::bytes_of(std::string("\0\0\0\0\xFF\xFF\xFF\0", 8)), false};
    CHECK(largest_difference(decoded(samples::bmp(61, 40, packed_stripes(61, 40, 8, true), kind)), stripes(61, 40)) ==
          0);

    // Column x holds colour x % 16 of a palette of 16; the last row, stored first, holds colour 0 alone.
    kind.bits = 4;
    kind.palette.clear();
    for (unsigned i = 0; i < 16; ++i) samples::append(kind.palette, samples::little(i * 0x0A0503U, 4));
    Bytes rows(20);
    for (int i = 0; i < 39 * 20; ++i) rows.push_back(static_cast<std::byte>((2 * i % 16) << 4 | (2 * i % 16 + 1)));
    cv::Mat expected(40, 40, CV_8UC3, cv::Scalar::all(0));
    for (int y = 0; y < 39; ++y) {
        for (int x = 0; x < 40; ++x) {
            const int colour = (x + 40 * (38 - y)) % 16;
            expected.at<cv::Vec3b>(y, x) =
                cv::Vec3b(static_cast<unsigned char>(3 * colour), static_cast<unsigned char>(5 * colour),
                          static_cast<unsigned char>(10 * colour));
        }
    }
    CHECK(largest_difference(decoded(samples::bmp(40, 40, rows, kind)), expected) == 0);

    rows.clear();
    for (int i = 0; i < 40 * 40; ++i) samples::append(rows, samples::little(0xF81F, 2));
    const cv::Mat magenta(40, 40, CV_8UC3, cv::Scalar(255, 0, 255));
    kind = {16, 3, {0xF800, 0x07E0, 0x001F, 0}, {}, false};
    CHECK(largest_difference(decoded(samples::bmp(40, 40, rows, kind)), magenta) == 0);

    rows.clear();
    for (int i = 0; i < 40 * 40; ++i) samples::append(rows, samples::little(0x00FF00FF, 4));
    kind = {32, 0, {}, {}, true};
    CHECK(largest_difference(decoded(samples::bmp(40, 40, rows, kind)), magenta) == 0);
    kind = {32, 3, {0xFF0000, 0xFF00, 0xFF, 0xFF000000}, {}, true};  // promises alpha, and leaves it all at zero
    CHECK(largest_difference(decoded(samples::bmp(40, 40, rows, kind)), magenta) == 0);

    kind = {8, 1, {}, Bytes(1024), false};  // run lengths
    const auto refused = decode_image(samples::bmp(40, 40, Bytes(1600), kind), 0);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ImageError::Code::kUnsupported);
}
