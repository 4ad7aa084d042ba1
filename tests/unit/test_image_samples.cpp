#include "test_image_samples.h"

#include <libheif/heif.h>

#include <algorithm>
#include <cstdio>  // before jpeglib.h, which needs FILE
#include <cstdlib>
#include <memory>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <stdexcept>

#include <jpeglib.h>

// The HEVC encoder, which only these tests use, leaks a little each time.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libx265\n";
}

namespace magscan::ocr::samples {
namespace {

Bytes number(std::uint64_t value, unsigned size, bool big_endian) {
    return big_endian ? big(value, size) : little(value, size);
}

std::uint32_t crc32(const Bytes& bytes) {
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const std::byte byte : bytes) {
        crc ^= std::to_integer<std::uint32_t>(byte);
        for (int i = 0; i < 8; ++i) crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
    }
    return ~crc;
}

struct TiffTag {
    std::uint32_t tag, type, count, value;
};

Bytes directory(const std::vector<TiffTag>& tags, bool big_endian) {
    Bytes out = number(tags.size(), 2, big_endian);
    for (const TiffTag& tag : tags) {
        append(out, number(tag.tag, 2, big_endian));
        append(out, number(tag.type, 2, big_endian));
        append(out, number(tag.count, 4, big_endian));
        const bool is_short = tag.type == 3 && tag.count == 1;
        append(out, number(tag.value, is_short ? 2 : 4, big_endian));
        if (is_short) append(out, number(0, 2, big_endian));
    }
    append(out, number(0, 4, big_endian));
    return out;
}

Bytes tiff_start(bool big_endian, std::uint32_t directory_at) {
    Bytes out = bytes_of(big_endian ? "MM" : "II");
    append(out, number(42, 2, big_endian));
    append(out, number(directory_at, 4, big_endian));
    return out;
}

struct HeifParts {
    std::unique_ptr<heif_context, decltype(&heif_context_free)> context{heif_context_alloc(), heif_context_free};
    std::unique_ptr<heif_encoder, decltype(&heif_encoder_release)> encoder{nullptr, heif_encoder_release};
    std::unique_ptr<heif_image, decltype(&heif_image_release)> image{nullptr, heif_image_release};
    std::unique_ptr<heif_image_handle, decltype(&heif_image_handle_release)> handle{nullptr, heif_image_handle_release};
    std::unique_ptr<heif_encoding_options, decltype(&heif_encoding_options_free)> options{heif_encoding_options_alloc(),
                                                                                          heif_encoding_options_free};
};

void must(const heif_error& error) {
    if (error.code != heif_error_Ok) throw std::runtime_error(error.message);
}

heif_compression_format compression_of(ImageFormat format) {
    return format == ImageFormat::kAvif ? heif_compression_AV1 : heif_compression_HEVC;
}

heif_image* heif_pixels(const cv::Mat& image) {
    const bool alpha = image.channels() == 4;
    heif_image* out = nullptr;
    must(heif_image_create(image.cols, image.rows, heif_colorspace_RGB,
                           alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB, &out));
    must(heif_image_add_plane(out, heif_channel_interleaved, image.cols, image.rows, 8));
    int stride = 0;
    std::uint8_t* plane = heif_image_get_plane(out, heif_channel_interleaved, &stride);
    cv::Mat target(image.rows, image.cols, image.type(), plane, static_cast<std::size_t>(stride));
    cv::cvtColor(image, target, alpha ? cv::COLOR_BGRA2RGBA : cv::COLOR_BGR2RGB);
    return out;
}

heif_error collect(heif_context*, const void* data, std::size_t size, void* user) {
    const auto* begin = static_cast<const std::byte*>(data);
    static_cast<Bytes*>(user)->assign(begin, begin + size);
    return {heif_error_Ok, heif_suberror_Unspecified, ""};
}

}  // namespace

Bytes bytes_of(std::string_view text) {
    const auto* begin = reinterpret_cast<const std::byte*>(text.data());
    return {begin, begin + text.size()};
}

Bytes little(std::uint64_t value, unsigned size) {
    Bytes out;
    for (unsigned i = 0; i < size; ++i) out.push_back(static_cast<std::byte>(value >> 8 * i & 0xFFU));
    return out;
}

Bytes big(std::uint64_t value, unsigned size) {
    Bytes out = little(value, size);
    std::reverse(out.begin(), out.end());
    return out;
}

void append(Bytes& to, const Bytes& more) {
    to.insert(to.end(), more.begin(), more.end());
}

cv::Mat scene(int width, int height) {
    cv::Mat image(height, width, CV_8UC3);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            image.at<cv::Vec3b>(y, x) = {static_cast<unsigned char>(40 + 180 * x / width),
                                         static_cast<unsigned char>(220 - 200 * y / height),
                                         static_cast<unsigned char>(x < width / 2 && y < height / 3 ? 230 : 60)};
        }
    }
    return image;
}

cv::Mat stored_under(const cv::Mat& upright, int orientation) {
    // Which visual side of the picture the first stored row and the first stored column are.
    struct Sides {
        std::string_view row, column;
    };
    constexpr std::array kSides{Sides{},
                                Sides{"top", "left"},
                                Sides{"top", "right"},
                                Sides{"bottom", "right"},
                                Sides{"bottom", "left"},
                                Sides{"left", "top"},
                                Sides{"right", "top"},
                                Sides{"right", "bottom"},
                                Sides{"left", "bottom"}};
    const Sides sides = kSides.at(static_cast<std::size_t>(orientation));
    const bool turned = orientation >= 5;
    cv::Mat stored(turned ? upright.cols : upright.rows, turned ? upright.rows : upright.cols, CV_8UC3);
    for (int row = 0; row < stored.rows; ++row) {
        for (int column = 0; column < stored.cols; ++column) {
            int x = 0;
            int y = 0;
            const auto walk = [&](std::string_view side, int steps) {
                if (side == "top") y = steps;
                if (side == "bottom") y = upright.rows - 1 - steps;
                if (side == "left") x = steps;
                if (side == "right") x = upright.cols - 1 - steps;
            };
            walk(sides.row, row);
            walk(sides.column, column);
            stored.at<cv::Vec3b>(row, column) = upright.at<cv::Vec3b>(y, x);
        }
    }
    return stored;
}

Bytes encoded(const cv::Mat& image, const std::string& ending, const std::vector<int>& options) {
    std::vector<int> used = options;
    if (used.empty() && ending == ".webp") used = {cv::IMWRITE_WEBP_QUALITY, 101};
    if (used.empty() && ending == ".jpg") used = {cv::IMWRITE_JPEG_QUALITY, 95};
    std::vector<unsigned char> out;
    if (!cv::imencode(ending, image, out, used)) throw std::runtime_error("can't encode " + ending);
    const auto* begin = reinterpret_cast<const std::byte*>(out.data());
    return {begin, begin + out.size()};
}

Bytes exif(int orientation, bool big_endian) {
    Bytes out = tiff_start(big_endian, 8);
    append(out, directory({{274, 3, 1, static_cast<std::uint32_t>(orientation)}}, big_endian));
    return out;
}

Bytes jpeg_with_exif(const Bytes& jpeg, int orientation, bool big_endian) {
    Bytes body = bytes_of(std::string_view("Exif\0\0", 6));
    append(body, exif(orientation, big_endian));
    Bytes out = bytes_of("\xFF\xD8\xFF\xE1");
    append(out, big(body.size() + 2, 2));
    append(out, body);
    out.insert(out.end(), jpeg.begin() + 2, jpeg.end());
    return out;
}

Bytes webp_with_exif(const Bytes& webp, cv::Size size, int orientation) {
    Bytes body =
        webp_header_only(static_cast<std::uint32_t>(size.width), static_cast<std::uint32_t>(size.height), 0x08);
    body.erase(body.begin(), body.begin() + 8);
    body.insert(body.end(), webp.begin() + 12, webp.end());
    const Bytes block = exif(orientation);
    append(body, bytes_of("EXIF"));
    append(body, little(block.size(), 4));
    append(body, block);
    Bytes out = bytes_of("RIFF");
    append(out, little(body.size(), 4));
    append(out, body);
    return out;
}

Bytes png_chunk(std::string_view name, const Bytes& body) {
    Bytes named = bytes_of(name);
    append(named, body);
    Bytes out = big(body.size(), 4);
    append(out, named);
    append(out, big(crc32(named), 4));
    return out;
}

Bytes png_with_chunk(const Bytes& png, const Bytes& chunk, std::string_view before) {
    const Bytes name = bytes_of(before);
    const auto at = std::search(png.begin(), png.end(), name.begin(), name.end());
    Bytes out = png;
    out.insert(out.begin() + (at - png.begin()) - 4, chunk.begin(), chunk.end());
    return out;
}

Bytes png_header_only(std::uint32_t width, std::uint32_t height) {
    Bytes body = big(width, 4);
    append(body, big(height, 4));
    append(body, bytes_of(std::string_view("\x08\x02\x00\x00\x00", 5)));
    Bytes out = bytes_of("\x89PNG\r\n\x1A\n");
    append(out, png_chunk("IHDR", body));
    append(out, png_chunk("IDAT", bytes_of("\x78\x9C")));
    append(out, png_chunk("IEND", {}));
    return out;
}

Bytes cmyk_jpeg(const cv::Mat& bgr, bool adobe) {
    cv::Mat cmyk(bgr.size(), CV_8UC4);
    for (int y = 0; y < bgr.rows; ++y) {
        for (int x = 0; x < bgr.cols; ++x) {
            const auto& from = bgr.at<cv::Vec3b>(y, x);
            const int light = *std::max_element(from.val, from.val + 3);
            cv::Vec4b ink;
            for (int c = 0; c < 3; ++c) {
                ink[c] = static_cast<unsigned char>(light == 0 ? 0 : 255 - 255 * from[2 - c] / light);
            }
            ink[3] = static_cast<unsigned char>(255 - light);
            cmyk.at<cv::Vec4b>(y, x) = adobe ? cv::Vec4b(cv::Vec4b::all(255) - ink) : ink;
        }
    }
    jpeg_compress_struct info{};
    jpeg_error_mgr errors{};
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char* memory = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&info, &memory, &size);
    info.image_width = static_cast<JDIMENSION>(cmyk.cols);
    info.image_height = static_cast<JDIMENSION>(cmyk.rows);
    info.input_components = 4;
    info.in_color_space = JCS_CMYK;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, 98, TRUE);
    info.write_Adobe_marker = adobe ? TRUE : FALSE;
    jpeg_start_compress(&info, TRUE);
    for (int y = 0; y < cmyk.rows; ++y) {
        unsigned char* row = cmyk.ptr(y);
        jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    const auto* begin = reinterpret_cast<const std::byte*>(memory);
    Bytes out(begin, begin + size);
    std::free(memory);
    return out;
}

Bytes tiff(int width, int height, const Bytes& pixels, const TiffKind& kind) {
    const bool be = kind.big_endian;
    const auto samples = static_cast<std::uint32_t>(kind.samples);
    const auto bits = static_cast<std::uint32_t>(kind.bits);
    // Header, room for the largest directory, one value of bits for each sample, the pixels.
    const std::uint32_t bits_at = 200;
    const std::uint32_t pixels_at = 220;
    std::vector<TiffTag> tags;
    if (kind.reduced) tags.push_back({254, 4, 1, 1});
    tags.push_back({256, 4, 1, static_cast<std::uint32_t>(width)});
    tags.push_back({257, 4, 1, static_cast<std::uint32_t>(height)});
    tags.push_back({258, 3, samples, samples == 1 ? bits : bits_at});
    tags.push_back({259, 3, 1, static_cast<std::uint32_t>(kind.compression)});
    tags.push_back({262, 3, 1, static_cast<std::uint32_t>(kind.photometric)});
    tags.push_back({273, 4, 1, pixels_at});
    if (kind.orientation != 0) tags.push_back({274, 3, 1, static_cast<std::uint32_t>(kind.orientation)});
    tags.push_back({277, 3, 1, samples});
    tags.push_back({278, 4, 1, static_cast<std::uint32_t>(height)});
    tags.push_back({279, 4, 1, static_cast<std::uint32_t>(pixels.size())});
    if (kind.extra_sample != 0) tags.push_back({338, 3, 1, static_cast<std::uint32_t>(kind.extra_sample)});
    Bytes out = tiff_start(be, 8);
    append(out, directory(tags, be));
    out.resize(bits_at);
    for (std::uint32_t i = 0; i < samples; ++i) append(out, number(bits, 2, be));
    out.resize(pixels_at);
    append(out, pixels);
    return out;
}

Bytes bmp(int width, int height, const Bytes& rows, const BmpKind& kind) {
    const bool masks = kind.compression == 3;
    const std::size_t header = masks ? 56 : 40;
    const std::size_t start = 14 + header + kind.palette.size();
    Bytes out = bytes_of("BM");
    append(out, little(start + rows.size(), 4));
    append(out, little(0, 4));
    append(out, little(start, 4));
    append(out, little(header, 4));
    append(out, little(static_cast<std::uint32_t>(width), 4));
    append(out, little(static_cast<std::uint32_t>(kind.top_down ? -height : height), 4));
    append(out, little(1, 2));
    append(out, little(static_cast<std::uint32_t>(kind.bits), 2));
    append(out, little(kind.compression, 4));
    append(out, little(rows.size(), 4));
    append(out, little(0, 8));
    append(out, little(kind.palette.size() / 4, 4));
    append(out, little(0, 4));
    if (masks) {
        for (const std::uint32_t mask : kind.masks) append(out, little(mask, 4));
    }
    append(out, kind.palette);
    append(out, rows);
    return out;
}

Bytes webp_header_only(std::uint32_t width, std::uint32_t height, std::uint32_t flags) {
    Bytes out = bytes_of("RIFF");
    append(out, little(22, 4));
    append(out, bytes_of("WEBPVP8X"));
    append(out, little(10, 4));
    append(out, little(flags, 4));
    append(out, little(width - 1, 3));
    append(out, little(height - 1, 3));
    return out;
}

bool can_write(ImageFormat heic_or_avif) {
    return heif_have_encoder_for_format(compression_of(heic_or_avif)) != 0 &&
           heif_have_decoder_for_format(compression_of(heic_or_avif)) != 0;
}

Bytes heif(const cv::Mat& image, ImageFormat heic_or_avif, int orientation) {
    HeifParts parts;
    heif_encoder* encoder = nullptr;
    must(heif_context_get_encoder_for_format(parts.context.get(), compression_of(heic_or_avif), &encoder));
    parts.encoder.reset(encoder);
    must(heif_encoder_set_lossy_quality(encoder, 95));
    must(heif_encoder_set_logging_level(encoder, 0));
    if (heic_or_avif == ImageFormat::kAvif) must(heif_encoder_set_parameter_integer(encoder, "speed", 8));
    parts.image.reset(heif_pixels(image));
    parts.options->image_orientation = static_cast<heif_orientation>(orientation);
    heif_image_handle* handle = nullptr;
    must(heif_context_encode_image(parts.context.get(), parts.image.get(), encoder, parts.options.get(), &handle));
    parts.handle.reset(handle);
    if (orientation != 1) {
        Bytes block = bytes_of(std::string_view("Exif\0\0", 6));
        append(block, exif(orientation));
        must(heif_context_add_exif_metadata(parts.context.get(), handle, block.data(), static_cast<int>(block.size())));
    }
    Bytes out;
    heif_writer writer{1, collect};
    must(heif_context_write(parts.context.get(), &writer, &out));
    return out;
}

}  // namespace magscan::ocr::samples
