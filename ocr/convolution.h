// One layer of a network that convolves, run by oneDNN, which writes its code for the processor at hand and for each
// size of input. Uses as many OpenMP threads as the calling thread is set to.
#pragma once

#include <memory>
#include <vector>

#include "ocr/network_file.h"

namespace magscan::ocr {

// Not thread-safe: one object a thread. Throws std::exception where oneDNN has no way to do it.
class Convolution {
  public:
    // `layer`: kConv, kDepthwise or kDeconv; `weights` and `bias` are its own, and stay where they are. `then`: what is
    // done with each number that comes out, in this order: kHardswish, kAffine, kSigmoid.
    Convolution(const Layer& layer, int inputs, int outputs, const float* weights, const float* bias,
                const std::vector<Layer>& then);
    ~Convolution();
    Convolution(Convolution&&) noexcept;
    Convolution& operator=(Convolution&&) noexcept;

    // Height x width x channels, both; `output` has the size that Network gives it.
    void run(const float* input, int height, int width, float* output, int output_height, int output_width);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace magscan::ocr
