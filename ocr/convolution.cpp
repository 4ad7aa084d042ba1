#include "ocr/convolution.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <dnnl.hpp>
#include <limits>

namespace magscan::ocr {
namespace {

using dnnl::memory;
using Op = Layer::Op;

constexpr auto kFloat = memory::data_type::f32;
constexpr auto kAny = memory::format_tag::any;

memory::desc pixels_of(int height, int width, int channels) {
    return {{1, channels, height, width}, kFloat, memory::format_tag::nhwc};
}

void* unconst(const float* data) {
    return const_cast<float*>(data);  // NOLINT(cppcoreguidelines-pro-type-const-cast): oneDNN only reads it
}

// Cuts off at the layer's bounds, then does what follows.
dnnl::post_ops finish(const Layer& layer, const std::vector<Layer>& then) {
    dnnl::post_ops ops;
    constexpr float kLeast = std::numeric_limits<float>::lowest(), kMost = std::numeric_limits<float>::max();
    if (std::isfinite(layer.least) || std::isfinite(layer.most)) {
        ops.append_eltwise(1, dnnl::algorithm::eltwise_clip, std::max(layer.least, kLeast),
                           std::min(layer.most, kMost));
    }
    for (const Layer& next : then) {
        if (next.op == Op::kHardswish) ops.append_eltwise(1, dnnl::algorithm::eltwise_hardswish, 0, 0);
        if (next.op == Op::kAffine) ops.append_eltwise(1, dnnl::algorithm::eltwise_linear, next.scale, next.shift);
        if (next.op == Op::kSigmoid) ops.append_eltwise(1, dnnl::algorithm::eltwise_logistic, 0, 0);
    }
    return ops;
}

// What enlarges without overlap is a convolution of one pixel whose outputs are laid out as a square.
bool makes_squares(const Layer& layer) {
    return layer.op == Op::kDeconv && layer.kernel == layer.stride && layer.pad == 0;
}

}  // namespace

struct Convolution::State {
    Layer layer;
    int inputs = 0;
    int outputs = 0;
    dnnl::engine engine{dnnl::engine::kind::cpu, 0};
    dnnl::stream stream{engine};
    dnnl::primitive_attr attributes;
    memory weights;  // as the file has them
    memory bias;
    std::vector<float> own;      // weights and bias of squares
    std::vector<float> squares;  // before they are laid out

    int height = 0;  // of the input that the following are made for
    int width = 0;
    dnnl::primitive primitive;
    memory arranged;  // weights, as the primitive wants them

    void keep(const memory::dims& shape, const memory::dims& strides, const float* data, const float* biases,
              int count);
    void keep_squares(const float* data, const float* biases);
    void make(int rows, int cols, const memory::desc& output);
    template <class Forward, class... Steps>
    void make(dnnl::algorithm algorithm, const memory::desc& input, const memory::desc& output, Steps... steps);
    void lay_out(int rows, int cols, float* output) const;
};

void Convolution::State::keep(const memory::dims& shape, const memory::dims& strides, const float* data,
                              const float* biases, int count) {
    weights = memory({shape, kFloat, strides}, engine, unconst(data));
    bias = memory({{count}, kFloat, memory::format_tag::a}, engine, unconst(biases));
}

// From output x height x width x input to one output for each place in the square.
void Convolution::State::keep_squares(const float* data, const float* biases) {
    const auto area = static_cast<std::size_t>(layer.kernel * layer.kernel);
    const auto in = static_cast<std::size_t>(inputs), out = static_cast<std::size_t>(outputs);
    own.resize(area * out * (in + 1));
    for (std::size_t place = 0; place < area; ++place) {
        for (std::size_t o = 0; o < out; ++o) {
            std::copy_n(data + (o * area + place) * in, in, own.data() + (place * out + o) * in);
            own[area * out * in + place * out + o] = biases[o];
        }
    }
    const int all = layer.kernel * layer.kernel * outputs;
    keep({all, inputs, 1, 1}, {inputs, 1, inputs, inputs}, own.data(), own.data() + area * out * in, all);
}

template <class Forward, class... Steps>
void Convolution::State::make(dnnl::algorithm algorithm, const memory::desc& input, const memory::desc& output,
                              Steps... steps) {
    const memory::desc shape = weights.get_desc();
    const memory::desc wanted(shape.dims(), kFloat, kAny);
    const typename Forward::desc what(dnnl::prop_kind::forward_inference, algorithm, input, wanted, bias.get_desc(),
                                      output, steps...);
    const typename Forward::primitive_desc how(what, attributes, engine);
    primitive = Forward(how);
    if (arranged && arranged.get_desc() == how.weights_desc()) return;
    arranged = memory(how.weights_desc(), engine);
    dnnl::reorder(weights, arranged).execute(stream, weights, arranged);
}

void Convolution::State::make(int rows, int cols, const memory::desc& output) {
    const memory::desc input = pixels_of(rows, cols, inputs);
    const int kernel_step = makes_squares(layer) ? 1 : layer.stride;
    const memory::dims step{kernel_step, kernel_step}, pad{layer.pad, layer.pad};
    if (layer.op == Op::kDeconv && !makes_squares(layer)) {
        make<dnnl::deconvolution_forward>(dnnl::algorithm::deconvolution_direct, input, output, step, pad, pad);
    } else {
        make<dnnl::convolution_forward>(dnnl::algorithm::convolution_direct, input, output, step, pad, pad);
    }
    height = rows;
    width = cols;
}

void Convolution::State::lay_out(int rows, int cols, float* output) const {
    const auto side = static_cast<std::size_t>(layer.kernel);
    const std::size_t row = side * static_cast<std::size_t>(outputs);  // of one square
    const float* from = squares.data();
    for (int y = 0; y < rows; ++y) {
        float* to = output + static_cast<std::size_t>(y) * side * static_cast<std::size_t>(cols) * row;
        for (int x = 0; x < cols; ++x, to += row) {
            for (std::size_t j = 0; j < side; ++j, from += row) {
                std::memcpy(to + j * static_cast<std::size_t>(cols) * row, from, row * sizeof(float));
            }
        }
    }
}

Convolution::Convolution(const Layer& layer, int inputs, int outputs, const float* weights, const float* bias,
                         const std::vector<Layer>& then)
    : state_(std::make_unique<State>()) {
    State& s = *state_;
    s.layer = layer;
    s.inputs = inputs;
    s.outputs = outputs;
    s.attributes.set_post_ops(finish(layer, then));
    const memory::dim k = layer.kernel, in = inputs, out = outputs;
    if (layer.op == Op::kDepthwise) {
        s.keep({out, 1, 1, k, k}, {1, out, out, k * out, out}, weights, bias, outputs);
    } else if (makes_squares(layer)) {
        s.keep_squares(weights, bias);
    } else {
        s.keep({out, in, k, k}, {k * k * in, 1, k * in, in}, weights, bias, outputs);
    }
}

Convolution::~Convolution() = default;
Convolution::Convolution(Convolution&&) noexcept = default;
Convolution& Convolution::operator=(Convolution&&) noexcept = default;

void Convolution::run(const float* input, int height, int width, float* output, int output_height, int output_width) {
    State& s = *state_;
    const bool squares = makes_squares(s.layer);
    const int count = squares ? s.outputs * s.layer.kernel * s.layer.kernel : s.outputs;
    const memory::desc result =
        squares ? pixels_of(height, width, count) : pixels_of(output_height, output_width, count);
    if (s.height != height || s.width != width) s.make(height, width, result);
    if (squares) s.squares.resize(result.get_size() / sizeof(float));
    memory in(pixels_of(height, width, s.inputs), s.engine, unconst(input));
    memory out(result, s.engine, squares ? s.squares.data() : output);
    s.primitive.execute(
        s.stream, {{DNNL_ARG_SRC, in}, {DNNL_ARG_WEIGHTS, s.arranged}, {DNNL_ARG_BIAS, s.bias}, {DNNL_ARG_DST, out}});
    s.stream.wait();
    if (squares) s.lay_out(height, width, output);
}

}  // namespace magscan::ocr
