#include "scan/annotate.h"

#include <png.h>
#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <string_view>

#include "scan/text_report.h"
#include "scan/wording.h"

namespace magscan::scan {
namespace {

const cv::Scalar kElementalColour(70, 170, 40);
const cv::Scalar kCompoundColour(20, 120, 240);
const cv::Scalar kUnsettledColour(0, 200, 230);
const cv::Scalar kServingColour(220, 120, 30);
const cv::Scalar kBannerColour(40, 34, 30);
const cv::Scalar kInkColour(255, 255, 255);

constexpr int kFont = cv::FONT_HERSHEY_DUPLEX;
constexpr double kFillShare = 0.18;  // how much of the colour lies over the marked words

struct Mark {
    ocr::Polygon polygon;
    cv::Scalar colour;
};

struct Caption {
    std::string text;
    cv::Scalar colour;
};

cv::Scalar colour_of(calc::Basis basis) {
    switch (basis) {
        case calc::Basis::kElemental:
            return kElementalColour;
        case calc::Basis::kCompound:
            return kCompoundColour;
        case calc::Basis::kAmbiguous:
            return kUnsettledColour;
    }
    return kUnsettledColour;
}

// The fonts hold ASCII only.
std::string ascii(std::string_view text) {
    std::string out;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte >= 0x20 && byte < 0x7F)
            out += letter;
        else if ((byte & 0xC0U) == 0xC0U)
            out += '?';
    }
    return out;
}

void add_marks(std::vector<Mark>& marks, const std::vector<parser::Evidence>& evidence, int image,
               const cv::Scalar& colour) {
    for (const parser::Evidence& item : evidence) {
        if (item.polygon.size() >= 3 && item.image == image) marks.push_back({item.polygon, colour});
    }
}

// Those on one of the photos.
std::vector<Mark> marks_of(const calc::Assessment& assessment, int image) {
    std::vector<Mark> marks;
    if (assessment.serving) add_marks(marks, assessment.serving->evidence, image, kServingColour);
    for (const calc::Entry& entry : assessment.entries) {
        add_marks(marks, entry.evidence, image, entry.amount ? colour_of(entry.basis) : kUnsettledColour);
    }
    return marks;
}

std::vector<Caption> captions_of(const Report& report) {
    const calc::Assessment& assessment = report.assessment;
    std::vector<Caption> captions;
    for (const calc::Entry& entry : assessment.entries) {
        const std::string form = entry.forms.empty() ? "magnesium" : form_names(entry.forms);
        if (!entry.amount) {
            captions.push_back({form + ", no amount printed", kUnsettledColour});
            continue;
        }
        constexpr std::string_view meanings[] = {"elemental magnesium", "weight of the compound",
                                                 "compound or magnesium: not settled"};
        captions.push_back(
            {form + ": " + entry.amount->text + ", " + std::string(meanings[static_cast<std::size_t>(entry.basis)]),
             colour_of(entry.basis)});
    }
    if (assessment.serving && !assessment.serving->evidence.empty()) {
        const std::string unit = assessment.serving->unit.value_or("");
        const std::string size = assessment.serving->units ? ": " + format_units(assessment.serving->units, unit) : "";
        captions.push_back({"serving" + size, kServingColour});
    }
    return captions;
}

void draw_marks(cv::Mat& picture, const std::vector<Mark>& marks, int thickness) {
    cv::Mat filled = picture.clone();
    std::vector<std::vector<cv::Point>> outlines;
    for (const Mark& mark : marks) {
        std::vector<cv::Point>& outline = outlines.emplace_back();
        for (const ocr::Point& point : mark.polygon) outline.emplace_back(cvRound(point.x), cvRound(point.y));
        cv::fillPoly(filled, std::vector{outline}, mark.colour, cv::LINE_AA);
    }
    cv::addWeighted(filled, kFillShare, picture, 1 - kFillShare, 0, picture);
    for (std::size_t i = 0; i < marks.size(); ++i) {
        cv::polylines(picture, std::vector{outlines[i]}, true, marks[i].colour, thickness, cv::LINE_AA);
    }
}

// The largest scale at which the text fits into the width, at most `scale`.
double fitting_scale(const std::string& text, double scale, int thickness, int width) {
    int baseline = 0;
    const int needed = cv::getTextSize(text, kFont, scale, thickness, &baseline).width;
    return needed <= width ? scale : scale * width / needed;
}

cv::Mat banner_of(const Report& report, int width) {
    const double scale = std::clamp(width / 900.0, 0.35, 5.0);
    const int line = std::max(12, cvRound(34 * scale));
    const int margin = line / 2;
    const int room = std::max(1, width - 2 * margin);
    const std::vector<Caption> captions = captions_of(report);
    const int height = 2 * margin + line + static_cast<int>(captions.size()) * line;
    cv::Mat banner(height, width, CV_8UC3, kBannerColour);

    const int thickness = std::max(1, cvRound(1.6 * scale));
    const std::string head = ascii(headline(report));
    int y = margin + line * 3 / 4;
    cv::putText(banner, head, {margin, y}, kFont, fitting_scale(head, scale, thickness, room), kInkColour, thickness,
                cv::LINE_AA);
    const int box = line / 2;
    for (const Caption& caption : captions) {
        y += line;
        cv::rectangle(banner, cv::Rect(margin, y - box, box, box), caption.colour, cv::FILLED);
        const std::string text = ascii(caption.text);
        const int left = margin + 2 * box;
        const int thin = std::max(1, cvRound(scale));
        const double small = fitting_scale(text, scale * 0.75, thin, std::max(1, width - margin - left));
        cv::putText(banner, text, {left, y}, kFont, small, kInkColour, thin, cv::LINE_AA);
    }
    return banner;
}

}  // namespace

cv::Mat annotate(const cv::Mat& photo, const Report& report) {
    return annotate(std::vector{photo}, report);
}

cv::Mat annotate(const std::vector<cv::Mat>& photos, const Report& report) {
    const auto lower = [](const cv::Mat& a, const cv::Mat& b) { return a.rows < b.rows; };
    const int height = std::min_element(photos.begin(), photos.end(), lower)->rows;
    std::vector<cv::Mat> beside;
    for (std::size_t i = 0; i < photos.size(); ++i) {
        cv::Mat marked = photos[i].clone();
        const int thickness = std::max(1, cvRound(std::max(marked.cols, marked.rows) / 500.0));
        draw_marks(marked, marks_of(report.assessment, static_cast<int>(i)), thickness);
        if (marked.rows != height) {
            const int width = std::max(1, cvRound(static_cast<double>(marked.cols) * height / marked.rows));
            cv::resize(marked, marked, {width, height}, 0, 0, cv::INTER_AREA);
        }
        beside.push_back(std::move(marked));
    }
    cv::Mat row, out;
    cv::hconcat(beside, row);
    cv::vconcat(banner_of(report, row.cols), row, out);
    return out;
}

// By libpng itself: cv::imencode brings every format that OpenCV knows, and a tenth of a second at each start.
std::vector<std::byte> encode_png(const cv::Mat& picture) {
    png_image header{};
    header.version = PNG_IMAGE_VERSION;
    header.width = static_cast<png_uint_32>(picture.cols);
    header.height = static_cast<png_uint_32>(picture.rows);
    header.format = PNG_FORMAT_BGR;
    header.flags = PNG_IMAGE_FLAG_FAST;
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(header);
    std::vector<std::byte> out(size);
    const auto stride = static_cast<png_int_32>(picture.step);
    if (png_image_write_to_memory(&header, out.data(), &size, 0, picture.data, stride, nullptr) == 0) return {};
    out.resize(size);
    return out;
}

}  // namespace magscan::scan
