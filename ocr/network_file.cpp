#include "ocr/network_file.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

namespace magscan::ocr {
namespace {

using nlohmann::json;
using Op = Layer::Op;

static_assert(std::endian::native == std::endian::little, "the weights are used as they stand in the file");

constexpr std::string_view kMagic = "MSNET001";
constexpr std::size_t kPreamble = 16;
constexpr int kMostChannels = 4096;
constexpr int kMostKernel = 11;
constexpr int kMostFactor = 32;

constexpr std::array<std::pair<std::string_view, Op>, 10> kNames = {{{"conv", Op::kConv},
                                                                     {"depthwise", Op::kDepthwise},
                                                                     {"deconv", Op::kDeconv},
                                                                     {"hardswish", Op::kHardswish},
                                                                     {"affine", Op::kAffine},
                                                                     {"sigmoid", Op::kSigmoid},
                                                                     {"mean", Op::kMean},
                                                                     {"scale", Op::kScale},
                                                                     {"add_upsampled", Op::kAddUpsampled},
                                                                     {"upsample", Op::kUpsample}}};

Op op_of(const std::string& name) {
    for (const auto& [known, op] : kNames) {
        if (known == name) return op;
    }
    throw std::runtime_error("no such layer: " + name);
}

bool has_kernel(Op op) {
    return op == Op::kConv || op == Op::kDepthwise || op == Op::kDeconv;
}

bool has_output(Op op) {
    return has_kernel(op) || op == Op::kMean || op == Op::kUpsample;
}

class HeaderReader {
  public:
    HeaderReader(const json& header, std::vector<float> weights) : header_(header) {
        file_.weights = std::move(weights);
    }

    NetworkFile run() {
        for (const json& channels : header_.at("channels")) {
            file_.channels.push_back(whole(channels, 1, kMostChannels));
        }
        written_.assign(file_.channels.size(), false);
        if (!written_.empty()) written_[0] = true;
        for (const json& row : header_.at("layers")) file_.layers.push_back(layer(row));
        file_.output = tensor(header_, "output");
        return std::move(file_);
    }

  private:
    static int whole(const json& value, int least, int most) {
        const auto number = value.get<std::int64_t>();
        if (number < least || number > most) throw std::runtime_error("a number out of range: " + value.dump());
        return static_cast<int>(number);
    }

    std::size_t channels(int tensor) const {
        return static_cast<std::size_t>(file_.channels[static_cast<std::size_t>(tensor)]);
    }

    int named(const json& row, const char* key) const {
        return whole(row.at(key), 0, static_cast<int>(file_.channels.size()) - 1);
    }

    // A tensor that some layer before has written.
    int tensor(const json& row, const char* key) const {
        const int index = named(row, key);
        if (!written_[static_cast<std::size_t>(index)]) throw std::runtime_error("a tensor is read before it is made");
        return index;
    }

    std::size_t offset(const json& row, const char* key, std::size_t count) const {
        const auto at = row.at(key).get<std::uint64_t>();
        if (at > file_.weights.size() || count > file_.weights.size() - at) {
            throw std::runtime_error("weights beyond the end of the file");
        }
        return static_cast<std::size_t>(at);
    }

    Layer layer(const json& row) {
        Layer layer;
        layer.op = op_of(row.at("op"));
        layer.input = tensor(row, "input");
        layer.output = has_output(layer.op) ? named(row, "output") : layer.input;
        layer.by = layer.input;
        constexpr float kNoBound = std::numeric_limits<float>::infinity();
        layer.least = row.value("min", -kNoBound);
        layer.most = row.value("max", kNoBound);
        if (layer.op == Op::kScale || layer.op == Op::kAddUpsampled) layer.by = tensor(row, "by");
        if (has_kernel(layer.op)) read_kernel(row, layer);
        if (layer.op == Op::kAffine) {
            layer.scale = row.at("scale").get<float>();
            layer.shift = row.at("shift").get<float>();
        }
        if (layer.op == Op::kAddUpsampled || layer.op == Op::kUpsample) {
            layer.factor = whole(row.at("factor"), 1, kMostFactor);
        }
        if (layer.op == Op::kUpsample) layer.channel = whole(row.at("channel"), 0, kMostChannels);
        check_channels(layer);
        if (has_output(layer.op)) written_[static_cast<std::size_t>(layer.output)] = true;
        return layer;
    }

    void read_kernel(const json& row, Layer& layer) const {
        layer.kernel = whole(row.at("kernel"), 1, kMostKernel);
        layer.stride = whole(row.at("stride"), 1, kMostKernel);
        layer.pad = whole(row.at("pad"), 0, kMostKernel);
        if (layer.op == Op::kDeconv && layer.kernel % layer.stride != 0)
            throw std::runtime_error("a kernel that enlarges is no whole number of strides wide");
        const std::size_t from = layer.op == Op::kDepthwise ? 1 : channels(layer.input);
        const auto area = static_cast<std::size_t>(layer.kernel * layer.kernel);
        layer.weights = offset(row, "weights", from * channels(layer.output) * area);
        layer.bias = offset(row, "bias", channels(layer.output));
    }

    void check_channels(const Layer& layer) const {
        const std::size_t in = channels(layer.input);
        const bool same_by = layer.op == Op::kScale || layer.op == Op::kAddUpsampled;
        const bool same_output = layer.op == Op::kDepthwise || layer.op == Op::kMean;
        const auto end = static_cast<std::size_t>(layer.channel) + in;
        if ((same_by && channels(layer.by) != in) || (same_output && channels(layer.output) != in) ||
            (layer.op == Op::kUpsample && end > channels(layer.output))) {
            throw std::runtime_error("the channels of two tensors differ");
        }
    }

    const json& header_;
    NetworkFile file_;
    std::vector<bool> written_;
};

}  // namespace

tl::expected<NetworkFile, std::string> read_network(std::string_view bytes) {
    std::uint64_t length = 0;
    if (bytes.size() < kPreamble || bytes.substr(0, kMagic.size()) != kMagic) {
        return tl::make_unexpected("it does not begin with " + std::string(kMagic));
    }
    std::memcpy(&length, bytes.data() + kMagic.size(), sizeof length);
    if (length > bytes.size() - kPreamble) return tl::make_unexpected("its header is cut off");
    const std::string_view rest = bytes.substr(kPreamble + length);
    std::vector<float> weights(rest.size() / sizeof(float));
    if (!weights.empty()) std::memcpy(weights.data(), rest.data(), weights.size() * sizeof(float));
    try {
        return HeaderReader(json::parse(bytes.substr(kPreamble, length)), std::move(weights)).run();
    } catch (const std::exception& error) {
        return tl::make_unexpected("its header is wrong: " + std::string(error.what()));
    }
}

}  // namespace magscan::ocr
