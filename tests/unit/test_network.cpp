#include "ocr/network.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <functional>
#include <nlohmann/json.hpp>
#include <random>
#include <vector>

#include "ocr/network_file.h"

using namespace magscan::ocr;
using nlohmann::json;

namespace {

std::string file_of(const json& header, const std::vector<float>& weights) {
    const std::string text = header.dump();
    const std::uint64_t length = text.size();
    std::string bytes = "MSNET001";
    bytes.append(reinterpret_cast<const char*>(&length), sizeof length);
    bytes += text;
    bytes.append(reinterpret_cast<const char*>(weights.data()), weights.size() * sizeof(float));
    return bytes;
}

std::vector<float> numbers(std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<float> out(count);
    for (float& number : out) number = static_cast<float>(random() % 2001) / 1000 - 1;
    return out;
}

cv::Mat picture(int height, int width, int channels, unsigned seed = 7) {
    const std::vector<float> all = numbers(static_cast<std::size_t>(height * width * channels), seed);
    cv::Mat out(height, width, CV_32FC(channels));
    std::memcpy(out.data, all.data(), all.size() * sizeof(float));
    return out;
}

float at(const cv::Mat& m, int y, int x, int c) {
    return m.ptr<float>(y)[x * m.channels() + c];
}

float& at(cv::Mat& m, int y, int x, int c) {
    return m.ptr<float>(y)[x * m.channels() + c];
}

cv::Mat run(const json& header, const std::vector<float>& weights, const cv::Mat& input, int threads = 1) {
    auto network = Network::load(file_of(header, weights), threads);
    if (!network) FAIL(network.error());
    return network->run(input);
}

// What a convolution is by definition: kernel as output x height x width x input, zeros beyond the edges.
cv::Mat convolved(const cv::Mat& in, const std::vector<float>& w, const std::vector<float>& bias, int kernel,
                  int stride, int pad) {
    const int outputs = static_cast<int>(bias.size());
    cv::Mat out((in.rows + 2 * pad - kernel) / stride + 1, (in.cols + 2 * pad - kernel) / stride + 1, CV_32FC(outputs));
    for (int y = 0; y < out.rows; ++y)
        for (int x = 0; x < out.cols; ++x)
            for (int o = 0; o < outputs; ++o) {
                float sum = bias[static_cast<std::size_t>(o)];
                for (int j = 0; j < kernel; ++j)
                    for (int i = 0; i < kernel; ++i)
                        for (int c = 0; c < in.channels(); ++c) {
                            const int row = y * stride + j - pad, col = x * stride + i - pad;
                            if (row < 0 || col < 0 || row >= in.rows || col >= in.cols) continue;
                            const int index = ((o * kernel + j) * kernel + i) * in.channels() + c;
                            sum += w[static_cast<std::size_t>(index)] * at(in, row, col, c);
                        }
                at(out, y, x, o) = sum;
            }
    return out;
}

// What a transposed convolution is by definition: each input adds the kernel, times itself, around its place.
cv::Mat spread_out(const cv::Mat& in, const std::vector<float>& w, int outputs, int kernel, int stride, int pad) {
    cv::Mat out = cv::Mat::zeros((in.rows - 1) * stride + kernel - 2 * pad, (in.cols - 1) * stride + kernel - 2 * pad,
                                 CV_32FC(outputs));
    for (int y = 0; y < in.rows; ++y)
        for (int x = 0; x < in.cols; ++x)
            for (int o = 0; o < outputs; ++o)
                for (int j = 0; j < kernel; ++j)
                    for (int i = 0; i < kernel; ++i)
                        for (int c = 0; c < in.channels(); ++c) {
                            const int row = y * stride + j - pad, col = x * stride + i - pad;
                            if (row < 0 || col < 0 || row >= out.rows || col >= out.cols) continue;
                            const int index = ((o * kernel + j) * kernel + i) * in.channels() + c;
                            at(out, row, col, o) += w[static_cast<std::size_t>(index)] * at(in, y, x, c);
                        }
    return out;
}

cv::Mat enlarged(const cv::Mat& in, int factor) {
    cv::Mat out(in.rows * factor, in.cols * factor, in.type());
    for (int y = 0; y < out.rows; ++y)
        for (int x = 0; x < out.cols; ++x)
            for (int c = 0; c < in.channels(); ++c) at(out, y, x, c) = at(in, y / factor, x / factor, c);
    return out;
}

double difference(const cv::Mat& a, const cv::Mat& b) {
    REQUIRE(a.size() == b.size());
    REQUIRE(a.type() == b.type());
    return cv::norm(a, b, cv::NORM_INF);
}

json conv(const char* op, int from, int to, int kernel, int stride, int pad, std::size_t weights, std::size_t bias) {
    return {{"op", op},         {"input", from}, {"output", to},       {"kernel", kernel},
            {"stride", stride}, {"pad", pad},    {"weights", weights}, {"bias", bias}};
}

}  // namespace

TEST_CASE("a convolution gives what its definition says, cut off where it is told to", "[network]") {
    const cv::Mat input = picture(9, 12, 3);
    const std::vector<float> w = numbers(5 * 3 * 3 * 3, 1), bias = numbers(5, 2);
    std::vector<float> all = w;
    all.insert(all.end(), bias.begin(), bias.end());
    for (const int stride : {1, 2}) {
        json layer = conv("conv", 0, 1, 3, stride, 1, 0, w.size());
        const cv::Mat expected = convolved(input, w, bias, 3, stride, 1);
        CHECK(difference(run({{"channels", {3, 5}}, {"output", 1}, {"layers", {layer}}}, all, input), expected) < 1e-5);
        layer["min"] = 0.0;
        layer["max"] = 0.5;
        const cv::Mat cut = cv::min(cv::max(expected, 0.0), 0.5);
        CHECK(difference(run({{"channels", {3, 5}}, {"output", 1}, {"layers", {layer}}}, all, input), cut) < 1e-5);
    }
}

TEST_CASE("a depthwise convolution keeps the channels apart", "[network]") {
    const cv::Mat input = picture(8, 8, 4);
    const std::vector<float> w = numbers(5 * 5 * 4, 3);
    std::vector<float> all = w;
    all.resize(w.size() + 4, 0.25F);
    const cv::Mat out = run(
        {{"channels", {4, 4}}, {"output", 1}, {"layers", {conv("depthwise", 0, 1, 5, 1, 2, 0, w.size())}}}, all, input);
    cv::Mat planes[4], results[4];
    cv::split(input, planes);
    cv::split(out, results);
    for (std::size_t c = 0; c < 4; ++c) {
        std::vector<float> own;
        for (std::size_t k = 0; k < 25; ++k) own.push_back(w[k * 4 + c]);
        CAPTURE(c);
        CHECK(difference(results[c], convolved(planes[c], own, {0.25F}, 5, 1, 2)) < 1e-5);
    }
}

TEST_CASE("a convolution of an enlarged picture can be done before it is enlarged", "[network]") {
    // Of a kernel (a, b, c) along each axis: (c, b + c, a + b, a), see tools/simplify_network.py.
    const cv::Mat input = picture(6, 5, 1);
    const std::vector<float> w = numbers(9, 4);
    const auto widened = [](float a, float b, float c) { return std::vector<float>{c, b + c, a + b, a}; };
    std::vector<float> rows[3], kernel(16);
    for (std::size_t j = 0; j < 3; ++j) rows[j] = widened(w[3 * j], w[3 * j + 1], w[3 * j + 2]);
    for (std::size_t i = 0; i < 4; ++i) {
        const auto column = widened(rows[0][i], rows[1][i], rows[2][i]);
        for (std::size_t j = 0; j < 4; ++j) kernel[j * 4 + i] = column[j];
    }
    kernel.push_back(0.5F);
    const cv::Mat out =
        run({{"channels", {1, 1}}, {"output", 1}, {"layers", {conv("deconv", 0, 1, 4, 2, 1, 0, 16)}}}, kernel, input);
    CHECK(difference(out, convolved(enlarged(input, 2), w, {0.5F}, 3, 1, 1)) < 1e-5);
}

TEST_CASE("each pixel can be enlarged to a square of its own, and what follows done with every number", "[network]") {
    const cv::Mat input = picture(3, 5, 2);
    std::vector<float> all = numbers(3 * 2 * 2 * 2, 6);
    const std::vector<float> w = all;
    all.insert(all.end(), {0.5F, -0.25F, 0});
    json layer = conv("deconv", 0, 1, 2, 2, 0, 0, w.size());
    layer["min"] = -0.5;
    const json then = {{"op", "affine"}, {"input", 1}, {"scale", 2}, {"shift", 1}};
    const cv::Mat out = run({{"channels", {2, 3}}, {"output", 1}, {"layers", {layer, then}}}, all, input);
    REQUIRE(out.size() == input.size() * 2);
    for (int y = 0; y < out.rows; ++y)
        for (int x = 0; x < out.cols; ++x)
            for (int o = 0; o < 3; ++o) {
                float sum = all[w.size() + static_cast<std::size_t>(o)];
                for (int c = 0; c < 2; ++c) {
                    const int index = ((o * 2 + y % 2) * 2 + x % 2) * 2 + c;
                    sum += w[static_cast<std::size_t>(index)] * at(input, y / 2, x / 2, c);
                }
                CAPTURE(y, x, o);
                CHECK(at(out, y, x, o) == Approx(2 * std::max(sum, -0.5F) + 1).margin(1e-5));
            }
}

TEST_CASE("what enlarges gives what its definition says, with and without overlap", "[network]") {
    const cv::Mat input = picture(4, 5, 3);
    struct Shape {
        int kernel, stride, pad;
    };
    for (const auto& [kernel, stride, pad] : {Shape{4, 2, 1}, Shape{2, 2, 0}, Shape{6, 2, 2}, Shape{6, 3, 1}}) {
        std::vector<float> all = numbers(static_cast<std::size_t>(2 * kernel * kernel * 3), 5);
        const cv::Mat expected = spread_out(input, all, 2, kernel, stride, pad);
        const json layer = conv("deconv", 0, 1, kernel, stride, pad, 0, all.size());
        all.resize(all.size() + 2, 0.0F);
        CAPTURE(kernel, stride, pad);
        CHECK(difference(run({{"channels", {3, 2}}, {"output", 1}, {"layers", {layer}}}, all, input), expected) < 1e-5);
    }
}

TEST_CASE("layers in place change every number, and only those", "[network]") {
    const cv::Mat input = picture(4, 6, 2) * 5;
    const auto each = [&](const json& layer, const std::function<float(float)>& is) {
        const cv::Mat out = run({{"channels", {2}}, {"output", 0}, {"layers", {layer}}}, {}, input);
        double most = 0;
        for (int y = 0; y < out.rows; ++y)
            for (int x = 0; x < out.cols; ++x)
                for (int c = 0; c < 2; ++c)
                    most = std::max<double>(most, std::abs(at(out, y, x, c) - is(at(input, y, x, c))));
        CHECK(most < 1e-5);
    };
    each({{"op", "hardswish"}, {"input", 0}}, [](float x) { return x * std::clamp(x + 3, 0.0F, 6.0F) / 6; });
    each({{"op", "affine"}, {"input", 0}, {"scale", 0.5}, {"shift", -2}}, [](float x) { return x / 2 - 2; });
    each({{"op", "sigmoid"}, {"input", 0}}, [](float x) { return 1 / (1 + std::exp(-x)); });
}

TEST_CASE("means weigh channels, and small tensors are added and laid side by side", "[network]") {
    const cv::Mat input = picture(8, 4, 2);
    const json mean = {{"op", "mean"}, {"input", 0}, {"output", 1}};
    const cv::Scalar means = cv::mean(input);
    const cv::Mat scaled =
        run({{"channels", {2, 2}}, {"output", 0}, {"layers", {mean, {{"op", "scale"}, {"input", 0}, {"by", 1}}}}}, {},
            input);
    CHECK(at(scaled, 5, 3, 1) == Approx(static_cast<double>(at(input, 5, 3, 1)) * means[1]).margin(1e-5));

    // Halved by a kernel that keeps each second pixel, added back, and cut off at 0.
    const std::vector<float> keep = {1, 0, 0, 1, 0, 0};
    const json half = conv("conv", 0, 1, 1, 2, 0, 0, 4);
    const cv::Mat summed =
        run({{"channels", {2, 2}},
             {"output", 0},
             {"layers", {half, {{"op", "add_upsampled"}, {"input", 0}, {"by", 1}, {"factor", 2}, {"min", 0}}}}},
            keep, input);
    CHECK(at(summed, 5, 3, 1) == Approx(std::max(0.0F, at(input, 5, 3, 1) + at(input, 4, 2, 1))).margin(1e-6));
    const json both = {half,
                       {{"op", "upsample"}, {"input", 1}, {"output", 2}, {"factor", 2}, {"channel", 0}},
                       {{"op", "upsample"}, {"input", 0}, {"output", 2}, {"factor", 1}, {"channel", 2}}};
    const cv::Mat joined = run({{"channels", {2, 2, 4}}, {"output", 2}, {"layers", both}}, keep, input);
    REQUIRE(joined.channels() == 4);
    CHECK(at(joined, 7, 1, 0) == at(input, 6, 0, 0));
    CHECK(at(joined, 7, 1, 3) == at(input, 7, 1, 1));
}

TEST_CASE("a network gives the same with any number of threads and after any other size", "[network]") {
    std::vector<float> all = numbers(16 * 9 * 3 + 16, 5);
    const json header = {{"channels", {3, 16}},
                         {"output", 1},
                         {"layers", {conv("conv", 0, 1, 3, 2, 1, 0, 16 * 9 * 3), {{"op", "hardswish"}, {"input", 1}}}}};
    auto network = Network::load(file_of(header, all), 3);
    REQUIRE(network);
    for (const cv::Size size : {cv::Size(64, 96), cv::Size(32, 32), cv::Size(128, 64), cv::Size(64, 96)}) {
        const cv::Mat input = picture(size.height, size.width, 3);
        CAPTURE(size.width, size.height);
        CHECK(difference(network->run(input), run(header, all, input)) == 0);
    }
}

TEST_CASE("sides that do not suit a network give nothing", "[network]") {
    const std::vector<float> keep = {1, 0};
    const json add = {{"op", "add_upsampled"}, {"input", 0}, {"by", 1}, {"factor", 2}};
    const json header = {{"channels", {1, 1}}, {"output", 0}, {"layers", {conv("conv", 0, 1, 1, 2, 0, 0, 1), add}}};
    CHECK_FALSE(run(header, keep, picture(4, 4, 1)).empty());
    CHECK(run(header, keep, picture(5, 4, 1)).empty());
    const json large = {{"channels", {1, 1}}, {"output", 1}, {"layers", {conv("conv", 0, 1, 1, 1, 0, 0, 1)}}};
    CHECK_THROWS_AS(run(large, keep, picture(4, 4, 3)), cv::Exception);
    CHECK_THROWS_AS(run(large, keep, cv::Mat()), cv::Exception);
}

TEST_CASE("a file that is no network is refused with its fault", "[network]") {
    const std::vector<float> weights(3 * 9 + 1, 0.5F);
    const json good = {{"channels", {3, 1}}, {"output", 1}, {"layers", {conv("conv", 0, 1, 3, 1, 1, 0, 27)}}};
    REQUIRE(read_network(file_of(good, weights)));
    const auto fault = [&](const json& header) {
        const auto read = read_network(file_of(header, weights));
        return read ? std::string() : read.error();
    };
    const auto changed = [&](const char* pointer, const json& value) {
        json header = good;
        header[json::json_pointer(pointer)] = value;
        return fault(header);
    };
    CHECK(changed("/layers/0/op", "convolve").find("no such layer: convolve") != std::string::npos);
    CHECK(changed("/layers/0/weights", 2).find("beyond the end") != std::string::npos);
    CHECK(changed("/layers/0/bias", 28).find("beyond the end") != std::string::npos);
    CHECK(changed("/layers/0/input", 1).find("before it is made") != std::string::npos);
    CHECK(changed("/layers/0/output", 2).find("out of range") != std::string::npos);
    CHECK(changed("/layers/0/kernel", -1).find("out of range") != std::string::npos);
    json enlarging = good;
    enlarging["layers"][0]["op"] = "deconv";
    CHECK(fault(enlarging).empty());
    enlarging["layers"][0]["stride"] = 2;
    CHECK(fault(enlarging).find("no whole number of strides") != std::string::npos);
    CHECK(changed("/channels/0", 1000000).find("out of range") != std::string::npos);
    CHECK_FALSE(changed("/output", "first").empty());
    const std::string whole = file_of(good, weights);
    CHECK_FALSE(read_network(""));
    CHECK_FALSE(read_network(whole.substr(0, 60)));
    CHECK_FALSE(read_network("MSNET002" + whole.substr(8)));
    CHECK_FALSE(read_network(whole.substr(0, whole.size() - 4)));
}
