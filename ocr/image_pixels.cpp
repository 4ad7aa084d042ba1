#include "ocr/image_pixels.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "ocr/image_codec.h"
#include "ocr/sha256.h"

namespace magscan::ocr {
namespace {

using Code = ImageError::Code;

constexpr std::size_t kHeader = 54;

std::size_t bytes_per_pixel(PixelFormat format) {
    switch (format) {
        case PixelFormat::kGray8:
            return 1;
        case PixelFormat::kRgb8:
        case PixelFormat::kBgr8:
            return 3;
        case PixelFormat::kRgba8:
        case PixelFormat::kBgra8:
            return 4;
    }
    return 0;
}

std::string size_of(const PixelView& pixels) {
    return std::to_string(pixels.width) + "x" + std::to_string(pixels.height) + " pixels";
}

// An error for what can't be read; else nothing is wrong.
tl::expected<void, ImageError> checked(const PixelView& pixels) {
    if (pixels.data == nullptr) return codec::fail(Code::kEmpty, "there are no pixels; pass the picture's data");
    const std::size_t depth = bytes_per_pixel(pixels.format);
    if (depth == 0) return codec::fail(Code::kUnsupported, "the pixels' format is none of those that are read");
    if (std::min(pixels.width, pixels.height) < kMinImageSide) {
        return codec::fail(Code::kTooSmall,
                           "the picture has only " + size_of(pixels) + ", too few to read a label; send a larger one");
    }
    if (std::int64_t{pixels.width} * pixels.height > kMaxImagePixels) {
        return codec::fail(Code::kTooLarge, "the picture has " + size_of(pixels) + ", more than " +
                                                std::to_string(kMaxImagePixels / 1'000'000) +
                                                " megapixels; send it in a smaller size");
    }
    if (pixels.stride != 0 && pixels.stride < depth * static_cast<std::size_t>(pixels.width)) {
        return codec::fail(Code::kCorrupt, "the stride is shorter than a row of pixels; it counts bytes");
    }
    return {};
}

void put(std::byte* at, std::uint32_t value) {
    for (unsigned i = 0; i < 4; ++i) at[i] = static_cast<std::byte>(value >> (8 * i));
}

std::array<std::byte, kHeader> bmp_header(const cv::Mat& bgr, std::size_t row) {
    std::array<std::byte, kHeader> header{};
    const auto size = static_cast<std::uint32_t>(row * static_cast<std::size_t>(bgr.rows));
    header[0] = std::byte{'B'};
    header[1] = std::byte{'M'};
    put(&header[2], static_cast<std::uint32_t>(kHeader) + size);
    put(&header[10], kHeader);
    put(&header[14], 40);  // of the second header
    put(&header[18], static_cast<std::uint32_t>(bgr.cols));
    put(&header[22], static_cast<std::uint32_t>(bgr.rows));
    put(&header[26], 1U | 24U << 16);  // planes, bits a pixel
    put(&header[34], size);
    return header;
}

std::string sha256_of_bmp(const cv::Mat& bgr) {
    const std::size_t used = static_cast<std::size_t>(bgr.cols) * 3;
    const std::array<std::byte, 3> padding{};
    const std::size_t gap = (4 - used % 4) % 4;
    Sha256 sum;
    sum.add(bmp_header(bgr, used + gap));
    for (int y = bgr.rows - 1; y >= 0; --y) {
        sum.add({reinterpret_cast<const std::byte*>(bgr.ptr(y)), used});
        sum.add({padding.data(), gap});
    }
    return sum.hex();
}

cv::Mat bgr_of(const PixelView& view) {
    const std::size_t depth = bytes_per_pixel(view.format);
    const std::size_t stride = view.stride != 0 ? view.stride : depth * static_cast<std::size_t>(view.width);
    cv::Mat bgr(view.height, view.width, CV_8UC3);
    std::vector<unsigned char> blue_first(view.format == PixelFormat::kRgba8 ? depth * bgr.cols : 0);
    for (int y = 0; y < view.height; ++y) {
        const auto* from = reinterpret_cast<const unsigned char*>(view.data) + stride * static_cast<std::size_t>(y);
        unsigned char* to = bgr.ptr(y);
        switch (view.format) {
            case PixelFormat::kGray8:
                for (int x = 0; x < view.width; ++x, to += 3) std::fill_n(to, 3, from[x]);
                break;
            case PixelFormat::kRgb8:
                for (int x = 0; x < view.width; ++x, to += 3, from += 3) std::reverse_copy(from, from + 3, to);
                break;
            case PixelFormat::kBgr8:
                std::copy_n(from, depth * static_cast<std::size_t>(view.width), to);
                break;
            case PixelFormat::kRgba8:
                for (std::size_t i = 0; i < blue_first.size(); i += 4) {
                    blue_first[i] = from[i + 2];
                    blue_first[i + 1] = from[i + 1];
                    blue_first[i + 2] = from[i];
                    blue_first[i + 3] = from[i + 3];
                }
                codec::flatten_on_white(blue_first.data(), to, view.width);
                break;
            case PixelFormat::kBgra8:
                codec::flatten_on_white(from, to, view.width);
                break;
        }
    }
    return bgr;
}

}  // namespace

tl::expected<DecodedImage, ImageError> image_of_pixels(const PixelView& pixels) try {
    if (const auto fine = checked(pixels); !fine) return tl::make_unexpected(fine.error());
    DecodedImage image;
    image.bgr = bgr_of(pixels);
    image.info = {ImageFormat::kBmp, pixels.width, pixels.height};
    image.sha256 = sha256_of_bmp(image.bgr);
    return image;
} catch (const std::exception&) {  // OpenCV's, where there is no memory
    return codec::fail(Code::kTooLarge, "there is not enough memory for the picture; send it in a smaller size");
}

}  // namespace magscan::ocr
