#include "ocr/line_extent.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace magscan::ocr {
namespace {

constexpr int kCore = 24;                   // pixels of the sample that the line's own height takes
constexpr float kAbove = 0.5F;              // heights looked at above and below
constexpr float kAside = 0.6F;              // heights looked at before and behind
constexpr float kWordGap = 0.35F;           // heights of empty ground that end a line
constexpr float kInsideLetters = 0.35F;     // heights from a line's marked end to where letters surely stand
constexpr float kMargin = 0.06F;            // heights of ground kept around the ink
constexpr double kMostSlant = 0.7;          // lean of letters looked for, to either side
constexpr double kClearSlant = 1.04;        // how much clearer the columns must get to believe in a lean
constexpr int kSlantSteps = 7;              // to either side
constexpr double kMostStandUpright = 0.97;  // clearness of letters that stand alike over that of turned ones, at least
constexpr float kShifted = 2.0F;    // pixels that the tops of a bent line's end letters shift: less makes no difference
constexpr float kSteepEnd = 0.08F;  // slope of a bent line's ends from which it matters how letters stand
constexpr float kDetectorSeesLess = 1.25F;  // letters with their tails over what the detector marks
constexpr float kLeastHeight = 0.75F;       // of the height that the detector saw: less is a mistake
constexpr double kEmptyRow = 0.003;         // share of ink up to which a row counts as empty
constexpr double kFullColumn = 0.8;         // share of ink from which a column is a stem, an edge or a background
constexpr double kInkedGround = 0.5;        // share of ink above and below the letters that tells which

// First empty row going outward from `from` to `to` (either direction), or the
// emptiest one.
int outer_row(const std::vector<double>& ink, int from, int to) {
    const int step = to > from ? 1 : -1;
    int best = from;
    for (int y = from; y != to + step; y += step) {
        if (ink[static_cast<std::size_t>(y)] <= kEmptyRow) return y;
        if (ink[static_cast<std::size_t>(y)] < ink[static_cast<std::size_t>(best)]) best = y;
    }
    return best;
}

// Ink of each column within the letters' rows, and in the ground above and below them.
struct Columns {
    std::vector<double> letters;
    std::vector<double> ground;
};

// Last inked column going outward from `from` until a gap, an edge or `to`. A stem fills the letters' rows; an edge or
// a background goes on above and below them.
int outer_column(const Columns& ink, int from, int to, int gap) {
    const int step = to > from ? 1 : -1;
    int last = from;
    for (int x = from; x != to + step; x += step) {
        const auto at = static_cast<std::size_t>(x);
        const bool edge = ink.letters[at] >= kFullColumn && ink.ground[at] >= kInkedGround;
        if (edge || std::abs(x - last) > gap) break;
        if (ink.letters[at] > 0.02) last = x;
    }
    return last;
}

std::vector<double> means(const cv::Mat& ink, int dimension) {
    cv::Mat reduced;
    cv::reduce(ink, reduced, dimension, cv::REDUCE_AVG, CV_64F);
    std::vector<double> out;
    for (int i = 0; i < static_cast<int>(reduced.total()); ++i) out.push_back(reduced.at<double>(i) / 255);
    return out;
}

Columns columns_of(const cv::Mat& ink, int first, int last) {
    const int reach = std::max(2, (last + 1 - first) / 5);
    const int top = std::max(0, first - reach);
    const int foot = std::min(ink.rows, last + 1 + reach);
    cv::Mat ground(0, ink.cols, ink.type());
    if (first > top) ground.push_back(ink.rowRange(top, first));
    if (foot > last + 1) ground.push_back(ink.rowRange(last + 1, foot));
    Columns columns{means(ink.rowRange(first, last + 1), 0), {}};
    columns.ground = ground.empty() ? std::vector<double>(columns.letters.size(), 1.0) : means(ground, 0);
    return columns;
}

// Whether the ground is dark, from a map of the light pixels: the ground fills
// most of the line, most of its surroundings and nearly all of the strips
// between it and its neighbours.
bool stands_on_dark(const cv::Mat& light, const cv::Rect& core) {
    const int strip = std::max(1, core.height / 4);
    const cv::Rect above(core.x, std::max(0, core.y - strip), core.width, strip);
    const cv::Rect below(core.x, std::min(light.rows - strip, core.br().y), core.width, strip);
    const double between = (cv::mean(light(above))[0] + cv::mean(light(below))[0]) / 2;
    const double around = cv::mean(light.colRange(core.x, core.br().x))[0];
    const double inside = cv::mean(light(core))[0];
    return between + around + inside < 1.5 * 255;
}

// Takes out what changes slowly along the line: shade and shine, whichever way the letters stand out.
cv::Mat evenly_lit(const cv::Mat& gray) {
    cv::Mat slow;
    cv::Mat even;
    cv::blur(gray, slow, {6 * kCore + 1, 2 * gray.rows + 1}, {-1, -1}, cv::BORDER_REPLICATE);
    cv::addWeighted(gray, 1, slow, -1, 128, even);
    return even;
}

// Wipes off what is no letter: pieces as high as the whole sample (edges,
// backgrounds) and thin frames around the text.
void wipe_frames(cv::Mat& ink) {
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centers;
    const int count = cv::connectedComponentsWithStats(ink, labels, stats, centers, 8, CV_32S);
    for (int i = 1; i < count; ++i) {
        const int* s = stats.ptr<int>(i);
        const int width = s[cv::CC_STAT_WIDTH];
        const int height = s[cv::CC_STAT_HEIGHT];
        const double filled = static_cast<double>(s[cv::CC_STAT_AREA]) / (width * height);
        const bool is_edge = height >= ink.rows - 1;
        const bool is_frame = width > 2 * kCore && filled < 0.2;
        if (is_edge || is_frame) ink.setTo(cv::Scalar(0), labels == i);
    }
}

// How clear the gaps between letters are, where the letters lean by `slant`.
double clearness(const cv::Mat& ink, double slant) {
    std::vector<int> columns(static_cast<std::size_t>(ink.cols + 2 * ink.rows), 0);
    for (int y = 0; y < ink.rows; ++y) {
        const uchar* row = ink.ptr<uchar>(y);
        const int offset = ink.rows - static_cast<int>(std::lround(slant * (y - ink.rows / 2.0)));
        for (int x = 0; x < ink.cols; ++x) columns[static_cast<std::size_t>(x + offset)] += row[x] != 0;
    }
    double sum = 0;
    for (const int c : columns) sum += static_cast<double>(c) * c;
    return sum;
}

struct Lean {
    double slant = 0;  // in units of TextLine::slant
    double clearness = 0;
};

// The shear that leaves the emptiest gaps between the letters.
Lean lean_of(const cv::Mat& ink) {
    Lean best;
    for (int step = -kSlantSteps; step <= kSlantSteps; ++step) {
        const double tried = kMostSlant * step / kSlantSteps;
        const double clear = clearness(ink, tried);
        if (clear > best.clearness) best = {tried, clear};
    }
    return best;
}

// How far the letters lean, if that is clear.
float slant_of(const cv::Mat& ink) {
    const Lean lean = lean_of(ink);
    return lean.clearness > kClearSlant * clearness(ink, 0) ? static_cast<float>(lean.slant) : 0.0F;
}

// Whether the letters of a bent line stand alike, as print on a bottle does that follows the bottle's axis, from the
// ink of `line` cut square to its middle; else they turn with the middle, as on a round seal.
bool stands_upright(const cv::Mat& ink, const TextLine& line, double zoom) {
    const float steepest = std::max(std::abs(line.slope(0)), std::abs(line.slope(line.length)));
    if (steepest < kSteepEnd || steepest * line.height / 2 < kShifted) return false;
    const auto slope_at = [&](int x) {
        return std::clamp(line.slope((static_cast<float>(x) + 0.5F) / static_cast<float>(zoom)), -1.0F, 1.0F);
    };
    cv::Mat upright = cv::Mat::zeros(ink.rows, ink.cols + 2 * ink.rows, ink.type());
    for (int x = 0; x < ink.cols; ++x) {
        const float slope = slope_at(x);
        for (int y = 0; y < ink.rows; ++y) {
            const float below = static_cast<float>(y) - static_cast<float>(ink.rows) / 2;
            upright.at<uchar>(y, x + ink.rows - static_cast<int>(std::lround(slope * below))) |= ink.at<uchar>(y, x);
        }
    }
    return lean_of(upright).clearness > kMostStandUpright * lean_of(ink).clearness;
}

}  // namespace

TextLine fitted_to_ink(const Pyramid& pyramid, const TextLine& line) {
    if (line.height < 2 || line.length < 2) return line;
    const float h = line.height;
    const float reach = h * (0.5F + kAbove);
    const TextLine wide = part_of(line, -kAside * h, line.length + kAside * h, -reach, reach);
    const double zoom = std::min(kCore / static_cast<double>(h), 3000.0 / static_cast<double>(wide.length));
    const cv::Mat gray = evenly_lit(contrast_of(cut_pixels(pyramid, wide, zoom)));

    const auto to_pixels = [&](float heights) { return static_cast<int>(std::lround(heights * h * zoom)); };
    const int top = std::clamp(to_pixels(kAbove), 0, gray.rows - 2);
    const int foot = std::clamp(gray.rows - top, top + 1, gray.rows);
    const int left = std::clamp(to_pixels(kAside), 0, gray.cols - 2);
    const int right = std::clamp(gray.cols - left, left + 1, gray.cols);
    const cv::Rect core(left, top, right - left, foot - top);
    cv::Mat ink;
    const double threshold = cv::threshold(gray(core), ink, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    cv::threshold(gray, ink, threshold, 255, cv::THRESH_BINARY);
    const bool light = stands_on_dark(ink, core);
    if (!light) cv::bitwise_not(ink, ink);

    wipe_frames(ink);
    const std::vector<double> rows = means(ink.colRange(left, right), 1);
    // Start inside the core: its edge may already lie in the gap to the next
    // line.
    const int inside = (foot - top) / 4;
    const int first = outer_row(rows, top + inside, 0);
    const int last = outer_row(rows, foot - 1 - inside, gray.rows - 1);
    TextLine as_is = line;
    as_is.light_on_dark = light;
    as_is.height *= kDetectorSeesLess;
    if (static_cast<float>(last - first) < kLeastHeight * kCore) return as_is;
    if (!line.upright && stands_upright(ink(cv::Rect(left, first, right - left, last + 1 - first)), line, zoom)) {
        TextLine upright = line;
        upright.upright = true;
        return fitted_to_ink(pyramid, upright);
    }
    const Columns columns = columns_of(ink, first, last);
    const int gap = to_pixels(kWordGap);
    // Start among the letters: the detector's ends may already lie in the gap to the next word, or beyond it.
    const int inner = std::min(to_pixels(kInsideLetters), (right - left) / 3);
    const int begin = outer_column(columns, left + inner, 0, gap);
    const int end = outer_column(columns, right - 1 - inner, gray.cols - 1, gap);
    if (end - begin < (right - left) / 2) return as_is;

    const float margin = kMargin * h;
    const auto unit = static_cast<float>(1 / zoom);
    const float v0 = static_cast<float>(first) * unit - wide.height / 2 - margin;
    const float v1 = static_cast<float>(last + 1) * unit - wide.height / 2 + margin;
    const float u0 = static_cast<float>(begin) * unit - 3 * margin;
    const float u1 = static_cast<float>(end + 1) * unit + 3 * margin;
    TextLine fitted = part_of(wide, u0, u1, v0, v1);
    fitted.light_on_dark = light;
    fitted.slant = slant_of(ink(cv::Rect(begin, first, end + 1 - begin, last + 1 - first)));
    return fitted;
}

}  // namespace magscan::ocr
