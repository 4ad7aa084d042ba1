#include "ocr/network.h"

#include <pthreadpool.h>
#include <xnnpack.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "ocr/network_file.h"

namespace magscan::ocr {
namespace {

using Op = Layer::Op;

constexpr float kNoBound = std::numeric_limits<float>::infinity();

struct DeleteOperator {
    void operator()(xnn_operator_t op) const { xnn_delete_operator(op); }
};
using Operator = std::unique_ptr<xnn_operator, DeleteOperator>;

struct DeletePool {
    void operator()(pthreadpool_t pool) const { pthreadpool_destroy(pool); }
};
using Pool = std::unique_ptr<pthreadpool, DeletePool>;

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

// What XNNPACK does for a layer; null for those that it has nothing for.
Operator make_operator(const Layer& layer, const NetworkFile& file) {
    const auto unsigned_of = [](int value) { return static_cast<std::uint32_t>(value); };
    const auto channels = [&](int tensor) {
        return static_cast<std::size_t>(file.channels[static_cast<std::size_t>(tensor)]);
    };
    const std::size_t in = channels(layer.input);
    const std::size_t out = channels(layer.output);
    const std::uint32_t kernel = unsigned_of(layer.kernel), stride = unsigned_of(layer.stride);
    const std::uint32_t pad = unsigned_of(layer.pad);
    const float* weights = file.weights.data() + layer.weights;
    const float* bias = file.weights.data() + layer.bias;
    xnn_operator_t made = nullptr;
    switch (layer.op) {
        case Op::kConv:
            xnn_create_convolution2d_nhwc_f32(pad, pad, pad, pad, kernel, kernel, stride, stride, 1, 1, 1, in, out, in,
                                              out, weights, bias, layer.least, layer.most, 0, &made);
            break;
        case Op::kDepthwise:
            xnn_create_convolution2d_nhwc_f32(pad, pad, pad, pad, kernel, kernel, stride, stride, 1, 1,
                                              static_cast<std::uint32_t>(in), 1, 1, in, out, weights, bias, layer.least,
                                              layer.most, XNN_FLAG_DEPTHWISE_CONVOLUTION, &made);
            break;
        case Op::kDeconv:
            xnn_create_deconvolution2d_nhwc_f32(pad, pad, pad, pad, kernel, kernel, stride, stride, 1, 1, 1, in, out,
                                                in, out, weights, bias, layer.least, layer.most, 0, &made);
            break;
        case Op::kHardswish:
            xnn_create_hardswish_nc_f32(in, in, in, 0, &made);
            break;
        case Op::kSigmoid:
            xnn_create_sigmoid_nc_f32(in, in, in, 0, &made);
            break;
        case Op::kMean:
            xnn_create_global_average_pooling_nwc_f32(in, in, in, -kNoBound, kNoBound, 0, &made);
            break;
        case Op::kScale:
            xnn_create_multiply_nd_f32(-kNoBound, kNoBound, 0, &made);
            break;
        case Op::kAffine:
        case Op::kAddUpsampled:
        case Op::kUpsample:
            break;
    }
    return Operator(made);
}

bool is_xnnpack(Op op) {
    return op != Op::kAffine && op != Op::kAddUpsampled && op != Op::kUpsample;
}

void affine(Tensor& tensor, const Layer& layer) {
    cv::Mat numbers(tensor.height, tensor.width * tensor.channels, CV_32F, tensor.data());
    numbers.convertTo(numbers, CV_32F, static_cast<double>(layer.scale), static_cast<double>(layer.shift));
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

struct Network::State {
    NetworkFile file;  // without its weights
    std::vector<Operator> operators;
    std::vector<std::size_t> last_use;  // of each tensor: the layer after which its memory is free
    std::vector<Tensor> tensors;
    std::vector<Buffer> spare;
    Pool pool;

    Tensor& tensor(int index) { return tensors[static_cast<std::size_t>(index)]; }
    bool make(int index, int height, int width);
    bool shape_output(const Layer& layer);
    bool run(const Layer& layer, xnn_operator_t op);
    void release(std::size_t layer);
    void rest();
};

// Gives a tensor its size and memory; what it held is lost. False where nothing of it would be left.
bool Network::State::make(int index, int height, int width) {
    Tensor& made = tensor(index);
    made.height = height;
    made.width = width;
    made.channels = file.channels[static_cast<std::size_t>(index)];
    if (height < 1 || width < 1) return false;
    const std::size_t needed = made.size() + XNN_EXTRA_BYTES / sizeof(float);
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

bool Network::State::run(const Layer& layer, xnn_operator_t op) {
    if (!shape_output(layer)) return false;
    Tensor& in = tensor(layer.input);
    Tensor& out = tensor(layer.output);
    const auto height = static_cast<std::size_t>(in.height), width = static_cast<std::size_t>(in.width);
    xnn_status status = xnn_status_success;
    switch (layer.op) {
        case Op::kConv:
        case Op::kDepthwise:
            status = xnn_setup_convolution2d_nhwc_f32(op, 1, height, width, in.data(), out.data(), pool.get());
            break;
        case Op::kDeconv:
            status = xnn_setup_deconvolution2d_nhwc_f32(op, 1, height, width, 0, 0, in.data(), out.data(), pool.get());
            break;
        case Op::kHardswish:
            status = xnn_setup_hardswish_nc_f32(op, in.pixels(), in.data(), in.data(), pool.get());
            break;
        case Op::kSigmoid:
            status = xnn_setup_sigmoid_nc_f32(op, in.pixels(), in.data(), in.data(), pool.get());
            break;
        case Op::kMean:
            status = xnn_setup_global_average_pooling_nwc_f32(op, 1, in.pixels(), in.data(), out.data(), pool.get());
            break;
        case Op::kScale: {
            const std::size_t all[] = {in.pixels(), static_cast<std::size_t>(in.channels)};
            const std::size_t one[] = {1, static_cast<std::size_t>(in.channels)};
            const Tensor& by = tensor(layer.by);
            status = xnn_setup_multiply_nd_f32(op, 2, all, 2, one, in.data(), by.data(), in.data(), pool.get());
            break;
        }
        case Op::kAffine:
            affine(in, layer);
            return true;
        case Op::kAddUpsampled:
            add_upsampled(in, tensor(layer.by), layer);
            return true;
        case Op::kUpsample:
            upsample(in, out, layer);
            return true;
    }
    return status == xnn_status_success && xnn_run_operator(op, pool.get()) == xnn_status_success;
}

// Behind an operator the workers spin for some 20 ms in wait of the next one, which is time taken from whoever reads
// the text. Told that none follows they sleep.
void Network::State::rest() {
    const auto nothing = [](void*, std::size_t) {};
    if (pool == nullptr) return;
    pthreadpool_parallelize_1d(pool.get(), nothing, nullptr, pthreadpool_get_threads_count(pool.get()),
                               PTHREADPOOL_FLAG_YIELD_WORKERS);
}

void Network::State::release(std::size_t layer) {
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        if (last_use[i] != layer || tensors[i].buffer.capacity == 0) continue;
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
    if (xnn_initialize(nullptr) != xnn_status_success) return tl::make_unexpected("XNNPACK does not run here");
    auto state = std::make_unique<State>();
    state->tensors.resize(file->channels.size());
    state->last_use.assign(file->channels.size(), 0);
    for (std::size_t i = 0; i < file->layers.size(); ++i) {
        const Layer& layer = file->layers[i];
        state->operators.push_back(make_operator(layer, *file));
        if (!state->operators.back() && is_xnnpack(layer.op)) {
            return tl::make_unexpected("XNNPACK refuses layer " + std::to_string(i));
        }
        for (const int tensor : {layer.input, layer.by, layer.output}) {
            state->last_use[static_cast<std::size_t>(tensor)] = i;
        }
    }
    state->last_use[static_cast<std::size_t>(file->output)] = file->layers.size();
    if (threads > 1) state->pool.reset(pthreadpool_create(static_cast<std::size_t>(std::min(threads, 64))));
    file->weights = {};
    state->file = std::move(*file);
    return Network(std::move(state));
}

cv::Mat Network::run(const cv::Mat& picture) {
    State& s = *state_;
    CV_Assert(picture.type() == CV_32FC(s.file.channels[0]) && !picture.empty());
    s.make(0, picture.rows, picture.cols);
    picture.copyTo(cv::Mat(picture.size(), picture.type(), s.tensor(0).data()));
    bool fits = true;
    for (std::size_t i = 0; fits && i < s.file.layers.size(); ++i) {
        fits = s.run(s.file.layers[i], s.operators[i].get());
        s.release(i);
    }
    s.rest();
    if (!fits) return {};
    Tensor& out = s.tensor(s.file.output);
    return cv::Mat(out.height, out.width, CV_32FC(out.channels), out.data()).clone();
}

}  // namespace magscan::ocr
