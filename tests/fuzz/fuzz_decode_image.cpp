// A picture: any bytes are decoded to the size that the headers told, or refused.
#include <cstdlib>
#include <span>

#include "fuzz.h"
#include "ocr/image.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr int kMostPixels = 2'000'000;  // larger ones only take longer
    const std::span bytes(reinterpret_cast<const std::byte*>(data), size);
    const auto info = magscan::ocr::probe_image(bytes);
    if (!info || info->width > kMostPixels / info->height) return 0;
    const auto image = magscan::ocr::decode_image(bytes, 64);
    if (image && (image->info.width != info->width || image->bgr.empty() || image->sha256.size() != 64)) std::abort();
    return 0;
}
