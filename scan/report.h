// What magscan says of one product, before it is written as JSON (scan/report_json.h) or for people
// (scan/text_report.h). The shape that leaves the program is docs/report.schema.json. Masses are milligrams.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "calc/assessment.h"
#include "calc/intakes.h"
#include "calc/limits.h"
#include "calc/suitability.h"
#include "scan/report_options.h"

namespace magscan::scan {

struct Engine {
    std::string magscan;                   // version of this program
    std::optional<std::string> tesseract;  // what read the text; missing for text input
    std::optional<std::string> detector;   // what found the lines of text; missing for text input
    std::string knowledge;                 // version of the word lists and compound table
};

enum class SourceKind { kPhoto, kPhotos, kText };

struct SourceImage {
    std::string name;    // file name or the caller's id, never a path
    std::string sha256;  // of the bytes as sent, 64 hexadecimal digits
    std::string format;  // jpeg, png, webp, heic, avif, tiff, bmp
    int width = 0;       // pixels, EXIF orientation applied
    int height = 0;
    int rotation = 0;  // degrees clockwise (0, 90, 180, 270) that the photo has to be turned to stand upright
};

struct Source {
    std::string name;
    SourceKind kind = SourceKind::kPhoto;
    std::vector<SourceImage> images;  // empty for text
};

struct Timing {
    std::string stage;
    double milliseconds = 0;
};

struct Report {
    Engine engine;
    Source source;
    calc::Assessment assessment;
    ReportOptions options;                         // for whom and where
    std::vector<calc::Limit> limits;               // supplemental magnesium, for such a person
    std::optional<calc::Intake> intake;            // recommended in all; only where a person or a place was asked for
    std::optional<calc::Suitability> suitability;  // missing where no magnesium was found
    std::vector<parser::Warning> warnings;         // those of the assessment and of the photo, each once
    std::vector<Timing> timings;                   // the only part that differs between two scans of the same bytes
};

}  // namespace magscan::scan
