// Pixels get the report of the BMP file that holds them.
#include <catch2/catch.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "samples.h"

using magscan::PixelFormat;
using magscan::Pixels;

namespace {

// A picture of black bars on white, odd in width, as RGB.
struct Drawn {
    int width = 333;
    int height = 100;
    std::vector<std::uint8_t> rgb = std::vector<std::uint8_t>(static_cast<std::size_t>(333) * 100 * 3, 255);
};

Drawn drawn() {
    Drawn out;
    for (int y = 20; y < 60; ++y) {
        for (int x = 10; x < 300; ++x) {
            auto* pixel = &out.rgb[static_cast<std::size_t>(y * out.width + x) * 3];
            if (x / 7 % 2 == 0) pixel[0] = pixel[1] = pixel[2] = static_cast<std::uint8_t>(x % 200);
            if (x / 50 == 2) pixel[0] = 250;  // the order of colours shows
        }
    }
    return out;
}

void put(std::string& out, std::size_t at, std::uint32_t value) {
    for (unsigned i = 0; i < 4; ++i) out[at + i] = static_cast<char>(value >> (8 * i) & 0xFF);
}

std::string bmp_of(const Drawn& picture) {
    const std::size_t row = (static_cast<std::size_t>(picture.width) * 3 + 3) / 4 * 4;
    const auto size = static_cast<std::uint32_t>(row * static_cast<std::size_t>(picture.height));
    std::string out(54, '\0');
    out[0] = 'B';
    out[1] = 'M';
    put(out, 2, 54 + size);
    put(out, 10, 54);
    put(out, 14, 40);
    put(out, 18, static_cast<std::uint32_t>(picture.width));
    put(out, 22, static_cast<std::uint32_t>(picture.height));
    put(out, 26, 1U | 24U << 16);
    put(out, 34, size);
    for (int y = picture.height - 1; y >= 0; --y) {
        std::string line(row, '\0');
        for (int x = 0; x < picture.width; ++x) {
            const auto* pixel = &picture.rgb[static_cast<std::size_t>(y * picture.width + x) * 3];
            for (std::size_t c = 0; c < 3; ++c)
                line[static_cast<std::size_t>(x) * 3 + c] = static_cast<char>(pixel[2 - c]);
        }
        out += line;
    }
    return out;
}

// The same picture in another order of bytes, with some bytes between the rows.
std::vector<std::uint8_t> packed(const Drawn& from, std::vector<int> order, std::size_t stride) {
    std::vector<std::uint8_t> out(stride * static_cast<std::size_t>(from.height), 77);
    for (int y = 0; y < from.height; ++y) {
        for (int x = 0; x < from.width; ++x) {
            for (std::size_t c = 0; c < order.size(); ++c) {
                const int channel = order[c];
                out[static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x) * order.size() + c] =
                    channel < 0 ? 255
                                : from.rgb[static_cast<std::size_t>(y * from.width + x) * 3 +
                                           static_cast<std::size_t>(channel)];
            }
        }
    }
    return out;
}

}  // namespace

TEST_CASE("pixels in every order get the report of the BMP that holds them", "[api]") {
    const Drawn picture = drawn();
    const std::string bmp = bmp_of(picture);
    const auto of_file = scanner().scan(bytes_of(bmp), {.name = "bars"});
    REQUIRE(of_file.has_value());
    const auto same = [&](PixelFormat format, const std::vector<int>& order, std::size_t gap) {
        const std::size_t stride = static_cast<std::size_t>(picture.width) * order.size() + gap;
        const auto bytes = packed(picture, order, stride);
        const auto report = scanner().scan(
            Pixels{bytes.data(), picture.width, picture.height, gap == 0 ? 0 : stride, format}, {.name = "bars"});
        REQUIRE(report.has_value());
        CHECK(untimed(*report) == untimed(*of_file));
    };
    same(PixelFormat::kRgb8, {0, 1, 2}, 0);
    same(PixelFormat::kBgr8, {2, 1, 0}, 5);
    same(PixelFormat::kRgba8, {0, 1, 2, -1}, 0);
    same(PixelFormat::kBgra8, {2, 1, 0, -1}, 8);
}

TEST_CASE("grey pixels are colours that are all alike, and what is transparent is white", "[api]") {
    Drawn grey;
    for (std::size_t i = 0; i < grey.rgb.size(); i += 3) {
        grey.rgb[i] = grey.rgb[i + 1] = grey.rgb[i + 2] = static_cast<std::uint8_t>(i / 3 % 251);
    }
    const auto sha = [](const auto& report) { return report.value().source().images.front().sha256; };
    const auto one = packed(grey, {0}, static_cast<std::size_t>(grey.width));
    CHECK(sha(scanner().scan(Pixels{one.data(), grey.width, grey.height, 0, PixelFormat::kGray8})) ==
          sha(scanner().scan(Pixels{grey.rgb.data(), grey.width, grey.height, 0, PixelFormat::kRgb8})));
    const std::vector<std::uint8_t> clear(static_cast<std::size_t>(64) * 64 * 4, 0);
    const std::vector<std::uint8_t> white(static_cast<std::size_t>(64) * 64, 255);
    CHECK(sha(scanner().scan(Pixels{clear.data(), 64, 64, 0, PixelFormat::kBgra8})) ==
          sha(scanner().scan(Pixels{white.data(), 64, 64, 0, PixelFormat::kGray8})));
}

TEST_CASE("pixels that can't be are refused before they are read", "[api]") {
    const std::vector<std::uint8_t> some(static_cast<std::size_t>(64) * 64);
    const auto refused = [&](const Pixels& pixels) {
        const auto report = scanner().scan(pixels);
        REQUIRE_FALSE(report.has_value());
        CHECK(report.error().kind == magscan::Error::Kind::kNotAPicture);
    };
    refused({});
    refused({some.data(), 31, 64, 0, PixelFormat::kGray8});
    refused({some.data(), -64, 64, 0, PixelFormat::kGray8});
    refused({some.data(), 64, 64, 63, PixelFormat::kGray8});
    refused({some.data(), 10'000, 8'001, 0, PixelFormat::kGray8});
    refused({some.data(), 2'000'000'000, 2'000'000'000, 0, PixelFormat::kGray8});
    refused({some.data(), 64, 64, 0, static_cast<PixelFormat>(9)});
}
