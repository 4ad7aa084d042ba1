#include "ocr/image_exif.h"

namespace magscan::ocr::codec {
namespace {

constexpr std::uint32_t kNewSubfileType = 254;
constexpr std::uint32_t kImageWidth = 256;
constexpr std::uint32_t kImageLength = 257;
constexpr std::uint32_t kCompression = 259;
constexpr std::uint32_t kOrientation = 274;
constexpr std::uint32_t kDngVersion = 50706;

constexpr std::size_t kEntrySize = 12;

// A single number stored in the entry itself; 0 for any other kind of value.
std::uint32_t value_of(Bytes entry, ByteOrder order) {
    const std::uint32_t type = number_at(entry, 2, 2, order);
    if (number_at(entry, 4, 4, order) != 1) return 0;
    if (type == 1) return number_at(entry, 8, 1, order);
    if (type == 3) return number_at(entry, 8, 2, order);
    if (type == 4) return number_at(entry, 8, 4, order);
    return 0;
}

void read_entry(Bytes entry, ByteOrder order, TiffDirectory& directory) {
    const std::uint32_t value = value_of(entry, order);
    switch (number_at(entry, 0, 2, order)) {
        case kNewSubfileType:
            directory.reduced = (value & 1U) != 0;
            break;
        case kImageWidth:
            directory.width = value;
            break;
        case kImageLength:
            directory.height = value;
            break;
        case kCompression:
            directory.compression = static_cast<int>(value & 0xFFFFU);
            break;
        case kOrientation:
            if (value >= 1 && value <= 8) directory.orientation = static_cast<int>(value);
            break;
        case kDngVersion:
            directory.camera_raw = true;
            break;
        default:
            break;
    }
}

}  // namespace

std::optional<TiffDirectory> first_tiff_directory(Bytes tiff) {
    const bool little = has_text(tiff, 0, "II");
    if (!little && !has_text(tiff, 0, "MM")) return std::nullopt;
    const ByteOrder order = little ? ByteOrder::kLittle : ByteOrder::kBig;
    if (number_at(tiff, 2, 2, order) != 42) return std::nullopt;

    const std::size_t start = number_at(tiff, 4, 4, order);
    const std::size_t count = number_at(tiff, start, 2, order);
    if (count == 0 || !holds(tiff, start + 2, count * kEntrySize)) return std::nullopt;
    TiffDirectory directory;
    for (std::size_t i = 0; i < count; ++i) {
        read_entry(part(tiff, start + 2 + i * kEntrySize, kEntrySize), order, directory);
    }
    return directory;
}

int exif_orientation(Bytes exif) {
    constexpr std::string_view kMark("Exif\0\0", 6);
    if (has_text(exif, 0, kMark)) exif = exif.subspan(kMark.size());
    const auto directory = first_tiff_directory(exif);
    return directory ? directory->orientation : 1;
}

}  // namespace magscan::ocr::codec
