#include "ocr/convolution.h"

#include <algorithm>
#include <cmath>
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

// What enlarges is a convolution too: each input becomes a square of stride x stride outputs, and at each place of the
// square another part of the kernel weighs the inputs around. So there is an output for each place, laid out
// afterwards.
bool makes_squares(const Layer& layer) {
    return layer.op == Op::kDeconv;
}

// Inputs along a side that weigh on an output of a square.
int reach_of(const Layer& layer) {
    return layer.kernel / layer.stride;
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
    void lay_out(int cols, float* output, int output_rows, int output_cols) const;
};

void Convolution::State::keep(const memory::dims& shape, const memory::dims& strides, const float* data,
                              const float* biases, int count) {
    weights = memory({shape, kFloat, strides}, engine, unconst(data));
    bias = memory({{count}, kFloat, memory::format_tag::a}, engine, unconst(biases));
}

// From output x height x width x input to one such output for each place in the square.
void Convolution::State::keep_squares(const float* data, const float* biases) {
    const int stride = layer.stride, reach = reach_of(layer), all = stride * stride * outputs;
    const auto in = static_cast<std::size_t>(inputs);
    own.reserve(static_cast<std::size_t>(all) * (in * static_cast<std::size_t>(reach * reach) + 1));
    const auto each = [](int rows, int cols, const auto& with) {
        for (int y = 0; y < rows; ++y)
            for (int x = 0; x < cols; ++x) with(y, x);
    };
    const auto tap = [&](int place, int input) { return place + stride * (reach - 1 - input); };
    each(stride, stride, [&](int y, int x) {
        for (int o = 0; o < outputs; ++o) {
            each(reach, reach, [&](int j, int i) {
                const int index = (o * layer.kernel + tap(y, j)) * layer.kernel + tap(x, i);
                const float* from = data + static_cast<std::size_t>(index) * in;
                own.insert(own.end(), from, from + in);
            });
        }
    });
    const std::size_t end = own.size();
    for (int place = 0; place < stride * stride; ++place) own.insert(own.end(), biases, biases + outputs);
    const memory::dim in_row = inputs, taps = reach;
    keep({all, in_row, taps, taps}, {taps * taps * in_row, 1, taps * in_row, in_row}, own.data(), own.data() + end,
         all);
}

void Convolution::State::make(int rows, int cols, const memory::desc& output) {
    const int kernel_step = makes_squares(layer) ? 1 : layer.stride;
    const int kernel_pad = makes_squares(layer) ? reach_of(layer) - 1 : layer.pad;
    const memory::dims step{kernel_step, kernel_step}, pad{kernel_pad, kernel_pad};
    const memory::desc wanted(weights.get_desc().dims(), kFloat, kAny);
    const dnnl::convolution_forward::desc what(dnnl::prop_kind::forward_inference, dnnl::algorithm::convolution_direct,
                                               pixels_of(rows, cols, inputs), wanted, bias.get_desc(), output, step,
                                               pad, pad);
    const dnnl::convolution_forward::primitive_desc how(what, attributes, engine);
    primitive = dnnl::convolution_forward(how);
    height = rows;
    width = cols;
    if (arranged && arranged.get_desc() == how.weights_desc()) return;
    arranged = memory(how.weights_desc(), engine);
    dnnl::reorder(weights, arranged).execute(stream, weights, arranged);
}

// `cols`: squares in a row. What is padded away of them is left out.
void Convolution::State::lay_out(int cols, float* output, int output_rows, int output_cols) const {
    const int stride = layer.stride;
    const auto size = [](int a, int b) { return static_cast<std::size_t>(a) * static_cast<std::size_t>(b); };
    const std::size_t square = size(stride * stride, outputs);
    for (int y = 0; y < output_rows; ++y) {
        const int row = y + layer.pad;
        const float* from = squares.data() + size(row / stride, cols) * square + size(row % stride * stride, outputs);
        for (int x = 0; x < output_cols;) {
            const int col = x + layer.pad, count = std::min(stride - col % stride, output_cols - x);
            const float* pixel = from + static_cast<std::size_t>(col / stride) * square + size(col % stride, outputs);
            output = std::copy_n(pixel, size(count, outputs), output);
            x += count;
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
    const int more = squares ? reach_of(s.layer) - 1 : 0;
    const memory::desc result =
        squares ? pixels_of(height + more, width + more, s.outputs * s.layer.stride * s.layer.stride)
                : pixels_of(output_height, output_width, s.outputs);
    if (s.height != height || s.width != width) s.make(height, width, result);
    if (squares) s.squares.resize(result.get_size() / sizeof(float));
    memory in(pixels_of(height, width, s.inputs), s.engine, unconst(input));
    memory out(result, s.engine, squares ? s.squares.data() : output);
    s.primitive.execute(
        s.stream, {{DNNL_ARG_SRC, in}, {DNNL_ARG_WEIGHTS, s.arranged}, {DNNL_ARG_BIAS, s.bias}, {DNNL_ARG_DST, out}});
    s.stream.wait();
    if (squares) s.lay_out(width + more, output, output_height, output_width);
}

}  // namespace magscan::ocr
