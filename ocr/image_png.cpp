#include <png.h>

#include <csetjmp>

#include "ocr/image_codec.h"
#include "ocr/image_exif.h"

namespace magscan::ocr::codec {
namespace {

constexpr ImageFormat kFormat = ImageFormat::kPng;
constexpr std::size_t kSignatureLength = 8;

struct Reader {
    Bytes rest;
    bool ran_out = false;
    char message[128] = {};
    png_structp png = nullptr;
    png_infop info = nullptr;

    explicit Reader(Bytes bytes) : rest(bytes) {}
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    ~Reader() { png_destroy_read_struct(&png, &info, nullptr); }
};

[[noreturn]] void on_error(png_structp png, png_const_charp text) {
    auto& reader = *static_cast<Reader*>(png_get_error_ptr(png));
    std::strncpy(reader.message, text, sizeof(reader.message) - 1);
    png_longjmp(png, 1);
}

void on_warning(png_structp, png_const_charp) {}

void read_bytes(png_structp png, png_bytep target, png_size_t count) {
    auto& reader = *static_cast<Reader*>(png_get_io_ptr(png));
    if (reader.rest.size() < count) {
        reader.ran_out = true;
        png_error(png, "the data end");
    }
    std::memcpy(target, reader.rest.data(), count);
    reader.rest = reader.rest.subspan(count);
}

// Asks libpng for 8-bit BGR or BGRA whatever is stored. Returns how often the rows pass by (7 when interlaced).
int ask_for_bgr(Reader& reader) {
    png_set_expand(reader.png);  // palettes, 1 to 4 bits, and a colour that stands for transparent
    png_set_scale_16(reader.png);
    png_set_gray_to_rgb(reader.png);
    png_set_bgr(reader.png);
    const int passes = png_set_interlace_handling(reader.png);
    png_read_update_info(reader.png, reader.info);
    return passes;
}

// Of the calls below, an error jumps back into the one that set the mark: no object with a destructor may live there.
bool read_start(Reader& reader) {
    if (setjmp(png_jmpbuf(reader.png)) != 0) return false;
    png_set_read_fn(reader.png, &reader, read_bytes);
    // Profiles, texts and the like are of no use here, and some of them can swell.
    png_set_keep_unknown_chunks(reader.png, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
    png_read_info(reader.png, reader.info);
    return true;
}

bool read_rows(Reader& reader, int passes, cv::Mat& bgr, cv::Mat& bgra) {
    if (setjmp(png_jmpbuf(reader.png)) != 0) return false;
    for (int pass = 0; pass < passes; ++pass) {
        for (int y = 0; y < bgr.rows; ++y) {
            unsigned char* row = bgra.empty() ? bgr.ptr(y) : bgra.ptr(bgra.rows == 1 ? 0 : y);
            png_read_row(reader.png, row, nullptr);
            if (!bgra.empty() && pass == passes - 1) flatten_on_white(row, bgr.ptr(y), bgr.cols);
        }
    }
    png_read_end(reader.png, nullptr);
    return true;
}

tl::unexpected<ImageError> failure(const Reader& reader) {
    if (reader.ran_out) return ends_early(kFormat);
    return damaged(kFormat, reader.message);
}

}  // namespace

Result<Header> png_header(Bytes bytes) {
    if (!has_text(bytes, kSignatureLength + 4, "IHDR")) {
        return bytes.size() < kSignatureLength + 8 ? ends_early(kFormat) : damaged(kFormat, "no header");
    }
    if (!holds(bytes, 0, kSignatureLength + 25)) return ends_early(kFormat);
    Header header{u32be(bytes, 16), u32be(bytes, 20)};
    // The orientation may stand before or behind the pixels, the mark of a moving picture only before.
    bool before_pixels = true;
    for (std::size_t at = kSignatureLength; holds(bytes, at, 8);) {
        const std::size_t length = u32be(bytes, at);
        if (has_text(bytes, at + 4, "IDAT")) before_pixels = false;
        if (has_text(bytes, at + 4, "acTL") && before_pixels) return moving_picture("animated PNG");
        if (has_text(bytes, at + 4, "eXIf")) header.orientation = exif_orientation(part(bytes, at + 8, length));
        if (has_text(bytes, at + 4, "IEND")) break;
        at += 12 + length;
    }
    return header;
}

Result<Pixels> png_pixels(Bytes bytes, const Header& header) {
    Reader reader(bytes);
    reader.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reader, on_error, on_warning);
    if (reader.png != nullptr) reader.info = png_create_info_struct(reader.png);
    if (reader.info == nullptr) throw std::bad_alloc();
    if (!read_start(reader)) return failure(reader);

    const bool transparent = (png_get_color_type(reader.png, reader.info) & PNG_COLOR_MASK_ALPHA) != 0 ||
                             png_get_valid(reader.png, reader.info, PNG_INFO_tRNS) != 0;
    const int width = static_cast<int>(header.width);
    const int height = static_cast<int>(header.height);
    const int passes = ask_for_bgr(reader);
    const std::size_t row_bytes = static_cast<std::size_t>(width) * (transparent ? 4 : 3);
    if (png_get_rowbytes(reader.png, reader.info) != row_bytes) return damaged(kFormat, "its headers disagree");

    Pixels pixels;
    pixels.bgr.create(height, width, CV_8UC3);
    cv::Mat bgra;
    if (transparent) bgra.create(passes > 1 ? height : 1, width, CV_8UC4);
    if (!read_rows(reader, passes, pixels.bgr, bgra)) return failure(reader);
    return pixels;
}

}  // namespace magscan::ocr::codec
