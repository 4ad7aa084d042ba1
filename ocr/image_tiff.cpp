#include <tiffio.h>

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <memory>

#include "ocr/image_codec.h"
#include "ocr/image_exif.h"

namespace magscan::ocr::codec {
namespace {

constexpr ImageFormat kFormat = ImageFormat::kTiff;

// A file in memory, as libtiff calls it back; keeps the first complaint.
struct Source {
    Bytes bytes;
    std::size_t at = 0;
    char complaint[160] = {};
};

Source& source_of(thandle_t handle) {
    return *static_cast<Source*>(handle);
}

tmsize_t read_some(thandle_t handle, void* target, tmsize_t count) {
    Source& source = source_of(handle);
    const Bytes piece = part(source.bytes, source.at, count < 0 ? 0 : static_cast<std::size_t>(count));
    if (!piece.empty()) std::memcpy(target, piece.data(), piece.size());
    source.at += piece.size();
    return static_cast<tmsize_t>(piece.size());
}

tmsize_t write_nothing(thandle_t, void*, tmsize_t) {
    return 0;
}

toff_t move_to(thandle_t handle, toff_t offset, int whence) {
    Source& source = source_of(handle);
    const toff_t base = whence == SEEK_CUR ? source.at : whence == SEEK_END ? source.bytes.size() : 0;
    source.at = static_cast<std::size_t>(base + offset);
    return source.at;
}

int close_nothing(thandle_t) {
    return 0;
}

toff_t size_of(thandle_t handle) {
    return source_of(handle).bytes.size();
}

int map_bytes(thandle_t handle, void** base, toff_t* size) {
    const Bytes bytes = source_of(handle).bytes;
    *base = const_cast<std::byte*>(bytes.data());  // opened for reading only
    *size = bytes.size();
    return 1;
}

void unmap_nothing(thandle_t, void*, toff_t) {}

// Returning 1 keeps the message from the process-wide handlers, which print.
int on_error(TIFF*, void* user, const char*, const char* format, va_list values) {
    auto& source = *static_cast<Source*>(user);
    if (source.complaint[0] == '\0') std::vsnprintf(source.complaint, sizeof(source.complaint), format, values);
    return 1;
}

int on_warning(TIFF*, void*, const char*, const char*, va_list) {
    return 1;
}

using Tiff = std::unique_ptr<TIFF, decltype(&TIFFClose)>;

Tiff open_tiff(Source& source) {
    constexpr tmsize_t kLargestPiece = 1'000'000'000;
    const std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)> options(TIFFOpenOptionsAlloc(),
                                                                                   TIFFOpenOptionsFree);
    if (!options) throw std::bad_alloc();
    TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), kLargestPiece);
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), on_error, &source);
    TIFFOpenOptionsSetWarningHandlerExtR(options.get(), on_warning, nullptr);
    return Tiff(TIFFClientOpenExt("", "r", &source, read_some, write_nothing, move_to, close_nothing, size_of,
                                  map_bytes, unmap_nothing, options.get()),
                TIFFClose);
}

// Other compressions are rare in photos and their decoders little tried on hostile bytes.
bool is_known_compression(int compression) {
    constexpr std::array kKnown{COMPRESSION_NONE,          COMPRESSION_CCITTRLE, COMPRESSION_CCITTFAX3,
                                COMPRESSION_CCITTFAX4,     COMPRESSION_LZW,      COMPRESSION_JPEG,
                                COMPRESSION_ADOBE_DEFLATE, COMPRESSION_PACKBITS, COMPRESSION_DEFLATE};
    return std::find(kKnown.begin(), kKnown.end(), compression) != kKnown.end();
}

// libtiff gives premultiplied RGBA.
void flatten_row(const std::uint32_t* rgba, unsigned char* bgr, int pixels) {
    for (int i = 0; i < pixels; ++i, bgr += 3) {
        const std::uint32_t white = 255U - TIFFGetA(rgba[i]);
        bgr[0] = static_cast<unsigned char>(std::min(255U, TIFFGetB(rgba[i]) + white));
        bgr[1] = static_cast<unsigned char>(std::min(255U, TIFFGetG(rgba[i]) + white));
        bgr[2] = static_cast<unsigned char>(std::min(255U, TIFFGetR(rgba[i]) + white));
    }
}

// Fills the raster top row first, in the order in which the pixels are stored.
bool read_raster(TIFF* tiff, const Header& header, cv::Mat& raster, Source& source) {
    TIFFRGBAImage image{};
    char reason[1024] = {};
    if (TIFFRGBAImageBegin(&image, tiff, 1, reason) == 0) {
        if (source.complaint[0] == '\0') std::snprintf(source.complaint, sizeof(source.complaint), "%.150s", reason);
        return false;
    }
    image.orientation = image.req_orientation = ORIENTATION_TOPLEFT;
    const bool same = image.width == header.width && image.height == header.height;
    const bool read = same && TIFFRGBAImageGet(&image, raster.ptr<std::uint32_t>(), image.width, image.height) != 0;
    TIFFRGBAImageEnd(&image);
    return read && source.complaint[0] == '\0';
}

// Whether all strips or tiles lie within the file.
bool is_complete(TIFF* tiff, std::size_t size) {
    const std::uint32_t pieces = TIFFIsTiled(tiff) != 0 ? TIFFNumberOfTiles(tiff) : TIFFNumberOfStrips(tiff);
    for (std::uint32_t i = 0; i < pieces; ++i) {
        const std::uint64_t start = TIFFGetStrileOffset(tiff, i);
        const std::uint64_t length = TIFFGetStrileByteCount(tiff, i);
        if (start > size || length > size - start) return false;
    }
    return true;
}

}  // namespace

Result<Header> tiff_header(Bytes bytes) {
    const auto directory = first_tiff_directory(bytes);
    if (!directory) {
        // The first directory often stands at the end of the file.
        const bool little = has_text(bytes, 0, "I");
        const std::size_t start = little ? u32le(bytes, 4) : u32be(bytes, 4);
        return start + 6 >= bytes.size() || bytes.size() < 16 ? ends_early(kFormat) : damaged(kFormat, "no directory");
    }
    if (directory->camera_raw || directory->reduced) {
        return unsupported(kFormat, "it seems to be a camera raw file");
    }
    return Header{directory->width, directory->height, directory->orientation};
}

Result<Pixels> tiff_pixels(Bytes bytes, const Header& header) {
    const auto directory = first_tiff_directory(bytes);
    if (!directory || !is_known_compression(directory->compression)) return unsupported(kFormat, "compression");
    Source source{bytes};
    const Tiff tiff = open_tiff(source);
    if (!tiff) return damaged(kFormat, source.complaint);
    if (!is_complete(tiff.get(), bytes.size())) return ends_early(kFormat);
    source.complaint[0] = '\0';  // of what was odd but still readable
    char reason[1024] = {};
    if (TIFFRGBAImageOK(tiff.get(), reason) == 0) return unsupported(kFormat, reason);

    cv::Mat raster(static_cast<int>(header.height), static_cast<int>(header.width), CV_8UC4);
    if (!read_raster(tiff.get(), header, raster, source)) return damaged(kFormat, source.complaint);
    Pixels pixels;
    pixels.bgr.create(raster.rows, raster.cols, CV_8UC3);
    for (int y = 0; y < raster.rows; ++y) {
        flatten_row(raster.ptr<std::uint32_t>(y), pixels.bgr.ptr(y), raster.cols);
    }
    return pixels;
}

}  // namespace magscan::ocr::codec
