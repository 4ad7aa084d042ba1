#include "calc/calibration.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "magscan_calc_data.h"

namespace magscan::calc {
namespace {

struct Table {
    Calibration photo, text;
};

Table load() {
    Table table;
    const nlohmann::json file = nlohmann::json::parse(data::calibration);
    for (Calibration* one : {&table.photo, &table.text}) {
        file.at("unproved").at("score_below").get_to(one->proved_from);
        file.at("unproved").at("probability_at_most").get_to(one->unproved_most);
    }
    for (const auto& row : file.at("knots")) {
        Calibration& one = row.at("medium") == "photo" ? table.photo : table.text;
        one.knots.push_back({row.at("score").get<double>(), row.at("probability").get<double>()});
    }
    return table;
}

double between(const Knot& a, const Knot& b, double score) {
    return a.probability + (b.probability - a.probability) * (score - a.score) / (b.score - a.score);
}

}  // namespace

Medium medium_of(const parser::Statement& s) {
    const bool placed = std::any_of(s.evidence.begin(), s.evidence.end(),
                                    [](const parser::Evidence& evidence) { return !evidence.polygon.empty(); });
    return placed ? Medium::kPhoto : Medium::kText;
}

const Calibration& calibration(Medium medium) {
    static const Table table = load();
    return medium == Medium::kPhoto ? table.photo : table.text;
}

double probability(double score, Medium medium) {
    if (!(score > 0)) return 0;
    const Calibration& map = calibration(medium);
    const auto above = std::find_if(map.knots.begin(), map.knots.end(), [&](const Knot& k) { return k.score > score; });
    double p = map.knots.back().probability;
    if (above != map.knots.end()) {
        const Knot below = above == map.knots.begin() ? Knot{} : *(above - 1);
        p = between(below, *above, score);
    }
    return score < map.proved_from ? std::min(p, map.unproved_most) : p;
}

}  // namespace magscan::calc
