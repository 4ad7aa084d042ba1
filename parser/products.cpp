#include "parser/products.h"

#include <algorithm>
#include <cmath>

namespace magscan::parser {
namespace {

constexpr float kSimilarPrint = 1.6F;  // two products at the same distance are printed about as large
constexpr float kTitlesApart = 6;      // in heights of the title: two titles of one panel stand closer
constexpr float kFrontsApart = 2;      // in heights of the claim, sideways
constexpr double kMostUnits = 6;       // "per capsule" and "per 4 capsules" are one product's

struct Box {
    float left = INFINITY;
    float right = -INFINITY;
    float top = INFINITY;
    float bottom = -INFINITY;

    float height() const { return bottom - top; }
    ocr::Point centre() const { return {(left + right) / 2, (top + bottom) / 2}; }
};

Box box_of(const ocr::Polygon& polygon) {
    Box box;
    for (const ocr::Point& p : polygon) {
        box = {std::min(box.left, p.x), std::max(box.right, p.x), std::min(box.top, p.y), std::max(box.bottom, p.y)};
    }
    return box;
}

float distance(const Box& a, const Box& b) {
    return std::hypot(a.centre().x - b.centre().x, a.centre().y - b.centre().y);
}

bool similar(const Box& a, const Box& b) {
    return a.height() < kSimilarPrint * b.height() && b.height() < kSimilarPrint * a.height();
}

bool contradict(double a, double b) {
    const double ratio = std::max(a, b) / std::max(std::min(a, b), 1e-9);
    const bool multiple = ratio < kMostUnits + 0.5 && std::abs(ratio - std::round(ratio)) < 0.03 * ratio;
    return !multiple;
}

struct Claim {
    const Statement* statement = nullptr;
    Box box;
    double mg = 0;
};

std::vector<Claim> claims_in(const std::vector<Statement>& statements, bool panel) {
    std::vector<Claim> claims;
    for (const Statement& s : statements) {
        const bool in_panel = s.place == Place::kPanel || s.place == Place::kDrugFacts;
        const bool counts = panel ? in_panel : s.place == Place::kFront && s.tied_to_product_name;
        const auto& amount = s.inner_element ? s.inner_element : s.amount;
        if (!counts || !amount || !s.other_columns.empty() || s.evidence.empty()) continue;
        if (s.evidence.front().polygon.size() < 4) continue;
        claims.push_back({&s, box_of(s.evidence.front().polygon), amount->mg});
    }
    return claims;
}

// Two panels with a title each; a row belongs to the title that it stands nearest to.
bool panels_contradict(const std::vector<Claim>& claims, const std::vector<Box>& titles) {
    const auto title_of = [&](const Claim& claim) {
        return std::min_element(titles.begin(), titles.end(), [&](const Box& a, const Box& b) {
            return distance(a, claim.box) < distance(b, claim.box);
        });
    };
    for (const Claim& a : claims) {
        for (const Claim& b : claims) {
            const auto one = title_of(a), other = title_of(b);
            if (one == other || !similar(*one, *other) || !contradict(a.mg, b.mg)) continue;
            if (distance(*one, *other) > kTitlesApart * std::max(one->height(), other->height())) return true;
        }
    }
    return false;
}

// Two headlines side by side, each with an amount in the product's name.
bool fronts_contradict(const std::vector<Claim>& claims) {
    for (const Claim& a : claims) {
        for (const Claim& b : claims) {
            const float gap = b.box.left - a.box.right;
            if (gap > kFrontsApart * a.box.height() && similar(a.box, b.box) && contradict(a.mg, b.mg)) return true;
        }
    }
    return false;
}

}  // namespace

std::optional<Warning> several_products(const std::vector<Statement>& statements,
                                        const std::vector<ocr::Polygon>& titles) {
    std::vector<Box> boxes;
    for (const ocr::Polygon& title : titles) {
        if (title.size() >= 4) boxes.push_back(box_of(title));
    }
    const bool panels = boxes.size() >= 2 && panels_contradict(claims_in(statements, true), boxes);
    if (!panels && !fronts_contradict(claims_in(statements, false))) return std::nullopt;
    return Warning{"several_products",
                   "The photo seems to show more than one product with magnesium, and their amounts differ. Take it "
                   "again with one product alone in the picture."};
}

}  // namespace magscan::parser
