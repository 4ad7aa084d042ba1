#include "ocr/reader.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <opencv2/imgproc.hpp>
#include <stdexcept>

#include "ocr/detector_pool.h"
#include "ocr/engine_pool.h"
#include "ocr/glare.h"
#include "ocr/language_reader.h"
#include "ocr/layout.h"
#include "ocr/line_join.h"
#include "ocr/line_reader.h"
#include "ocr/orientation.h"
#include "ocr/region_join.h"
#include "ocr/region_reader.h"
#include "ocr/sharpness.h"
#include "ocr/text_search.h"

namespace magscan::ocr {
namespace {

constexpr float kNothing = 0.2F;  // confidence under which a line is taken for a pattern

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

    std::vector<Reading> read_by_detector(const cv::Mat& bgr, const Effort& effort,
                                          const std::function<void()>& on_found);
};

std::vector<Reading> Reader::State::read_by_detector(const cv::Mat& bgr, const Effort& effort,
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
    return read_regions(bgr, regions, *engines, effort, options.interest);
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

Page Reader::read(const cv::Mat& bgr, double scale, const StopTest& is_stopped,
                  const std::function<void()>& on_found) const {
    Page page;
    page.detector = state_->detector_name;
    page.recognizer = Recognizer::name();
    if (bgr.empty() || !(scale > 0)) return page;
    page.width = static_cast<int>(std::lround(bgr.cols / scale));
    page.height = static_cast<int>(std::lround(bgr.rows / scale));

    cv::Mat picture = bgr;
    if (picture.channels() == 1) cv::cvtColor(picture, picture, cv::COLOR_GRAY2BGR);
    if (picture.channels() == 4) cv::cvtColor(picture, picture, cv::COLOR_BGRA2BGR);
    const double shrink = static_cast<double>(state_->options.max_side) / std::max(bgr.cols, bgr.rows);
    if (shrink < 1) {
        cv::resize(picture, picture, {}, shrink, shrink, cv::INTER_AREA);
        scale *= shrink;
    }
    const Effort effort(state_->options.threads, is_stopped);
    std::vector<Reading> readings;
    if (state_->detectors) {
        readings = state_->read_by_detector(picture, effort, on_found);
    } else {
        if (on_found) on_found();  // finding and reading are one
        readings = read_by_layout(picture, *state_->engines, effort, state_->options.max_lines);
    }
    page.missing_language = read_in_own_language(readings, picture, *state_->engines, effort, state_->options.interest);
    page.unread = take_unread(readings, scale);

    const cv::Point2f direction = direction_of_reading(readings);
    page.rotation = rotation_for(direction);
    sort_for_reading(readings, direction);
    std::vector<TextLine> lines;
    for (const Reading& reading : readings) lines.push_back(reading.line);
    page.lines = join_pieces(readings, scale);
    page.glare = find_glare(picture, lines, scale);
    measure_sharpness(picture, scale, page);
    return page;
}

}  // namespace magscan::ocr
