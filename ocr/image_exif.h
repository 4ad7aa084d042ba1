// The first directory of a TIFF file, which is also how EXIF is stored inside other formats. Internal to ocr.
#pragma once

#include <cstdint>
#include <optional>

#include "ocr/image_bytes.h"

namespace magscan::ocr::codec {

struct TiffDirectory {
    std::int64_t width = 0;  // 0 where not given
    std::int64_t height = 0;
    int orientation = 1;      // 1..8
    int compression = 1;      // as TIFF numbers them; 1 is none
    bool reduced = false;     // says of itself that it is a smaller version of another picture
    bool camera_raw = false;  // carries the mark of a DNG
};

// Nothing where the bytes are no classic TIFF or end before the directory does.
std::optional<TiffDirectory> first_tiff_directory(Bytes tiff);

// The orientation in an EXIF block, with or without its leading "Exif\0\0"; 1 where there is none that makes sense.
int exif_orientation(Bytes exif);

}  // namespace magscan::ocr::codec
