#include "ocr/reader.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <opencv2/imgproc.hpp>
#include <stdexcept>

#include "ocr/detector_pool.h"
#include "ocr/engine_pool.h"
#include "ocr/glare.h"
#include "ocr/known_print.h"
#include "ocr/language_reader.h"
#include "ocr/layout.h"
#include "ocr/line_join.h"
#include "ocr/line_reader.h"
#include "ocr/orientation.h"
#include "ocr/region_join.h"
#include "ocr/region_reader.h"
#include "ocr/script_reader.h"
#include "ocr/sharpness.h"
#include "ocr/text_search.h"

namespace magscan::ocr {
namespace {

constexpr double kEnlargement = 2;         // of a second opinion's picture
constexpr double kLeastEnlargement = 1.3;  // below it a second opinion says nothing new
constexpr double kLargestEnlarged = 3200;  // pixels of its longer side

constexpr double kSharpenedReach = 2;  // pixels over which a sharpened picture's edges grow steeper
constexpr double kSharpened = 1;       // of the difference from its surroundings, added to each pixel

constexpr float kNothing = 0.2F;  // confidence under which a line is taken for a pattern

// What a picture is made into before it is read, and how.
struct Rework {
    double enlargement = 1;
    bool sharpened = false;
};

cv::Mat reworked(const cv::Mat& picture, const Rework& rework) {
    cv::Mat out = picture;
    if (rework.enlargement > 1) cv::resize(picture, out, {}, rework.enlargement, rework.enlargement, cv::INTER_CUBIC);
    if (!rework.sharpened) return out;
    cv::Mat around;
    cv::GaussianBlur(out, around, {}, kSharpenedReach);
    cv::Mat sharp;
    cv::addWeighted(out, 1 + kSharpened, around, -kSharpened, 0, sharp);
    return sharp;
}

// In three colours and not too large; `scale`, pixels per pixel of the photo, goes with it.
cv::Mat readable(const cv::Mat& bgr, int max_side, double& scale) {
    cv::Mat picture = bgr;
    if (picture.channels() == 1) cv::cvtColor(picture, picture, cv::COLOR_GRAY2BGR);
    if (picture.channels() == 4) cv::cvtColor(picture, picture, cv::COLOR_BGRA2BGR);
    const double shrink = static_cast<double>(max_side) / std::max(bgr.cols, bgr.rows);
    if (shrink < 1) {
        cv::resize(picture, picture, {}, shrink, shrink, cv::INTER_AREA);
        scale *= shrink;
    }
    return picture;
}

// In pixels of the picture, as far as it lies on it.
cv::Rect area_of(const Box& part, double scale, cv::Size picture) {
    if (!(scale > 0)) return {};
    const auto pixel = [&](float at, int most) {
        return static_cast<int>(std::clamp(static_cast<double>(at) * scale, 0.0, static_cast<double>(most)));
    };
    return {cv::Point(pixel(part.left, picture.width), pixel(part.top, picture.height)),
            cv::Point(pixel(part.right, picture.width), pixel(part.bottom, picture.height))};
}

void move(Polygon& polygon, Point by) {
    for (Point& point : polygon) point = {point.x + by.x, point.y + by.y};
}

void keep_most_textlike(std::vector<TextRegion>& regions, int most) {
    const auto limit = static_cast<std::size_t>(std::max(most, 0));
    if (regions.size() <= limit) return;
    std::stable_sort(regions.begin(), regions.end(), [](const TextRegion& a, const TextRegion& b) {
        return a.score * std::min(a.seen_height, 20.0F) > b.score * std::min(b.seen_height, 20.0F);
    });
    regions.resize(limit);
}

// Moves out what could not be read, and what is taken for a pattern.
std::vector<Line> take_unread(std::vector<Reading>& readings, double scale) {
    const auto first = std::stable_partition(readings.begin(), readings.end(), [](const Reading& r) {
        return !r.words.empty() && r.confidence >= kNothing;
    });
    std::vector<Line> unread;
    for (auto it = first; it != readings.end(); ++it) {
        it->words.clear();
        unread.push_back(placed(*it, scale));
    }
    readings.erase(first, readings.end());
    return unread;
}

}  // namespace

struct Reader::State {
    ReaderOptions options;
    std::unique_ptr<EnginePool> engines;
    std::unique_ptr<DetectorPool> detectors;  // null without the detector's file
    std::string detector_name = "tesseract-layout";

    RegionReadings read_by_detector(const cv::Mat& bgr, const Effort& effort, const KnownPrint* known,
                                    const std::function<void()>& on_found);
    Page read(const cv::Mat& picture, double scale, const Effort& effort, const KnownPrint* known,
              const std::function<void()>& on_found);
    Page read_photo(const cv::Mat& bgr, double scale, const StopTest& is_stopped,
                    const std::function<void()>& on_found);
    Page read_part(const cv::Mat& bgr, double scale, const Part& part, const cv::Rect& area, const Rework& rework,
                   const StopTest& is_stopped);
};

RegionReadings Reader::State::read_by_detector(const cv::Mat& bgr, const Effort& effort, const KnownPrint* known,
                                               const std::function<void()>& on_found) {
    std::vector<TextRegion> regions;
    const bool looked = detectors->with([&](TextDetector& detector) {
        if (effort.is_stopped && effort.is_stopped()) throw Stopped{};
        regions = join_regions(find_text(detector, bgr, {}, effort.is_stopped));
    });
    if (!looked) throw std::runtime_error("the text detector's file is gone");
    keep_most_textlike(regions, options.max_lines);
    if (effort.is_stopped && effort.is_stopped()) throw Stopped{};
    if (on_found) on_found();
    return read_regions(bgr, regions, *engines, effort, options.interest, known);
}

Reader::Reader(std::unique_ptr<State> state) : state_(std::move(state)) {}
Reader::~Reader() = default;

tl::expected<std::unique_ptr<Reader>, std::string> Reader::create(const ReaderOptions& options) {
    auto state = std::make_unique<State>();
    state->options = options;
    state->options.threads = std::clamp(options.threads, 1, 64);
    state->options.max_side = std::max(options.max_side, 64);
    auto engines = EnginePool::create(options.tessdata);
    if (!engines) return tl::make_unexpected(engines.error());
    state->engines = std::move(*engines);

    std::error_code error;
    const std::filesystem::path file = std::filesystem::path(options.models) / kDetectorFile;
    if (!options.models.empty() && std::filesystem::exists(file, error)) {
        auto detectors = DetectorPool::create(file.string(), state->options.threads);
        if (!detectors) return tl::make_unexpected(detectors.error());
        state->detectors = std::move(*detectors);
        state->detector_name = "ppocr-v4-det";
    }
    return std::unique_ptr<Reader>(new Reader(std::move(state)));
}

const std::string& Reader::detector() const {
    return state_->detector_name;
}

// With `known`, what was not known and is wanted is read once.
Page Reader::State::read(const cv::Mat& picture, double scale, const Effort& effort, const KnownPrint* known,
                         const std::function<void()>& on_found) {
    Page page;
    page.detector = detector_name;
    page.recognizer = Recognizer::name();
    RegionReadings read;
    std::vector<Reading>& readings = read.lines;
    if (detectors) {
        read = read_by_detector(picture, effort, known, on_found);
    } else {
        if (on_found) on_found();  // finding and reading are one
        readings = read_by_layout(picture, *engines, effort, options.max_lines);
        read.own_script = read_in_own_script(readings, picture, *engines, effort);
    }
    page.missing_language = read.own_script
                                ? *read.own_script
                                : read_in_own_language(readings, picture, *engines, effort, options.interest);
    page.unread = take_unread(readings, scale);

    const cv::Point2f direction = direction_of_reading(readings);
    page.rotation = rotation_for(direction);
    sort_for_reading(readings, direction);
    std::vector<TextLine> lines;
    for (const Reading& reading : readings) lines.push_back(reading.line);
    page.lines = join_pieces(readings, scale);
    if (!known) page.glare = find_glare(picture, lines, scale);
    return page;
}

Page Reader::State::read_photo(const cv::Mat& bgr, double scale, const StopTest& is_stopped,
                               const std::function<void()>& on_found) {
    const cv::Mat picture = readable(bgr, options.max_side, scale);
    Page page = read(picture, scale, {options.threads, is_stopped}, nullptr, on_found);
    measure_sharpness(picture, scale, page);
    page.width = static_cast<int>(std::lround(picture.cols / scale));
    page.height = static_cast<int>(std::lround(picture.rows / scale));
    return page;
}

// Reads what `rework` makes of it. How sharp the print is, its own pixels tell.
Page Reader::State::read_part(const cv::Mat& bgr, double scale, const Part& part, const cv::Rect& area,
                              const Rework& rework, const StopTest& is_stopped) {
    const Point by{static_cast<float>(area.x / scale), static_cast<float>(area.y / scale)};
    double own_scale = scale;
    const cv::Mat picture = readable(bgr(area), options.max_side, own_scale);
    const double reworked_scale = own_scale * rework.enlargement;
    const KnownPrint known(part.first, part.wanted, {{by.x, by.y}, reworked_scale});
    Page page = read(reworked(picture, rework), reworked_scale, {options.threads, is_stopped}, &known, {});
    measure_sharpness(picture, own_scale, page);
    for (std::vector<Line>* lines : {&page.lines, &page.unread}) {
        for (Line& line : *lines) {
            move(line.polygon, by);
            for (Word& word : line.words) move(word.polygon, by);
        }
    }
    page.width = static_cast<int>(std::lround(bgr.cols / scale));
    page.height = static_cast<int>(std::lround(bgr.rows / scale));
    return page;
}

Page Reader::read(const cv::Mat& bgr, double scale, const StopTest& is_stopped,
                  const std::function<void()>& on_found) const {
    if (!bgr.empty() && scale > 0) return state_->read_photo(bgr, scale, is_stopped, on_found);
    Page page;
    page.detector = state_->detector_name;
    page.recognizer = Recognizer::name();
    return page;
}

std::optional<Page> Reader::read_enlarged(const cv::Mat& bgr, double scale, const Part& part,
                                          const StopTest& is_stopped) const {
    const cv::Rect area = area_of(part.seen, scale, bgr.size());
    if (area.empty()) return std::nullopt;
    const double enlargement = std::min(kEnlargement, kLargestEnlarged / std::max(area.width, area.height));
    if (enlargement < kLeastEnlargement) return std::nullopt;
    return state_->read_part(bgr, scale, part, area, {enlargement, false}, is_stopped);
}

std::optional<Page> Reader::read_sharpened(const cv::Mat& bgr, double scale, const Part& part,
                                           const StopTest& is_stopped) const {
    const cv::Rect area = area_of(part.seen, scale, bgr.size());
    if (area.empty()) return std::nullopt;
    return state_->read_part(bgr, scale, part, area, {1, true}, is_stopped);
}

}  // namespace magscan::ocr
