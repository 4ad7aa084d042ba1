// Bytes of a photo -> upright 8-bit pixels.
//
//     auto photo = decode_image(bytes, 2400);
//     if (!photo) return photo.error().message;
//     read_text(photo->bgr);
//
// The format is told by the first bytes, never by a name; only the formats of ImageFormat are opened. Bytes are taken
// as hostile: the size is read from the headers and refused before anything of that size is allocated, a picture that
// ends early or is damaged is an error and never a half-grey picture, and no exception leaves these functions.
//
// All functions may be called from any thread at any time. They keep no state, change no global state of the image
// libraries, and write nothing to stdout or stderr. One library below does: libde265 prints a line for some broken
// HEIC.
//
// A HEIC or AVIF whose compressed data are larger than its header says is found out only after its library has decoded
// it; a caller that opens files of strangers should bound the memory of its process.
#pragma once

#include <cstddef>
#include <cstdint>
#include <opencv2/core/mat.hpp>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace magscan::ocr {

inline constexpr std::size_t kMaxImageBytes = 40'000'000;
inline constexpr std::int64_t kMaxImagePixels = 80'000'000;
inline constexpr int kMinImageSide = 32;  // pixels

enum class ImageFormat { kJpeg, kPng, kWebp, kHeic, kAvif, kTiff, kBmp };

// jpeg, png, webp, heic, avif, tiff, bmp
std::string_view to_string(ImageFormat format);

// Of the photo as it was sent, upright: width and height are swapped where its orientation says so.
struct ImageInfo {
    ImageFormat format = ImageFormat::kJpeg;
    int width = 0;  // pixels
    int height = 0;
};

struct DecodedImage {
    cv::Mat bgr;         // CV_8UC3, upright, flattened on white, owned
    ImageInfo info;      // of the photo as sent, not of `bgr`
    double scale = 1;    // pixels of `bgr` per pixel of the photo: 1, 1/2, 1/4 or 1/8; sides are rounded up
    std::string sha256;  // of the bytes, lower-case hex
};

struct ImageError {
    enum class Code {
        kEmpty,        // no bytes
        kNotAPicture,  // text, a document, an archive, a video, or nothing known
        kUnsupported,  // a picture, but of a format or flavour that is not read (GIF, SVG, camera raw, ...)
        kTooLarge,     // over kMaxImageBytes or kMaxImagePixels, or more than the memory at hand
        kCorrupt,      // ends early or is damaged
        kAnimated,     // holds a moving picture
        kTooSmall      // a side is below kMinImageSide
    };
    Code code = Code::kCorrupt;
    std::string message;  // one line: what is wrong, and what to do; names no file
};

// Reads the headers alone; decodes nothing. Says nothing of damage behind the headers.
tl::expected<ImageInfo, ImageError> probe_image(std::span<const std::byte> bytes);

// Decodes the whole photo (first page of a TIFF, primary image of a HEIC) and turns it upright by its EXIF orientation.
//
// `max_side`: how many pixels the caller needs on the longer side; 0 or less for all of them. A JPEG is shrunk while
// decoding to the smallest half, quarter or eighth that still has them; other formats come in full size, so `bgr` may
// be longer than `max_side` and the caller shrinks it further.
//
// Memory beside `bgr` (3 bytes a pixel): next to nothing for baseline JPEG, PNG without transparency and BMP; another
// 3 for turning; 3 to 6 for progressive JPEG (before shrinking); 4 for transparency in an interlaced PNG or WebP and
// for TIFF; 5 to 8 for HEIC and AVIF. An upright photo of 12 megapixels stays under 150 MB in every format; the largest
// allowed, 80 megapixels, may take 900.
tl::expected<DecodedImage, ImageError> decode_image(std::span<const std::byte> bytes, int max_side);

// 64 lower-case hex digits.
std::string sha256_hex(std::span<const std::byte> bytes);

}  // namespace magscan::ocr
