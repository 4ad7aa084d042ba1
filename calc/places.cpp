#include "calc/places.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace magscan::calc {
namespace {

struct Box {
    float left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY;
};

// Around the words of a statement, on each photo that shows it.
std::map<int, Box> boxes_of(const parser::Statement& s) {
    std::map<int, Box> boxes;
    for (const parser::Evidence& evidence : s.evidence) {
        Box& box = boxes[evidence.image];
        for (const ocr::Point& p : evidence.polygon) {
            box = {std::min(box.left, p.x), std::max(box.right, p.x), std::min(box.top, p.y),
                   std::max(box.bottom, p.y)};
        }
    }
    return boxes;
}

}  // namespace

bool stand_apart(const parser::Statement& a, const parser::Statement& b) {
    const std::map<int, Box> of_a = boxes_of(a), of_b = boxes_of(b);
    return std::all_of(of_a.begin(), of_a.end(), [&](const auto& on_photo) {
        const auto other = of_b.find(on_photo.first);
        if (other == of_b.end()) return true;
        const Box &p = on_photo.second, &q = other->second;
        return p.right < q.left || q.right < p.left || p.bottom < q.top || q.bottom < p.top;
    });
}

}  // namespace magscan::calc
