// What the first bytes say: one of our formats, another kind of picture, or no picture.
#include <algorithm>
#include <array>
#include <cctype>

#include "ocr/image_codec.h"

namespace magscan::ocr::codec {
namespace {

using Code = ImageError::Code;
using namespace std::string_view_literals;

struct Signature {
    std::size_t at;
    std::string_view bytes;
    Code code;
    std::string_view name;
};

constexpr std::array kOthers{
    Signature{0, "GIF8"sv, Code::kUnsupported, "a GIF"},
    Signature{0, "8BPS"sv, Code::kUnsupported, "a Photoshop file"},
    Signature{0, "\x00\x00\x00\x0CjP  "sv, Code::kUnsupported, "a JPEG 2000 picture"},
    Signature{0, "\xFF\x4F\xFF\x51"sv, Code::kUnsupported, "a JPEG 2000 picture"},
    Signature{0, "\x00\x00\x00\x0CJXL "sv, Code::kUnsupported, "a JPEG XL picture"},
    Signature{0, "\xFF\x0A"sv, Code::kUnsupported, "a JPEG XL picture"},
    Signature{0, "\x00\x00\x01\x00"sv, Code::kUnsupported, "an icon"},
    Signature{0, "II\x2B\x00"sv, Code::kUnsupported, "a BigTIFF"},
    Signature{0, "MM\x00\x2B"sv, Code::kUnsupported, "a BigTIFF"},
    Signature{0, "IIRO"sv, Code::kUnsupported, "a camera raw file"},
    Signature{0, "IIU\x00"sv, Code::kUnsupported, "a camera raw file"},
    Signature{0, "FUJIFILMCCD-RAW"sv, Code::kUnsupported, "a camera raw file"},
    Signature{8, "CR\x02"sv, Code::kUnsupported, "a camera raw file"},
    Signature{0, "\x76\x2F\x31\x01"sv, Code::kUnsupported, "an OpenEXR picture"},
    Signature{0, "%PDF"sv, Code::kNotAPicture, "a PDF document"},
    Signature{0, "%!PS"sv, Code::kNotAPicture, "a PostScript document"},
    Signature{0, "PK\x03\x04"sv, Code::kNotAPicture, "a ZIP archive or an office document"},
    Signature{0, "\x1F\x8B"sv, Code::kNotAPicture, "a compressed file"},
    Signature{0,
              "\x7F"
              "ELF"sv,
              Code::kNotAPicture, "a program"},
    Signature{0, "\x1A\x45\xDF\xA3"sv, Code::kNotAPicture, "a video"},
    Signature{4, "ftyp"sv, Code::kNotAPicture, "a video"},  // heif_kind() has had its say
};

constexpr std::size_t kTextSample = 1024;

bool is_word_of(Bytes sample, std::string_view lower) {
    const auto* begin = reinterpret_cast<const char*>(sample.data());
    const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
    return std::search(begin, begin + sample.size(), lower.begin(), lower.end(), same) != begin + sample.size();
}

// Length of the UTF-8 sequence that starts with this byte; 0 where none does.
std::size_t utf8_length(std::uint32_t lead) {
    if (lead < 0x80) return lead >= 0x20 || (lead >= 0x09 && lead <= 0x0D) ? 1 : 0;
    if (lead >= 0xC2 && lead <= 0xDF) return 2;
    if (lead >= 0xE0 && lead <= 0xEF) return 3;
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

bool is_text(Bytes sample) {
    if (has_text(sample, 0, "\xFF\xFE"sv) || has_text(sample, 0, "\xFE\xFF"sv)) return true;
    for (std::size_t at = 0; at < sample.size();) {
        const std::size_t length = utf8_length(u8(sample, at));
        if (length == 0) return false;
        for (std::size_t i = 1; i < length && at + i < sample.size(); ++i) {
            if ((u8(sample, at + i) & 0xC0U) != 0x80U) return false;
        }
        at += length;
    }
    return true;
}

tl::unexpected<ImageError> instead(Code code, std::string_view name) {
    const std::string what =
        (name.empty() ? "this is not a picture of a known format" : "this is " + std::string(name));
    return fail(code, what + "; send the photo as JPEG, PNG, WebP, HEIC, AVIF, TIFF or BMP");
}

tl::unexpected<ImageError> not_ours(Bytes bytes) {
    for (const Signature& other : kOthers) {
        if (has_text(bytes, other.at, other.bytes)) return instead(other.code, other.name);
    }
    const Bytes sample = part(bytes, 0, kTextSample);
    if (!is_text(sample)) return instead(Code::kNotAPicture, {});
    if (is_word_of(sample, "<svg")) return instead(Code::kUnsupported, "an SVG drawing");
    if (is_word_of(sample, "<html") || is_word_of(sample, "<!doctype html")) {
        return instead(Code::kNotAPicture, "a web page (HTML)");
    }
    return instead(Code::kNotAPicture, "a text file");
}

enum class Heif { kNone, kHeic, kAvif, kSequence };

Heif heif_brand(std::string_view brand) {
    if (brand == "heic" || brand == "heix" || brand == "heim" || brand == "heis") return Heif::kHeic;
    if (brand == "avif") return Heif::kAvif;
    if (brand == "avis" || brand == "hevc" || brand == "hevx" || brand == "msf1") return Heif::kSequence;
    return Heif::kNone;
}

// The major brand decides; the general ones ("mif1", "miaf") leave it to the compatible brands behind it.
Heif heif_kind(Bytes bytes) {
    if (!has_text(bytes, 4, "ftyp")) return Heif::kNone;
    const Bytes box = part(bytes, 0, std::min<std::size_t>(u32be(bytes, 0), 1024));
    const std::string_view text(reinterpret_cast<const char*>(box.data()), box.size());
    if (text.size() < 16) return Heif::kNone;
    const std::string_view major = text.substr(8, 4);
    if (heif_brand(major) != Heif::kNone) return heif_brand(major);
    if (major != "mif1" && major != "miaf" && major != "mif2") return Heif::kNone;
    for (std::size_t at = 16; at + 4 <= text.size(); at += 4) {
        const Heif kind = heif_brand(text.substr(at, 4));
        if (kind == Heif::kHeic || kind == Heif::kAvif) return kind;
    }
    return Heif::kNone;
}

// "BM" alone could begin a text; the length of the header that must follow tells.
bool is_bmp(Bytes bytes) {
    constexpr std::array kLengths{12U, 40U, 52U, 56U, 64U, 108U, 124U};
    return has_text(bytes, 0, "BM") && std::find(kLengths.begin(), kLengths.end(), u32le(bytes, 14)) != kLengths.end();
}

}  // namespace

Result<ImageFormat> format_of(Bytes bytes) {
    if (has_text(bytes, 0, "\xFF\xD8\xFF"sv)) return ImageFormat::kJpeg;
    if (has_text(bytes, 0, "\x89PNG\r\n\x1A\n"sv)) return ImageFormat::kPng;
    if (has_text(bytes, 0, "RIFF") && has_text(bytes, 8, "WEBP")) return ImageFormat::kWebp;
    if (is_bmp(bytes)) return ImageFormat::kBmp;
    if (!has_text(bytes, 8, "CR\x02")) {
        if (has_text(bytes, 0, "II*\0"sv) || has_text(bytes, 0, "MM\0*"sv)) return ImageFormat::kTiff;
    }
    switch (heif_kind(bytes)) {
        case Heif::kHeic:
            return ImageFormat::kHeic;
        case Heif::kAvif:
            return ImageFormat::kAvif;
        case Heif::kSequence:
            return moving_picture("HEIC or AVIF sequence");
        case Heif::kNone:
            break;
    }
    return not_ours(bytes);
}

}  // namespace magscan::ocr::codec
