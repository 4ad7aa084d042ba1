#include "ocr/print_area.h"

#include <opencv2/imgproc.hpp>

namespace magscan::ocr {
namespace {

constexpr int kCell = 16;         // pixels
constexpr double kEdge = 10;      // grey levels between neighbours from which there is an edge
constexpr double kFilled = 0.05;  // share of edge pixels in a cell that may hold print
constexpr int kMargin = 32;       // pixels

}  // namespace

cv::Rect print_area(const cv::Mat& bgr) {
    if (bgr.empty()) return {};
    cv::Mat gray;
    cv::cvtColor(bgr, gray, cv::COLOR_BGR2GRAY);
    cv::Mat edges;
    cv::morphologyEx(gray, edges, cv::MORPH_GRADIENT, cv::Mat::ones(3, 3, CV_8U));
    edges = edges > kEdge;
    cv::Mat cells;
    const cv::Size grid((bgr.cols + kCell - 1) / kCell, (bgr.rows + kCell - 1) / kCell);
    cv::resize(edges, cells, grid, 0, 0, cv::INTER_AREA);
    std::vector<cv::Point> filled;
    cv::findNonZero(cells > 255 * kFilled, filled);
    if (filled.empty()) return {};
    const cv::Rect box = cv::boundingRect(filled);
    const auto x = static_cast<double>(bgr.cols) / grid.width;
    const auto y = static_cast<double>(bgr.rows) / grid.height;
    const cv::Point start(static_cast<int>(box.x * x) - kMargin, static_cast<int>(box.y * y) - kMargin);
    const cv::Point end(static_cast<int>(box.br().x * x) + kMargin, static_cast<int>(box.br().y * y) + kMargin);
    return cv::Rect(start, end) & cv::Rect({}, bgr.size());
}

}  // namespace magscan::ocr
