#include "ocr/network.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <exception>
#include <utility>
#include <vector>

#include "ocr/convolution.h"
#include "ocr/network_file.h"
#include "ocr/omp_threads.h"

namespace magscan::ocr {
namespace {

using Op = Layer::Op;

struct Buffer {
    std::unique_ptr<float[]> data;
    std::size_t capacity = 0;
};

struct Tensor {
    int height = 0;
    int width = 0;
    int channels = 0;
    Buffer buffer;

    std::size_t pixels() const { return static_cast<std::size_t>(height) * static_cast<std::size_t>(width); }
    std::size_t size() const { return pixels() * static_cast<std::size_t>(channels); }
    float* pixel(int y, int x) {
        const auto index = static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
        return data() + index * static_cast<std::size_t>(channels);
    }
    const float* data() const { return buffer.data.get(); }
    float* data() { return buffer.data.get(); }
};

bool convolves(Op op) {
    return op == Op::kConv || op == Op::kDepthwise || op == Op::kDeconv;
}

bool is_of_each_number(Op op) {
    return op == Op::kHardswish || op == Op::kAffine || op == Op::kSigmoid;
}

void hardswish(Tensor& tensor) {
    std::for_each(tensor.data(), tensor.data() + tensor.size(),
                  [](float& x) { x *= std::clamp(x + 3, 0.0F, 6.0F) / 6; });
}

void sigmoid(Tensor& tensor) {
    std::for_each(tensor.data(), tensor.data() + tensor.size(), [](float& x) { x = 1 / (1 + std::exp(-x)); });
}

void affine(Tensor& tensor, const Layer& layer) {
    cv::Mat numbers(tensor.height, tensor.width * tensor.channels, CV_32F, tensor.data());
    numbers.convertTo(numbers, CV_32F, static_cast<double>(layer.scale), static_cast<double>(layer.shift));
}

void mean(Tensor& tensor, Tensor& out) {
    const auto channels = static_cast<std::size_t>(tensor.channels);
    std::fill_n(out.data(), channels, 0.0F);
    const float* from = tensor.data();
    for (std::size_t i = 0; i < tensor.pixels(); ++i, from += channels) {
        for (std::size_t c = 0; c < channels; ++c) out.data()[c] += from[c];
    }
    for (std::size_t c = 0; c < channels; ++c) out.data()[c] /= static_cast<float>(tensor.pixels());
}

void scale(Tensor& tensor, const Tensor& by) {
    const auto channels = static_cast<std::size_t>(tensor.channels);
    float* to = tensor.data();
    for (std::size_t i = 0; i < tensor.pixels(); ++i, to += channels) {
        for (std::size_t c = 0; c < channels; ++c) to[c] *= by.data()[c];
    }
}

void add_upsampled(Tensor& tensor, Tensor& small, const Layer& layer) {
    for (int y = 0; y < tensor.height; ++y) {
        for (int x = 0; x < tensor.width; ++x) {
            float* to = tensor.pixel(y, x);
            const float* from = small.pixel(y / layer.factor, x / layer.factor);
            for (int c = 0; c < tensor.channels; ++c) to[c] = std::max(to[c] + from[c], layer.least);
        }
    }
}

void upsample(Tensor& small, Tensor& tensor, const Layer& layer) {
    const std::size_t bytes = sizeof(float) * static_cast<std::size_t>(small.channels);
    for (int y = 0; y < tensor.height; ++y) {
        for (int x = 0; x < tensor.width; ++x) {
            std::memcpy(tensor.pixel(y, x) + layer.channel, small.pixel(y / layer.factor, x / layer.factor), bytes);
        }
    }
}

}  // namespace

// A layer, and what the numbers that come out of it go through at once.
struct Step {
    Layer layer;
    std::unique_ptr<Convolution> convolution;  // of a layer that convolves
};

struct Network::State {
    NetworkFile file;
    int threads = 1;
    std::vector<Step> steps;
    std::vector<std::size_t> last_use;  // of each tensor: the step after which its memory is free
    std::vector<Tensor> tensors;
    std::vector<Buffer> spare;

    Tensor& tensor(int index) { return tensors[static_cast<std::size_t>(index)]; }
    void plan();
    bool make(int index, int height, int width);
    bool shape_output(const Layer& layer);
    bool run(const Step& step);
    void release(std::size_t step);
};

void Network::State::plan() {
    const auto channels = [&](int index) { return file.channels[static_cast<std::size_t>(index)]; };
    for (auto it = file.layers.begin(); it != file.layers.end();) {
        const Layer& layer = *it++;
        Step step{layer, nullptr};
        if (convolves(layer.op)) {
            std::vector<Layer> then;
            while (it != file.layers.end() && is_of_each_number(it->op) && it->input == layer.output)
                then.push_back(*it++);
            step.convolution = std::make_unique<Convolution>(layer, channels(layer.input), channels(layer.output),
                                                             file.weights.data() + layer.weights,
                                                             file.weights.data() + layer.bias, then);
        }
        steps.push_back(std::move(step));
    }
    tensors.resize(file.channels.size());
    last_use.assign(file.channels.size(), 0);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        for (const int used : {steps[i].layer.input, steps[i].layer.by, steps[i].layer.output})
            last_use[static_cast<std::size_t>(used)] = i;
    }
    last_use[static_cast<std::size_t>(file.output)] = steps.size();
}

// Gives a tensor its size and memory; what it held is lost. False where nothing of it would be left.
bool Network::State::make(int index, int height, int width) {
    Tensor& made = tensor(index);
    made.height = height;
    made.width = width;
    made.channels = file.channels[static_cast<std::size_t>(index)];
    if (height < 1 || width < 1) return false;
    const std::size_t needed = made.size();
    if (made.buffer.capacity >= needed) return true;
    const auto fits = [&](const Buffer& b) { return b.capacity >= needed; };
    auto best = std::find_if(spare.begin(), spare.end(), fits);
    for (auto it = best; it != spare.end(); ++it) {
        if (fits(*it) && it->capacity < best->capacity) best = it;
    }
    if (best == spare.end()) {
        made.buffer = {std::unique_ptr<float[]>(new float[needed]), needed};
    } else {
        made.buffer = std::move(*best);
        spare.erase(best);
    }
    return true;
}

// False where the picture's size does not suit the network: a side that some layer can't halve.
bool Network::State::shape_output(const Layer& layer) {
    const Tensor& in = tensor(layer.input);
    const Tensor& by = tensor(layer.by);
    switch (layer.op) {
        case Op::kConv:
        case Op::kDepthwise: {
            const auto side = [&](int of) { return (of + 2 * layer.pad - layer.kernel) / layer.stride + 1; };
            return make(layer.output, side(in.height), side(in.width));
        }
        case Op::kDeconv: {
            const auto side = [&](int of) { return (of - 1) * layer.stride + layer.kernel - 2 * layer.pad; };
            return make(layer.output, side(in.height), side(in.width));
        }
        case Op::kMean:
            return make(layer.output, 1, 1);
        case Op::kUpsample: {
            const Tensor& out = tensor(layer.output);
            const int height = in.height * layer.factor, width = in.width * layer.factor;
            const bool begun = out.buffer.capacity > 0;
            return begun ? out.height == height && out.width == width : make(layer.output, height, width);
        }
        case Op::kAddUpsampled:
            return by.height * layer.factor == in.height && by.width * layer.factor == in.width;
        case Op::kScale:
            return by.pixels() == 1;
        default:
            return true;
    }
}

bool Network::State::run(const Step& step) {
    const Layer& layer = step.layer;
    if (!shape_output(layer)) return false;
    Tensor& in = tensor(layer.input);
    Tensor& out = tensor(layer.output);
    switch (layer.op) {
        case Op::kConv:
        case Op::kDepthwise:
        case Op::kDeconv:
            step.convolution->run(in.data(), in.height, in.width, out.data(), out.height, out.width);
            break;
        case Op::kHardswish:
            hardswish(in);
            break;
        case Op::kAffine:
            affine(in, layer);
            break;
        case Op::kSigmoid:
            sigmoid(in);
            break;
        case Op::kMean:
            mean(in, out);
            break;
        case Op::kScale:
            scale(in, tensor(layer.by));
            break;
        case Op::kAddUpsampled:
            add_upsampled(in, tensor(layer.by), layer);
            break;
        case Op::kUpsample:
            upsample(in, out, layer);
            break;
    }
    return true;
}

void Network::State::release(std::size_t step) {
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        if (last_use[i] != step || tensors[i].buffer.capacity == 0) continue;
        spare.push_back(std::move(tensors[i].buffer));
        tensors[i].buffer = {};
    }
}

Network::Network(std::unique_ptr<State> state) : state_(std::move(state)) {}
Network::~Network() = default;
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;

tl::expected<Network, std::string> Network::load(std::string_view bytes, int threads) {
    auto file = read_network(bytes);
    if (!file) return tl::make_unexpected(file.error());
    auto state = std::make_unique<State>();
    state->file = std::move(*file);
    state->threads = threads;
    try {
        state->plan();
    } catch (const std::exception& error) {
        return tl::make_unexpected(std::string("oneDNN does not run here: ") + error.what());
    }
    return Network(std::move(state));
}

cv::Mat Network::run(const cv::Mat& picture) {
    State& s = *state_;
    CV_Assert(picture.type() == CV_32FC(s.file.channels[0]) && !picture.empty());
    s.make(0, picture.rows, picture.cols);
    picture.copyTo(cv::Mat(picture.size(), picture.type(), s.tensor(0).data()));
    const OmpThreads used(s.threads);
    bool fits = true;
    for (std::size_t i = 0; fits && i < s.steps.size(); ++i) {
        fits = s.run(s.steps[i]);
        s.release(i);
    }
    if (!fits) return {};
    Tensor& out = s.tensor(s.file.output);
    return cv::Mat(out.height, out.width, CV_32FC(out.channels), out.data()).clone();
}

}  // namespace magscan::ocr
