#include <webp/decode.h>

#include "ocr/image_codec.h"
#include "ocr/image_exif.h"

namespace magscan::ocr::codec {
namespace {

constexpr ImageFormat kFormat = ImageFormat::kWebp;
constexpr std::size_t kFirstChunk = 12;

const std::uint8_t* raw(Bytes bytes) {
    return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

int orientation_in(Bytes bytes) {
    for (std::size_t at = kFirstChunk; holds(bytes, at, 8);) {
        const std::size_t length = u32le(bytes, at + 4);
        if (has_text(bytes, at, "EXIF")) return exif_orientation(part(bytes, at + 8, length));
        at += 8 + length + (length & 1U);
    }
    return 1;
}

// The three kinds of first chunk each keep the size in their own way.
Header size_in_first_chunk(Bytes bytes) {
    const std::size_t body = kFirstChunk + 8;
    if (has_text(bytes, kFirstChunk, "VP8X")) return {u24le(bytes, body + 4) + 1, u24le(bytes, body + 7) + 1};
    if (has_text(bytes, kFirstChunk, "VP8L") && u8(bytes, body) == 0x2F) {
        const std::uint32_t bits = u32le(bytes, body + 1);
        return {(bits & 0x3FFFU) + 1, (bits >> 14 & 0x3FFFU) + 1};
    }
    if (has_text(bytes, kFirstChunk, "VP8 "))
        return {u16le(bytes, body + 6) & 0x3FFFU, u16le(bytes, body + 8) & 0x3FFFU};
    return {};
}

tl::unexpected<ImageError> failure(VP8StatusCode status) {
    switch (status) {
        case VP8_STATUS_OUT_OF_MEMORY:
            throw std::bad_alloc();
        case VP8_STATUS_SUSPENDED:
        case VP8_STATUS_NOT_ENOUGH_DATA:
            return ends_early(kFormat);
        case VP8_STATUS_UNSUPPORTED_FEATURE:
            return unsupported(kFormat, {});
        default:
            return damaged(kFormat, {});
    }
}

}  // namespace

Result<Header> webp_header(Bytes bytes) {
    if (!holds(bytes, kFirstChunk, 18)) return ends_early(kFormat);
    constexpr std::uint32_t kAnimation = 0x02;
    if (has_text(bytes, kFirstChunk, "VP8X") && (u8(bytes, kFirstChunk + 8) & kAnimation) != 0) {
        return moving_picture("animated WebP");
    }
    Header header = size_in_first_chunk(bytes);
    header.orientation = orientation_in(bytes);
    return header;
}

Result<Pixels> webp_pixels(Bytes bytes, const Header& header) {
    const std::size_t promised = std::size_t{u32le(bytes, 4)} + 8;
    if (promised > bytes.size()) return ends_early(kFormat);
    WebPDecoderConfig config;
    if (WebPInitDecoderConfig(&config) == 0) return unsupported(kFormat, "library version");
    const VP8StatusCode seen = WebPGetFeatures(raw(bytes), bytes.size(), &config.input);
    if (seen != VP8_STATUS_OK) return failure(seen);
    if (config.input.has_animation != 0) return moving_picture("animated WebP");
    if (config.input.width != header.width || config.input.height != header.height) {
        return damaged(kFormat, "its headers disagree");
    }

    const bool transparent = config.input.has_alpha != 0;
    cv::Mat decoded(config.input.height, config.input.width, transparent ? CV_8UC4 : CV_8UC3);
    config.output.colorspace = transparent ? MODE_BGRA : MODE_BGR;
    config.output.is_external_memory = 1;
    config.output.u.RGBA.rgba = decoded.data;
    config.output.u.RGBA.stride = static_cast<int>(decoded.step[0]);
    config.output.u.RGBA.size = decoded.step[0] * static_cast<std::size_t>(decoded.rows);
    const VP8StatusCode status = WebPDecode(raw(bytes), bytes.size(), &config);
    if (status != VP8_STATUS_OK) return failure(status);
    if (!transparent) return Pixels{std::move(decoded)};

    Pixels pixels;
    pixels.bgr.create(decoded.rows, decoded.cols, CV_8UC3);
    for (int y = 0; y < decoded.rows; ++y) flatten_on_white(decoded.ptr(y), pixels.bgr.ptr(y), decoded.cols);
    return pixels;
}

}  // namespace magscan::ocr::codec
