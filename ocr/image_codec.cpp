#include "ocr/image_codec.h"

#include <algorithm>

namespace magscan::ocr::codec {
namespace {

constexpr std::size_t kLongestDetail = 120;

// " (detail)", made safe for one line of text.
std::string in_brackets(std::string_view detail) {
    if (detail.empty()) return {};
    std::string clean(detail.substr(0, kLongestDetail));
    std::replace_if(
        clean.begin(), clean.end(), [](char c) { return c < ' ' || c > '~'; }, ' ');
    return " (" + clean + ")";
}

}  // namespace

std::string_view display_name(ImageFormat format) {
    switch (format) {
        case ImageFormat::kJpeg:
            return "JPEG";
        case ImageFormat::kPng:
            return "PNG";
        case ImageFormat::kWebp:
            return "WebP";
        case ImageFormat::kHeic:
            return "HEIC";
        case ImageFormat::kAvif:
            return "AVIF";
        case ImageFormat::kTiff:
            return "TIFF";
        case ImageFormat::kBmp:
            return "BMP";
    }
    return "picture";
}

tl::unexpected<ImageError> fail(ImageError::Code code, std::string message) {
    return tl::make_unexpected(ImageError{code, std::move(message)});
}

tl::unexpected<ImageError> ends_early(ImageFormat format) {
    return fail(ImageError::Code::kCorrupt,
                "the " + std::string(display_name(format)) +
                    " ends early, a part of the picture is missing; copy or upload it again");
}

tl::unexpected<ImageError> moving_picture(std::string_view what) {
    return fail(ImageError::Code::kAnimated,
                "this is a moving picture (" + std::string(what) + "); send one still photo instead");
}

tl::unexpected<ImageError> damaged(ImageFormat format, std::string_view detail) {
    return fail(ImageError::Code::kCorrupt, "the " + std::string(display_name(format)) + " is damaged" +
                                                in_brackets(detail) + "; copy or upload it again, or retake the photo");
}

tl::unexpected<ImageError> unsupported(ImageFormat format, std::string_view detail) {
    return fail(ImageError::Code::kUnsupported, "this kind of " + std::string(display_name(format)) + " is not read" +
                                                    in_brackets(detail) +
                                                    "; save the photo as an ordinary JPEG or PNG");
}

void flatten_on_white(const unsigned char* bgra, unsigned char* bgr, int pixels) {
    for (int i = 0; i < pixels; ++i, bgra += 4, bgr += 3) {
        const unsigned alpha = bgra[3];
        for (int c = 0; c < 3; ++c) {
            bgr[c] = static_cast<unsigned char>((bgra[c] * alpha + 255U * (255U - alpha) + 127U) / 255U);
        }
    }
}

}  // namespace magscan::ocr::codec
