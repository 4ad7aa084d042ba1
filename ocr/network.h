// A convolutional network, run on the processor. Four bytes a number, height x width x channels.
#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace magscan::ocr {

// Takes pictures of any size. Keeps the memory that the largest one took. Not thread-safe: one object a thread.
class Network {
  public:
    // `bytes` as in network_file.h; they are not needed afterwards. `threads`: 1..64, that one run uses; the result is
    // the same whatever their number. The error says in words what is wrong.
    static tl::expected<Network, std::string> load(std::string_view bytes, int threads);

    ~Network();
    Network(Network&&) noexcept;
    Network& operator=(Network&&) noexcept;

    // CV_32F with as many channels as the network takes -> CV_32F with those of its output. Empty where a
    // side of the picture is no multiple of what the network halves it by. Throws cv::Exception for another type of
    // picture, and std::exception where the processor can't do it.
    cv::Mat run(const cv::Mat& picture);

  private:
    struct State;
    explicit Network(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace magscan::ocr
