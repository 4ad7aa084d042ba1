#include "tools/batch/pictures.h"

#include <openssl/evp.h>
#include <webp/encode.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <optional>

#include "ocr/image.h"
#include "tools/files.h"

namespace magscan::tools::batch {
namespace {

using nlohmann::ordered_json;

constexpr int kDecodedSide = 1600;  // enough for words to be legible in the crop
const cv::Size kPhotoSize(120, 160);
const cv::Size kCropSize(420, 120);
constexpr float kQuality = 60;
constexpr double kCropMargin = 0.35;  // of the words' height, on each side

std::string data_uri(const cv::Mat& bgr) {
    std::uint8_t* encoded = nullptr;
    const std::size_t size =
        WebPEncodeBGR(bgr.data, bgr.cols, bgr.rows, static_cast<int>(bgr.step), kQuality, &encoded);
    std::string base64(4 * ((size + 2) / 3) + 1, '\0');
    if (size > 0) EVP_EncodeBlock(reinterpret_cast<unsigned char*>(base64.data()), encoded, static_cast<int>(size));
    WebPFree(encoded);
    base64.pop_back();
    return size > 0 ? "data:image/webp;base64," + base64 : "";
}

// Turned clockwise and shrunk to fit.
cv::Mat fitted(const cv::Mat& picture, int degrees, cv::Size most) {
    cv::Mat out = picture;
    if (degrees == 90) cv::rotate(picture, out, cv::ROTATE_90_CLOCKWISE);
    if (degrees == 180) cv::rotate(picture, out, cv::ROTATE_180);
    if (degrees == 270) cv::rotate(picture, out, cv::ROTATE_90_COUNTERCLOCKWISE);
    const double scale =
        std::min({1.0, static_cast<double>(most.width) / out.cols, static_cast<double>(most.height) / out.rows});
    cv::Mat small;
    cv::resize(out, small, {std::max(1, cvRound(out.cols * scale)), std::max(1, cvRound(out.rows * scale))}, 0, 0,
               cv::INTER_AREA);
    return small;
}

struct Words {
    std::size_t image = 0;
    cv::Rect2d box;  // in pixels of the photo as sent
};

// Where the first evidence of an entry with a place stands.
std::optional<Words> words_of(const ordered_json& entry) {
    for (const ordered_json& evidence : entry.at("evidence")) {
        std::vector<cv::Point2f> points;
        for (const ordered_json& point : evidence.at("polygon")) points.emplace_back(point.at(0), point.at(1));
        if (points.size() < 4) continue;
        const cv::RotatedRect words = cv::minAreaRect(points);
        const double margin = kCropMargin * std::min<double>(words.size.width, words.size.height);
        cv::Rect2d box = cv::boundingRect(points);
        box -= cv::Point2d(margin, margin);
        box += cv::Size2d(2 * margin, 2 * margin);
        return Words{evidence.at("image"), box};
    }
    return std::nullopt;
}

// How much an entry says: an amount of the element, another amount, or the name alone.
int weight_of(const ordered_json& entry) {
    const ordered_json& amount = entry.at("amount");
    return amount.is_null() ? 0 : amount.at("basis") == "elemental" ? 2 : 1;
}

std::optional<Words> best_words(const ordered_json& report) {
    std::optional<Words> best;
    int most = -1;
    for (const ordered_json& entry : report.at("magnesium")) {
        if (weight_of(entry) <= most) continue;
        if (auto words = words_of(entry)) {
            best = words;
            most = weight_of(entry);
        }
    }
    return best;
}

Pictures draw(const ordered_json& report, const std::vector<std::string>& files) {
    const auto words = best_words(report);
    const std::size_t index = words ? words->image : 0;
    const ordered_json& image = report.at("source").at("images").at(index);
    if (index >= files.size()) return {};
    const auto bytes = read_file(files[index], ocr::kMaxImageBytes);
    if (!bytes) return {};
    const auto decoded = ocr::decode_image(*bytes, kDecodedSide);
    if (!decoded || decoded->sha256 != image.at("sha256")) return {};
    const int degrees = image.at("rotation");
    Pictures out;
    out.photo = data_uri(fitted(decoded->bgr, degrees, kPhotoSize));
    if (!words) return out;
    const cv::Rect2d scaled(words->box.tl() * decoded->scale, words->box.size() * decoded->scale);
    const cv::Rect box = cv::Rect(scaled) & cv::Rect(0, 0, decoded->bgr.cols, decoded->bgr.rows);
    if (!box.empty()) out.crop = data_uri(fitted(decoded->bgr(box), degrees, kCropSize));
    return out;
}

}  // namespace

Pictures pictures_of(const ordered_json& report, const std::vector<std::string>& files) try {
    return draw(report, files);
} catch (const std::exception&) {
    return {};  // a report that was changed by hand, or too little memory: the page does without
}

}  // namespace magscan::tools::batch
