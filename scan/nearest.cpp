#include "scan/nearest.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "parser/lexicon.h"

namespace magscan::scan {
namespace {

constexpr std::size_t kLongest = 100;

// Letters to add, drop or change (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

std::vector<std::string> nearest(std::string_view word, const std::vector<std::string>& names, std::size_t most) {
    if (word.size() > kLongest) return {};
    const std::string wanted = parser::normalise(word);
    std::vector<std::pair<std::size_t, std::string>> ranked;
    for (const std::string& name : names) {
        if (name.size() > kLongest) continue;
        const std::string known = parser::normalise(name);
        const bool holds = wanted.size() >= 3 && known.find(wanted) != std::string::npos;
        const std::size_t letters = holds ? 1 : distance(wanted, known);
        if (letters <= std::max<std::size_t>(1, std::min(wanted.size(), known.size()) / 3))
            ranked.emplace_back(letters, name);
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> out;
    for (const auto& [letters, name] : ranked)
        if (out.size() < most && std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
    return out;
}

}  // namespace magscan::scan
