#include <csetjmp>
#include <cstdio>  // before jpeglib.h, which needs FILE
#include <vector>

#include <jerror.h>
#include <jpeglib.h>

#include "ocr/image_codec.h"
#include "ocr/image_exif.h"

namespace magscan::ocr::codec {
namespace {

constexpr ImageFormat kFormat = ImageFormat::kJpeg;
constexpr int kMostScans = 100;  // real progressive files have about ten; each one costs a pass over the whole picture

// What stands between the markers, without decoding.
struct Layout {
    Header header;
    int scans = 0;
    std::uint32_t frame = 0;  // the marker with the size, which also tells the kind; 0 where there is none
    bool ends = false;        // the end marker
};

bool is_frame_marker(std::uint32_t marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

bool stands_alone(std::uint32_t marker) {
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
}

// Where the marker byte (behind its FF) of the next marker stands, skipping scan data with its stuffed zeros and
// restarts; the length of the bytes where there is none.
std::size_t next_marker(Bytes bytes, std::size_t at) {
    while (at < bytes.size()) {
        const void* hit = std::memchr(bytes.data() + at, 0xFF, bytes.size() - at);
        if (hit == nullptr) return bytes.size();
        at = static_cast<std::size_t>(static_cast<const std::byte*>(hit) - bytes.data()) + 1;
        while (at < bytes.size() && u8(bytes, at) == 0xFF) ++at;
        const std::uint32_t marker = u8(bytes, at);
        if (at < bytes.size() && marker != 0 && !stands_alone(marker)) return at;
    }
    return bytes.size();
}

Layout layout_of(Bytes bytes) {
    constexpr std::uint32_t kEnd = 0xD9, kScan = 0xDA, kApp1 = 0xE1;
    Layout layout;
    bool has_exif = false;
    for (std::size_t at = next_marker(bytes, 2); at < bytes.size(); at = next_marker(bytes, at)) {
        const std::uint32_t marker = u8(bytes, at);
        if (marker == kEnd) {
            layout.ends = true;
            break;
        }
        const std::size_t length = u16be(bytes, at + 1);
        const Bytes body = part(bytes, at + 3, length < 2 ? 0 : length - 2);
        if (is_frame_marker(marker) && layout.frame == 0 && body.size() >= 5) {
            layout.frame = marker;
            layout.header.height = u16be(body, 1);
            layout.header.width = u16be(body, 3);
        } else if (marker == kApp1 && !has_exif && has_text(body, 0, "Exif")) {
            has_exif = true;
            layout.header.orientation = exif_orientation(body);
        } else if (marker == kScan) {
            ++layout.scans;
        }
        at += 1 + length;
    }
    return layout;
}

// libjpeg fills what is missing with grey and only warns; these are the warnings that cost pixels.
struct Decoder {
    jpeg_error_mgr errors{};  // first: libjpeg's callbacks know only its address
    std::jmp_buf failed{};
    bool missing_data = false;
    bool bad_data = false;
    char message[JMSG_LENGTH_MAX] = {};
    jpeg_decompress_struct info{};

    Decoder() = default;
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;
    ~Decoder() { jpeg_destroy_decompress(&info); }
};

Decoder& decoder_of(j_common_ptr info) {
    return *reinterpret_cast<Decoder*>(info->err);
}

[[noreturn]] void on_error(j_common_ptr info) {
    Decoder& decoder = decoder_of(info);
    info->err->format_message(info, decoder.message);
    std::longjmp(decoder.failed, 1);
}

void on_message(j_common_ptr info, int level) {
    if (level >= 0) return;
    switch (info->err->msg_code) {
        case JWRN_HIT_MARKER:
            decoder_of(info).missing_data = true;
            break;
        case JWRN_HUFF_BAD_CODE:
        case JWRN_MUST_RESYNC:
            decoder_of(info).bad_data = true;
            break;
        default:
            break;
    }
}

// Adobe stores CMYK upside down (255 is no ink) and says so by its marker; others store ink.
void cmyk_to_bgr(const unsigned char* cmyk, unsigned char* bgr, unsigned pixels, bool inverted) {
    const unsigned flip = inverted ? 0U : 255U;
    for (unsigned i = 0; i < pixels; ++i, cmyk += 4, bgr += 3) {
        const unsigned light = cmyk[3] ^ flip;
        for (int c = 0; c < 3; ++c) bgr[c] = static_cast<unsigned char>(((cmyk[2 - c] ^ flip) * light + 127U) / 255U);
    }
}

// Fills `bgr`, whose size is what `reduction` leaves. No object with a destructor may live here, since an error jumps
// out past it; `row` lends the memory for one row of CMYK.
bool read_rows(Decoder& decoder, Bytes bytes, int reduction, cv::Mat& bgr, std::vector<unsigned char>& row) {
    jpeg_decompress_struct& info = decoder.info;
    if (setjmp(decoder.failed) != 0) return false;
    jpeg_create_decompress(&info);
    jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<unsigned long>(bytes.size()));
    jpeg_read_header(&info, TRUE);
    const bool cmyk = info.num_components == 4;
    info.out_color_space = cmyk ? JCS_CMYK : JCS_EXT_BGR;
    info.scale_num = 1;
    info.scale_denom = static_cast<unsigned>(reduction);
    jpeg_start_decompress(&info);
    if (info.output_width != static_cast<unsigned>(bgr.cols) || info.output_height != static_cast<unsigned>(bgr.rows)) {
        return false;
    }
    while (info.output_scanline < info.output_height && !decoder.missing_data && !decoder.bad_data) {
        unsigned char* target = bgr.ptr(static_cast<int>(info.output_scanline));
        JSAMPROW line = cmyk ? row.data() : target;
        if (jpeg_read_scanlines(&info, &line, 1) != 1) return false;
        if (cmyk) cmyk_to_bgr(row.data(), target, info.output_width, info.saw_Adobe_marker != 0);
    }
    return true;
}

int reduction_for(const Header& header, int max_side) {
    const std::int64_t longer = std::max(header.width, header.height);
    for (const int reduction : {8, 4, 2}) {
        if (max_side > 0 && (longer + reduction - 1) / reduction >= max_side) return reduction;
    }
    return 1;
}

bool is_unknown_kind(int code) {
    return code == JERR_SOF_UNSUPPORTED || code == JERR_BAD_PRECISION || code == JERR_CONVERSION_NOTIMPL ||
           code == JERR_COMPONENT_COUNT || code == JERR_ARITH_NOTIMPL || code == JERR_NOT_COMPILED ||
           code == JERR_FRACT_SAMPLE_NOTIMPL || code == JERR_CCIR601_NOTIMPL;
}

}  // namespace

Result<Header> jpeg_header(Bytes bytes) {
    const Layout layout = layout_of(bytes);
    if (layout.frame == 0) return layout.ends ? damaged(kFormat, "it holds no picture") : ends_early(kFormat);
    constexpr std::uint32_t kFirstArithmetic = 0xC9;
    if (layout.frame >= kFirstArithmetic) return unsupported(kFormat, "arithmetic coding");
    if (layout.header.height == 0) return unsupported(kFormat, "its height is not in its header");
    return layout.header;
}

Result<Pixels> jpeg_pixels(Bytes bytes, const Header& header, int max_side) {
    const Layout layout = layout_of(bytes);
    if (layout.scans > kMostScans) {
        return unsupported(kFormat, "it is cut into " + std::to_string(layout.scans) + " scans");
    }
    // One scan holds the whole picture, and the decoder tells what is missing of it. Of several, the end marker alone
    // tells that none is missing.
    if (!layout.ends && layout.scans != 1) return ends_early(kFormat);

    Pixels pixels;
    pixels.reduction = reduction_for(header, max_side);
    const auto shrunk = [&](std::int64_t side) {
        return static_cast<int>((side + pixels.reduction - 1) / pixels.reduction);
    };
    pixels.bgr.create(shrunk(header.height), shrunk(header.width), CV_8UC3);
    std::vector<unsigned char> row(static_cast<std::size_t>(pixels.bgr.cols) * 4);
    Decoder decoder;
    decoder.info.err = jpeg_std_error(&decoder.errors);
    decoder.errors.error_exit = on_error;
    decoder.errors.emit_message = on_message;
    const bool complete = read_rows(decoder, bytes, pixels.reduction, pixels.bgr, row);
    if (decoder.missing_data && !layout.ends) return ends_early(kFormat);
    if (decoder.missing_data || decoder.bad_data) return damaged(kFormat, "its data are broken");
    if (complete) return pixels;
    if (decoder.errors.msg_code == JERR_OUT_OF_MEMORY) throw std::bad_alloc();
    if (is_unknown_kind(decoder.errors.msg_code)) return unsupported(kFormat, decoder.message);
    return damaged(kFormat, decoder.message);
}

}  // namespace magscan::ocr::codec
