// Pictures in every format, made for the image tests byte by byte or by the formats' own encoders.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <opencv2/core.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ocr/image.h"

namespace magscan::ocr::samples {

using Bytes = std::vector<std::byte>;

Bytes bytes_of(std::string_view text);
// `size` bytes of `value`, least or most significant first.
Bytes little(std::uint64_t value, unsigned size);
Bytes big(std::uint64_t value, unsigned size);
void append(Bytes& to, const Bytes& more);

// Colours that differ in every corner and along both axes, so that no flip or turn goes unseen; CV_8UC3.
cv::Mat scene(int width, int height);
// How a camera stores `upright` under an EXIF orientation, pixel by pixel by the wording of the EXIF standard.
cv::Mat stored_under(const cv::Mat& upright, int orientation);

// By OpenCV: ".jpg" (quality 95), ".png", ".bmp", ".webp" (lossless), ".tiff".
Bytes encoded(const cv::Mat& image, const std::string& ending, const std::vector<int>& options = {});

// A TIFF directory that holds nothing but an orientation, as in EXIF.
Bytes exif(int orientation, bool big_endian = false);
Bytes jpeg_with_exif(const Bytes& jpeg, int orientation, bool big_endian = false);
Bytes webp_with_exif(const Bytes& webp, cv::Size size, int orientation);

Bytes png_chunk(std::string_view name, const Bytes& body);
Bytes png_with_chunk(const Bytes& png, const Bytes& chunk, std::string_view before);
Bytes png_header_only(std::uint32_t width, std::uint32_t height);

// CMYK, 255 for no ink when `adobe`, for full ink otherwise.
Bytes cmyk_jpeg(const cv::Mat& bgr, bool adobe);

struct TiffKind {
    int orientation = 0;  // no tag when 0
    int bits = 8;
    int samples = 3;
    int photometric = 2;   // 0 white is zero, 1 black is zero, 2 RGB, 5 CMYK
    int extra_sample = 0;  // 2: the last sample is alpha, not premultiplied
    int compression = 1;
    bool big_endian = false;
    bool reduced = false;  // says that it is a smaller version of another picture
};
// The directory stands before the pixels.
Bytes tiff(int width, int height, const Bytes& pixels, const TiffKind& kind);

struct BmpKind {
    int bits = 24;
    std::uint32_t compression = 0;
    std::array<std::uint32_t, 4> masks{};  // red, green, blue, alpha
    Bytes palette;                         // four bytes a colour
    bool top_down = false;
};
// `rows` as stored, already padded to four bytes.
Bytes bmp(int width, int height, const Bytes& rows, const BmpKind& kind);

Bytes webp_header_only(std::uint32_t width, std::uint32_t height, std::uint32_t flags);

bool can_write(ImageFormat heic_or_avif);
// Stored so that libheif turns it by `orientation`, with an EXIF block that repeats the same orientation. `image` is
// BGR or BGRA.
Bytes heif(const cv::Mat& image, ImageFormat heic_or_avif, int orientation = 1);

}  // namespace magscan::ocr::samples
