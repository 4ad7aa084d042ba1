#include <libheif/heif.h>

#include <algorithm>
#include <array>
#include <memory>

#include "ocr/image_codec.h"

namespace magscan::ocr::codec {
namespace {

using Context = std::unique_ptr<heif_context, decltype(&heif_context_free)>;
using Handle = std::unique_ptr<heif_image_handle, decltype(&heif_image_handle_release)>;
using Image = std::unique_ptr<heif_image, decltype(&heif_image_release)>;
using Options = std::unique_ptr<heif_decoding_options, decltype(&heif_decoding_options_free)>;

// The handle reads from the bytes through the context: all three live together.
struct Primary {
    Context context{nullptr, heif_context_free};
    Handle handle{nullptr, heif_image_handle_release};
};

tl::unexpected<ImageError> failure(ImageFormat format, const heif_error& error) {
    if (error.subcode == heif_suberror_End_of_data) return ends_early(format);
    if (error.subcode == heif_suberror_Security_limit_exceeded) {
        return fail(ImageError::Code::kTooLarge,
                    "the picture is built of too many or too large parts; save it as a JPEG");
    }
    switch (error.code) {
        case heif_error_Memory_allocation_error:
            throw std::bad_alloc();
        case heif_error_Unsupported_filetype:
        case heif_error_Unsupported_feature:
        case heif_error_Color_profile_does_not_exist:
            return unsupported(format, error.message);
        default:
            return damaged(format, error.message);
    }
}

Result<Primary> open_primary(Bytes bytes, ImageFormat format) {
    Primary primary;
    primary.context.reset(heif_context_alloc());
    if (!primary.context) throw std::bad_alloc();
    heif_error error =
        heif_context_read_from_memory_without_copy(primary.context.get(), bytes.data(), bytes.size(), nullptr);
    if (error.code != heif_error_Ok) return failure(format, error);
    heif_image_handle* handle = nullptr;
    error = heif_context_get_primary_image_handle(primary.context.get(), &handle);
    if (error.code != heif_error_Ok) return failure(format, error);
    primary.handle.reset(handle);
    return primary;
}

// Of the two AV1 decoders that libheif may have, dav1d prints to stderr on broken data. Null for libheif's own choice.
const char* quiet_decoder(ImageFormat format) {
    if (format != ImageFormat::kAvif) return nullptr;
    constexpr int kMost = 16;
    std::array<const heif_decoder_descriptor*, kMost> found{};
    const int count = heif_get_decoder_descriptors(heif_compression_AV1, found.data(), kMost);
    for (int i = 0; i < std::min(count, kMost); ++i) {
        const char* name = heif_decoder_descriptor_get_id_name(found[static_cast<std::size_t>(i)]);
        if (name != nullptr && std::string_view(name) == "aom") return name;
    }
    return nullptr;
}

Result<Image> decode(const Primary& primary, ImageFormat format, bool transparent) {
    const Options options(heif_decoding_options_alloc(), heif_decoding_options_free);
    if (!options) throw std::bad_alloc();
    options->convert_hdr_to_8bit = 1;
    options->strict_decoding = 1;  // otherwise a tile that can't be read stays black
    options->decoder_id = quiet_decoder(format);
    heif_image* image = nullptr;
    const heif_error error =
        heif_decode_image(primary.handle.get(), &image, heif_colorspace_RGB,
                          transparent ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB, options.get());
    Image owned(image, heif_image_release);
    if (error.code != heif_error_Ok) return failure(format, error);
    return owned;
}

// RGB or RGBA -> BGR on white.
void copy_row(const std::uint8_t* row, unsigned char* bgr, int pixels, bool transparent, bool premultiplied) {
    const int step = transparent ? 4 : 3;
    for (int x = 0; x < pixels; ++x, row += step, bgr += 3) {
        const unsigned alpha = transparent ? row[3] : 255U;
        for (int c = 0; c < 3; ++c) {
            const unsigned colour = premultiplied ? row[2 - c] * 255U : row[2 - c] * alpha;
            bgr[c] = static_cast<unsigned char>(std::min(255U, (colour + 255U * (255U - alpha) + 127U) / 255U));
        }
    }
}

}  // namespace

Result<Header> heif_header(Bytes bytes, ImageFormat format) {
    const auto primary = open_primary(bytes, format);
    if (!primary) return tl::make_unexpected(primary.error());
    // After the turns and mirrors that the file asks for. EXIF repeats them and is not to be applied again.
    return Header{heif_image_handle_get_width(primary->handle.get()),
                  heif_image_handle_get_height(primary->handle.get())};
}

Result<Pixels> heif_pixels(Bytes bytes, ImageFormat format, const Header& header) {
    const auto primary = open_primary(bytes, format);
    if (!primary) return tl::make_unexpected(primary.error());
    const bool transparent = heif_image_handle_has_alpha_channel(primary->handle.get()) != 0;
    const bool premultiplied = transparent && heif_image_handle_is_premultiplied_alpha(primary->handle.get()) != 0;
    const auto image = decode(*primary, format, transparent);
    if (!image) return tl::make_unexpected(image.error());

    int stride = 0;
    const std::uint8_t* plane = heif_image_get_plane_readonly(image->get(), heif_channel_interleaved, &stride);
    const int width = heif_image_get_width(image->get(), heif_channel_interleaved);
    const int height = heif_image_get_height(image->get(), heif_channel_interleaved);
    if (plane == nullptr || width != header.width || height != header.height) {
        return damaged(format, "its headers disagree");
    }
    Pixels pixels;
    pixels.bgr.create(height, width, CV_8UC3);
    for (int y = 0; y < height; ++y) {
        copy_row(plane + static_cast<std::ptrdiff_t>(y) * stride, pixels.bgr.ptr(y), width, transparent, premultiplied);
    }
    return pixels;
}

}  // namespace magscan::ocr::codec
