// What image.cpp asks of each format's reader. Internal to ocr.
//
// The readers use the formats' own libraries (libjpeg, libpng, libwebp, libtiff, libheif), not cv::imdecode, which
// prints to stderr, returns half-grey pictures for files that end early, and opens dozens of other formats. To be
// linked (pkg-config): libjpeg libpng libwebp libtiff-4 libheif libcrypto.
#pragma once

#include <opencv2/core/mat.hpp>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "ocr/image.h"
#include "ocr/image_bytes.h"

namespace magscan::ocr::codec {

template <typename T>
using Result = tl::expected<T, ImageError>;

// As stored, before orientation; not yet checked against any limit.
struct Header {
    std::int64_t width = 0;
    std::int64_t height = 0;
    int orientation = 1;  // EXIF, 1..8; 1 where the reader gives upright pixels
};

// `bgr` is CV_8UC3 and as stored, 1/`reduction` of the header's size, rounded up.
struct Pixels {
    cv::Mat bgr;
    int reduction = 1;
};

// Tells the format by the first bytes, or names what the bytes seem to be instead.
Result<ImageFormat> format_of(Bytes bytes);

// `*_header` allocates nothing that grows with the picture. `*_pixels` takes the header of the same bytes, already
// found within the limits.
Result<Header> jpeg_header(Bytes bytes);
Result<Pixels> jpeg_pixels(Bytes bytes, const Header& header, int max_side);
Result<Header> png_header(Bytes bytes);
Result<Pixels> png_pixels(Bytes bytes, const Header& header);
Result<Header> webp_header(Bytes bytes);
Result<Pixels> webp_pixels(Bytes bytes, const Header& header);
Result<Header> tiff_header(Bytes bytes);
Result<Pixels> tiff_pixels(Bytes bytes, const Header& header);
Result<Header> bmp_header(Bytes bytes);
Result<Pixels> bmp_pixels(Bytes bytes, const Header& header);
Result<Header> heif_header(Bytes bytes, ImageFormat format);
Result<Pixels> heif_pixels(Bytes bytes, ImageFormat format, const Header& header);

// JPEG, PNG, WebP, HEIC, AVIF, TIFF, BMP: as people write them.
std::string_view display_name(ImageFormat format);

tl::unexpected<ImageError> fail(ImageError::Code code, std::string message);
tl::unexpected<ImageError> ends_early(ImageFormat format);
tl::unexpected<ImageError> moving_picture(std::string_view what);
// `detail` is a library's own words, or ours; may be empty.
tl::unexpected<ImageError> damaged(ImageFormat format, std::string_view detail);
tl::unexpected<ImageError> unsupported(ImageFormat format, std::string_view detail);

// `pixels` pairs of BGRA (not premultiplied) and BGR: lays the first over white into the second.
void flatten_on_white(const unsigned char* bgra, unsigned char* bgr, int pixels);

}  // namespace magscan::ocr::codec
