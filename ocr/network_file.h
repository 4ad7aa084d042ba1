// The file that tools/fetch_detector.py makes of a published network: its layers, simplified, and their weights.
//
// "MSNET001", the header's length in bytes (8, little-endian), the header as JSON, then the weights as 32-bit floats.
// {"channels": [of each tensor], "output": tensor, "layers": [{"op": ..., "input": tensor, ...}]}; tensor 0 is the
// input. Offsets into the weights count floats.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace magscan::ocr {

// One step of a network. Tensors are height x width x channels.
struct Layer {
    enum class Op {
        kConv,          // input -> output
        kDepthwise,     // the same, channel by channel
        kDeconv,        // makes the sides `stride` times as long; `kernel` is a multiple of it
        kHardswish,     // in place: x * clamp(x + 3, 0, 6) / 6
        kAffine,        // in place: x * scale + shift
        kSigmoid,       // in place
        kMean,          // input -> output of one pixel
        kScale,         // in place: times the one pixel of `by`, channel by channel
        kAddUpsampled,  // in place: plus `by`, each of its pixels `factor` times as large; cut off at `least`
        kUpsample,      // input, each pixel `factor` times as large -> channels from `channel` on of output
    };
    Op op = Op::kConv;
    int input = 0;
    int output = 0;  // the input's own where a layer works in place
    int by = 0;      // the input's own where a layer needs no other
    int kernel = 0;
    int stride = 1;
    int pad = 0;
    int factor = 1;
    int channel = 0;
    float scale = 1;
    float shift = 0;
    float least = 0;  // what the output is cut off at; infinite where it is not
    float most = 0;
    std::size_t weights = 0;  // offsets of the kernel (output x height x width x input; kDepthwise: height x width x
    std::size_t bias = 0;     // channel) and of one number per output channel
};

struct NetworkFile {
    std::vector<int> channels;
    int output = 0;
    std::vector<Layer> layers;
    std::vector<float> weights;
};

// The error says in words what is wrong with the file. Every tensor and offset of the result lies within its bounds,
// and no tensor is read before it is written.
tl::expected<NetworkFile, std::string> read_network(std::string_view bytes);

}  // namespace magscan::ocr
