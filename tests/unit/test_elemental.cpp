#include "calc/elemental.h"

#include <catch2/catch.hpp>

using namespace magscan;

namespace {

// A photographed "Magnesium 200 mg" whose words stand at the given height of the photo.
parser::Statement photographed(double mg, float y) {
    parser::Statement s;
    s.place = parser::Place::kPanel;
    s.amount = parser::Amount{mg, 1, "mg", false};
    s.amount_confidence = 0.95;
    s.evidence = {{0, "Magnesium", 0.95, {{10, y}, {200, y}, {200, y + 20}, {10, y + 20}}}};
    return s;
}

calc::Figure combined(const std::vector<parser::Statement>& statements) {
    const calc::Context context;
    std::vector<calc::Judged> judged;
    for (const auto& s : statements) judged.push_back({&s, calc::decide(s, context)});
    return calc::combine(judged, context);
}

}  // namespace

TEST_CASE("a second place on the label makes a figure sure, the same row read twice does not", "[elemental]") {
    CHECK(combined({photographed(200, 100)}).confidence < 0.8);
    CHECK(combined({photographed(200, 100), photographed(200, 400)}).confidence > 0.9);
    CHECK(combined({photographed(200, 100), photographed(200, 105)}).confidence < 0.8);
}

TEST_CASE("nothing gives no figure", "[elemental]") {
    const auto figure = combined({});
    CHECK(figure.status == calc::Status::kUnknown);
    CHECK_FALSE(figure.per_serving);
    CHECK(figure.confidence == 0);
}
