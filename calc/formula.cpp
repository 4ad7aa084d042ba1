#include "calc/formula.h"

#include <optional>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "magscan_calc_data.h"

namespace magscan::calc {
namespace {

constexpr std::size_t kMaxLength = 200;
constexpr int kMaxDepth = 8;
constexpr int kMaxCount = 9999;

const Composition& atomic_weights() {
    static const Composition weights = [] {
        Composition table;
        const nlohmann::json file = nlohmann::json::parse(data::atomic_weights);
        for (const auto& row : file.at("atomic_weights"))
            table.emplace(row.at("element").get<std::string>(), row.at("weight").get<double>());
        return table;
    }();
    return weights;
}

void add(Composition& to, const Composition& what, int times) {
    for (const auto& [element, atoms] : what) to[element] += atoms * times;
}

// Subscript digits and the middle dot as ASCII, so that the grammar sees one byte a sign.
std::string plain(std::string_view formula) {
    std::string out;
    for (std::size_t i = 0; i < formula.size(); ++i) {
        if (formula.substr(i, 2) == "\xE2\x82" && i + 2 < formula.size()) {
            const auto byte = static_cast<unsigned char>(formula[i + 2]);
            if (byte >= 0x80 && byte <= 0x89) {
                out += static_cast<char>('0' + (byte - 0x80));
                i += 2;
                continue;
            }
        }
        if (formula.substr(i, 2) == "\xC2\xB7") {
            out += '.';
            ++i;
            continue;
        }
        out += formula[i] == '*' ? '.' : formula[i];
    }
    return out;
}

class Reader {
  public:
    explicit Reader(std::string text) : text_(std::move(text)) {}

    tl::expected<Composition, std::string> read() {
        Composition total;
        do {
            const std::optional<int> times = count();
            if (!times) return error("a count is out of range");
            const auto part = group(0);
            if (!part) return part;
            add(total, *part, *times);
        } while (skip('.'));
        if (at_ < text_.size()) return error("unexpected '" + std::string(1, text_[at_]) + "'");
        return total;
    }

  private:
    tl::expected<Composition, std::string> group(int depth) {
        if (depth > kMaxDepth) return error("brackets nest too deep");
        Composition sum;
        while (at_ < text_.size() && text_[at_] != '.' && text_[at_] != ')' && text_[at_] != ']') {
            Composition part;
            const char open = text_[at_];
            if (open == '(' || open == '[') {
                ++at_;
                auto inner = group(depth + 1);
                if (!inner) return inner;
                if (!skip(open == '(' ? ')' : ']')) return error("a bracket is not closed");
                part = std::move(*inner);
            } else {
                const std::string symbol = element();
                if (symbol.empty()) return error("no known element");
                part.emplace(symbol, 1);
            }
            const std::optional<int> times = count();
            if (!times) return error("a count is out of range");
            add(sum, part, *times);
        }
        if (sum.empty()) return error("an element is missing");
        return sum;
    }

    // The longest known symbol here; empty if there is none.
    std::string element() {
        for (std::size_t length = 2; length >= 1; --length) {
            const std::string symbol = text_.substr(at_, length);
            if (symbol.size() == length && atomic_weights().count(symbol) != 0) {
                at_ += length;
                return symbol;
            }
        }
        return {};
    }

    // A whole number here, 1 where there is none; nothing when it is 0 or too large.
    std::optional<int> count() {
        const std::size_t begin = at_;
        int value = 0;
        for (; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_) {
            value = value * 10 + (text_[at_] - '0');
            if (value > kMaxCount) return std::nullopt;
        }
        if (at_ == begin) return 1;
        return value == 0 ? std::nullopt : std::optional<int>(value);
    }

    bool skip(char sign) {
        if (at_ >= text_.size() || text_[at_] != sign) return false;
        ++at_;
        return true;
    }

    tl::unexpected<std::string> error(const std::string& what) const {
        return tl::unexpected<std::string>(what + " at position " + std::to_string(at_ + 1));
    }

    std::string text_;
    std::size_t at_ = 0;
};

}  // namespace

tl::expected<Composition, std::string> parse_formula(std::string_view formula) {
    if (formula.empty()) return tl::make_unexpected(std::string("the formula is empty"));
    if (formula.size() > kMaxLength) return tl::make_unexpected(std::string("the formula is too long"));
    return Reader(plain(formula)).read();
}

double molar_mass(const Composition& composition) {
    double grams = 0;
    for (const auto& [element, atoms] : composition) {
        const auto weight = atomic_weights().find(element);
        if (weight != atomic_weights().end()) grams += weight->second * atoms;
    }
    return grams;
}

double magnesium_fraction(const Composition& composition) {
    const auto magnesium = composition.find("Mg");
    if (magnesium == composition.end()) return 0;
    return magnesium->second * atomic_weights().at("Mg") / molar_mass(composition);
}

}  // namespace magscan::calc
