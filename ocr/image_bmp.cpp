// BMP without a library: the uncompressed kinds, which are all that is seen of photos.
#include <algorithm>
#include <array>
#include <bit>

#include "ocr/image_codec.h"

namespace magscan::ocr::codec {
namespace {

constexpr ImageFormat kFormat = ImageFormat::kBmp;
constexpr std::size_t kInfo = 14;  // where the second header begins

constexpr std::uint32_t kPlain = 0;
constexpr std::uint32_t kMasks = 3;
constexpr std::uint32_t kMasksWithAlpha = 6;

using Colour = std::array<unsigned char, 4>;  // blue, green, red, alpha

struct Layout {
    std::int64_t width = 0;
    std::int64_t height = 0;
    bool top_down = false;
    std::uint32_t bits = 0;  // of a pixel
    std::uint32_t compression = 0;
    std::size_t pixels_at = 0;
    std::size_t row_bytes = 0;
    std::array<std::uint32_t, 4> masks{};  // in the order of Colour; 16 and 32 bits only
    std::array<Colour, 256> palette{};     // 1 to 8 bits only
};

bool is_known_kind(const Layout& layout) {
    const bool masks = layout.compression == kMasks || layout.compression == kMasksWithAlpha;
    switch (layout.bits) {
        case 1:
        case 4:
        case 8:
        case 24:
            return layout.compression == kPlain;
        case 16:
        case 32:
            return layout.compression == kPlain || masks;
        default:
            return false;
    }
}

void read_masks(Bytes bytes, Layout& layout) {
    if (layout.compression == kPlain) {
        if (layout.bits == 16) layout.masks = {0x1F, 0x3E0, 0x7C00, 0};
        if (layout.bits == 32) layout.masks = {0xFF, 0xFF00, 0xFF0000, 0};
        return;
    }
    // They follow the 40-byte header or are part of a longer one, at the same place. Alpha came with 56 bytes.
    const bool alpha = layout.compression == kMasksWithAlpha || u32le(bytes, kInfo) >= 56;
    layout.masks = {u32le(bytes, kInfo + 48), u32le(bytes, kInfo + 44), u32le(bytes, kInfo + 40),
                    alpha ? u32le(bytes, kInfo + 52) : 0};
}

void read_palette(Bytes bytes, Layout& layout) {
    if (layout.bits > 8) return;
    const std::size_t header = u32le(bytes, kInfo);
    const std::size_t entry = header == 12 ? 3 : 4;
    const std::uint32_t used = header == 12 ? 0 : u32le(bytes, kInfo + 32);
    const std::size_t most = std::size_t{1} << layout.bits;
    const std::size_t count = used == 0 ? most : std::min<std::size_t>(used, most);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = kInfo + header + i * entry;
        if (at + 3 > layout.pixels_at) break;
        for (std::size_t c = 0; c < 3; ++c) layout.palette[i][c] = static_cast<unsigned char>(u8(bytes, at + c));
    }
}

Layout layout_of(Bytes bytes) {
    Layout layout;
    layout.pixels_at = u32le(bytes, 10);
    if (u32le(bytes, kInfo) == 12) {
        layout.width = u16le(bytes, kInfo + 4);
        layout.height = u16le(bytes, kInfo + 6);
        layout.bits = u16le(bytes, kInfo + 10);
    } else {
        layout.width = static_cast<std::int32_t>(u32le(bytes, kInfo + 4));
        layout.height = static_cast<std::int32_t>(u32le(bytes, kInfo + 8));
        layout.bits = u16le(bytes, kInfo + 14);
        layout.compression = u32le(bytes, kInfo + 16);
    }
    layout.top_down = layout.height < 0;
    if (layout.top_down) layout.height = -layout.height;
    if (layout.width > 0) layout.row_bytes = (static_cast<std::size_t>(layout.width) * layout.bits + 31) / 32 * 4;
    return layout;
}

unsigned char channel(std::uint32_t pixel, std::uint32_t mask) {
    if (mask == 0) return 0;
    const int shift = std::countr_zero(mask);
    return static_cast<unsigned char>(std::uint64_t{(pixel & mask) >> shift} * 255U / (mask >> shift));
}

// One stored row -> BGRA. Alpha is as stored, 0 where the file has none.
void read_row(Bytes row, const Layout& layout, unsigned char* bgra) {
    const auto width = static_cast<std::size_t>(layout.width);
    for (std::size_t x = 0; x < width; ++x, bgra += 4) {
        if (layout.bits <= 8) {
            const std::size_t bit = x * layout.bits;
            const std::uint32_t index = u8(row, bit / 8) >> (8 - layout.bits - bit % 8) & ((1U << layout.bits) - 1U);
            std::copy_n(layout.palette[index].data(), 4, bgra);
        } else if (layout.bits == 24) {
            for (std::size_t c = 0; c < 3; ++c) bgra[c] = static_cast<unsigned char>(u8(row, x * 3 + c));
            bgra[3] = 0;
        } else {
            const std::uint32_t pixel = layout.bits == 16 ? u16le(row, x * 2) : u32le(row, x * 4);
            for (std::size_t c = 0; c < 4; ++c) bgra[c] = channel(pixel, layout.masks[c]);
        }
    }
}

// Many programs name an alpha mask and then leave all alpha at zero; such a picture is opaque.
bool is_transparent(Bytes bytes, const Layout& layout) {
    if (layout.masks[3] == 0) return false;
    const std::size_t step = layout.bits / 8;
    for (std::int64_t y = 0; y < layout.height; ++y) {
        const Bytes row =
            part(bytes, layout.pixels_at + static_cast<std::size_t>(y) * layout.row_bytes, layout.row_bytes);
        for (std::int64_t x = 0; x < layout.width; ++x) {
            const std::size_t at = static_cast<std::size_t>(x) * step;
            if (((step == 2 ? u16le(row, at) : u32le(row, at)) & layout.masks[3]) != 0) return true;
        }
    }
    return false;
}

}  // namespace

Result<Header> bmp_header(Bytes bytes) {
    if (!holds(bytes, kInfo, u32le(bytes, kInfo))) return ends_early(kFormat);
    const Layout layout = layout_of(bytes);
    if (layout.width < 1 || layout.height < 1) return damaged(kFormat, "it has no size");
    return Header{layout.width, layout.height};
}

Result<Pixels> bmp_pixels(Bytes bytes, const Header&) {
    Layout layout = layout_of(bytes);
    if (!is_known_kind(layout)) return unsupported(kFormat, "compressed or of an odd depth");
    const auto height = static_cast<std::size_t>(layout.height);
    if (!holds(bytes, layout.pixels_at, layout.row_bytes * height)) return ends_early(kFormat);
    read_masks(bytes, layout);
    read_palette(bytes, layout);

    Pixels pixels;
    pixels.bgr.create(static_cast<int>(layout.height), static_cast<int>(layout.width), CV_8UC3);
    cv::Mat line(1, static_cast<int>(layout.width), CV_8UC4);
    const bool transparent = is_transparent(bytes, layout);
    for (std::size_t i = 0; i < height; ++i) {
        read_row(part(bytes, layout.pixels_at + i * layout.row_bytes, layout.row_bytes), layout, line.data);
        if (!transparent) {
            for (int x = 0; x < line.cols; ++x) line.data[x * 4 + 3] = 255;
        }
        const std::size_t y = layout.top_down ? i : height - 1 - i;
        flatten_on_white(line.data, pixels.bgr.ptr(static_cast<int>(y)), line.cols);
    }
    return pixels;
}

}  // namespace magscan::ocr::codec
