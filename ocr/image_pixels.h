// Pixels that a caller has decoded itself -> the same as decode_image() makes of the bytes of a file.
#pragma once

#include <cstddef>
#include <tl/expected.hpp>

#include "ocr/image.h"

namespace magscan::ocr {

enum class PixelFormat { kGray8, kRgb8, kBgr8, kRgba8, kBgra8 };

// Not owned: `data` must stay until the call returns. Rows from the top down, `stride` bytes from one to the next; 0
// where no gap is between them.
struct PixelView {
    const std::byte* data = nullptr;
    int width = 0;
    int height = 0;
    std::size_t stride = 0;
    PixelFormat format = PixelFormat::kRgb8;
};

// In full size, whatever the caller needs; limits as for files (kMaxImagePixels, kMinImageSide). The pixels are taken
// for the 24-bit BMP file that holds them: a header of 54 bytes with a resolution of 0, rows from the bottom up, each
// padded to four bytes. `info.format` is kBmp and `sha256` that file's, which is never made. Transparent pixels are
// laid on white. Memory beside the result: a row.
tl::expected<DecodedImage, ImageError> image_of_pixels(const PixelView& pixels);

}  // namespace magscan::ocr
