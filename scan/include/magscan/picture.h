// What a photo may be sent as: a file's bytes, or pixels that the caller has decoded. Neither is copied or kept: both
// must stay as they are until the call that got them returns.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <variant>

namespace magscan {

inline constexpr std::size_t kMaxPictureBytes = 40'000'000;   // of a file
inline constexpr std::size_t kMaxPicturePixels = 80'000'000;  // width times height, of files and of pixels
inline constexpr int kMinPictureSide = 32;                    // pixels
inline constexpr std::size_t kMaxProductPhotos = 6;

// JPEG, PNG, WebP, HEIC, AVIF, TIFF or BMP, told by the first bytes. EXIF orientation is followed.
//
//     std::vector<char> file = ...;   std::string body = ...;
//     scanner.scan(std::as_bytes(std::span(file)));
using PictureBytes = std::span<const std::byte>;

// The order of a pixel's bytes in memory, 8 bits each. Transparent pixels are laid on white; colours are not
// premultiplied with alpha.
enum class PixelFormat { kGray8, kRgb8, kBgr8, kRgba8, kBgra8 };

// Upright pixels: the caller has already turned them as EXIF says. A report calls them the 24-bit BMP file that holds
// them: source.images[].format is "bmp" and sha256 is that of this file (a header of 54 bytes with a resolution of 0,
// rows from the bottom up, each padded to four bytes). The report is the one that the file itself gives.
struct Pixels {
    const void* data = nullptr;  // of the top left pixel
    int width = 0;               // pixels
    int height = 0;
    std::size_t stride = 0;  // bytes from a row to the next; 0: rows follow each other without a gap
    PixelFormat format = PixelFormat::kRgb8;
};

// One of several photos of a product. `name` goes into the report as it is: a file's name or an id, never a path.
struct Photo {
    std::variant<PictureBytes, Pixels> picture;
    std::string name = {};
};

}  // namespace magscan
