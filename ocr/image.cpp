#include "ocr/image.h"

#include <algorithm>
#include <array>
#include <new>
#include <opencv2/core.hpp>

#include "ocr/image_codec.h"
#include "ocr/sha256.h"

namespace magscan::ocr {
namespace {

using codec::Bytes;
using codec::Header;
using codec::Pixels;
using codec::Result;
using Code = ImageError::Code;

struct Found {
    ImageFormat format;
    Header header;
};

Result<Header> header_of(Bytes bytes, ImageFormat format) {
    switch (format) {
        case ImageFormat::kJpeg:
            return codec::jpeg_header(bytes);
        case ImageFormat::kPng:
            return codec::png_header(bytes);
        case ImageFormat::kWebp:
            return codec::webp_header(bytes);
        case ImageFormat::kTiff:
            return codec::tiff_header(bytes);
        case ImageFormat::kBmp:
            return codec::bmp_header(bytes);
        case ImageFormat::kHeic:
        case ImageFormat::kAvif:
            break;
    }
    return codec::heif_header(bytes, format);
}

Result<Pixels> pixels_of(Bytes bytes, const Found& found, int max_side) {
    switch (found.format) {
        case ImageFormat::kJpeg:
            return codec::jpeg_pixels(bytes, found.header, max_side);
        case ImageFormat::kPng:
            return codec::png_pixels(bytes, found.header);
        case ImageFormat::kWebp:
            return codec::webp_pixels(bytes, found.header);
        case ImageFormat::kTiff:
            return codec::tiff_pixels(bytes, found.header);
        case ImageFormat::kBmp:
            return codec::bmp_pixels(bytes, found.header);
        case ImageFormat::kHeic:
        case ImageFormat::kAvif:
            break;
    }
    return codec::heif_pixels(bytes, found.format, found.header);
}

std::string size_text(const Header& header) {
    return std::to_string(header.width) + "x" + std::to_string(header.height) + " pixels";
}

// Everything that can be refused before decoding.
Result<Found> look_at(Bytes bytes) {
    if (bytes.empty()) return codec::fail(Code::kEmpty, "the file is empty; copy or upload the photo again");
    if (bytes.size() > kMaxImageBytes) {
        return codec::fail(Code::kTooLarge, "the file is over " + std::to_string(kMaxImageBytes / 1'000'000) +
                                                " MB; send the photo as a JPEG or in a smaller size");
    }
    const auto format = codec::format_of(bytes);
    if (!format) return tl::make_unexpected(format.error());
    const auto header = header_of(bytes, *format);
    if (!header) return tl::make_unexpected(header.error());

    if (header->width < 1 || header->height < 1) return codec::damaged(*format, "it has no size");
    if (header->width > kMaxImagePixels / header->height) {
        return codec::fail(Code::kTooLarge, "the picture has " + size_text(*header) + ", more than " +
                                                std::to_string(kMaxImagePixels / 1'000'000) +
                                                " megapixels; send it in a smaller size");
    }
    if (std::min(header->width, header->height) < kMinImageSide) {
        return codec::fail(Code::kTooSmall, "the picture has only " + size_text(*header) +
                                                ", too few to read a label; send a larger photo");
    }
    return Found{*format, *header};
}

ImageInfo info_of(const Found& found) {
    auto width = static_cast<int>(found.header.width);
    auto height = static_cast<int>(found.header.height);
    if (found.header.orientation >= 5) std::swap(width, height);
    return {found.format, width, height};
}

// EXIF names by 2..8 how the stored pixels have to be flipped and turned. Flips are done in place.
cv::Mat upright(cv::Mat stored, int orientation) {
    constexpr int kAroundX = 0, kAroundY = 1, kBoth = -1, kKeep = 2;
    constexpr std::array kFlips{kKeep, kKeep, kAroundY, kBoth, kAroundX, kKeep, kAroundY, kBoth, kAroundX};
    cv::Mat image = std::move(stored);
    if (orientation >= 5) {
        cv::Mat turned;
        cv::transpose(image, turned);
        image = std::move(turned);
    }
    const int flip = kFlips[static_cast<std::size_t>(orientation)];
    if (flip != kKeep) cv::flip(image, image, flip);
    return image;
}

Result<DecodedImage> decode(Bytes bytes, int max_side) {
    const auto found = look_at(bytes);
    if (!found) return tl::make_unexpected(found.error());
    auto pixels = pixels_of(bytes, *found, max_side);
    if (!pixels) return tl::make_unexpected(pixels.error());
    DecodedImage image;
    image.info = info_of(*found);
    image.scale = 1.0 / pixels->reduction;
    image.bgr = upright(std::move(pixels->bgr), found->header.orientation);
    image.sha256 = sha256_hex(bytes);
    return image;
}

tl::unexpected<ImageError> out_of_memory() {
    return codec::fail(Code::kTooLarge, "there is not enough memory to open the picture; send it in a smaller size");
}

template <typename Work>
auto guarded(const Work& work) -> decltype(work()) {
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return out_of_memory();
    } catch (const cv::Exception& error) {
        if (error.code == cv::Error::StsNoMem) return out_of_memory();
        return codec::fail(Code::kCorrupt, "the picture can't be opened; save the photo as an ordinary JPEG");
    } catch (const std::exception&) {
        return codec::fail(Code::kCorrupt, "the picture can't be opened; save the photo as an ordinary JPEG");
    }
}

}  // namespace

std::string_view to_string(ImageFormat format) {
    switch (format) {
        case ImageFormat::kJpeg:
            return "jpeg";
        case ImageFormat::kPng:
            return "png";
        case ImageFormat::kWebp:
            return "webp";
        case ImageFormat::kHeic:
            return "heic";
        case ImageFormat::kAvif:
            return "avif";
        case ImageFormat::kTiff:
            return "tiff";
        case ImageFormat::kBmp:
            return "bmp";
    }
    return "unknown";
}

tl::expected<ImageInfo, ImageError> probe_image(std::span<const std::byte> bytes) {
    return guarded([&]() -> Result<ImageInfo> { return look_at(bytes).map(info_of); });
}

tl::expected<DecodedImage, ImageError> decode_image(std::span<const std::byte> bytes, int max_side) {
    return guarded([&] { return decode(bytes, max_side); });
}

std::string sha256_hex(std::span<const std::byte> bytes) {
    Sha256 sum;
    sum.add(bytes);
    return sum.hex();
}

}  // namespace magscan::ocr
