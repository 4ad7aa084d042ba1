#include "ocr/percentile.h"

#include <array>

namespace magscan::ocr {

int percentile(const cv::Mat& gray, double share) {
    std::array<int, 256> count{};
    for (int y = 0; y < gray.rows; ++y) {
        const uchar* row = gray.ptr<uchar>(y);
        for (int x = 0; x < gray.cols; ++x) ++count[row[x]];
    }
    auto left = static_cast<long long>(share * static_cast<double>(gray.total()));
    for (int value = 0; value < 256; ++value) {
        left -= count[static_cast<std::size_t>(value)];
        if (left < 0) return value;
    }
    return 255;
}

}  // namespace magscan::ocr
