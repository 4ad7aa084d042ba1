#include "ocr/page_json.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>
#include <utility>

namespace magscan::ocr {
namespace {

constexpr float kUntold = 0.8F;  // confidence of a line's words where its reader tells none

using Json = nlohmann::json;

// Thrown and caught within this file only, to keep the reading of nested fields
// plain.
struct Wrong {
    std::string what;
};

Json to_json(const Polygon& polygon) {
    Json out = Json::array();
    for (const Point& p : polygon) out.push_back(Json::array({p.x, p.y}));
    return out;
}

Json to_json(const Word& word) {
    Json out{{"text", word.text}, {"confidence", word.confidence}, {"polygon", to_json(word.polygon)}};
    if (!word.alternatives.empty()) {
        Json list = Json::array();
        for (const Alternative& a : word.alternatives) list.push_back({{"text", a.text}, {"confidence", a.confidence}});
        out["alternatives"] = std::move(list);
    }
    return out;
}

Json to_json(const Line& line) {
    Json words = Json::array();
    for (const Word& word : line.words) words.push_back(to_json(word));
    return {
        {"words", std::move(words)}, {"polygon", to_json(line.polygon)}, {"height", line.height}, {"blur", line.blur}};
}

Json to_json(const std::vector<Line>& lines) {
    Json out = Json::array();
    for (const Line& line : lines) out.push_back(to_json(line));
    return out;
}

const Json* field(const Json& object, const char* name) {
    const auto it = object.find(name);
    return it == object.end() || it->is_null() ? nullptr : &*it;
}

const Json* list(const Json& object, const char* name, const std::string& where) {
    const Json* value = field(object, name);
    if (value && !value->is_array()) throw Wrong{where + name + " is not a list"};
    return value;
}

double number(const Json& value, const std::string& where) {
    if (!value.is_number()) throw Wrong{where + " is not a number"};
    const auto result = value.get<double>();
    if (!std::isfinite(result) || std::abs(result) > 1e9) throw Wrong{where + " is out of range"};
    return result;
}

float real(const Json& object, const char* name, const std::string& where) {
    const Json* value = field(object, name);
    return value ? static_cast<float>(number(*value, where + name)) : 0.0F;
}

float confidence(const Json& object, const std::string& where) {
    const float value = real(object, "confidence", where);
    if (value < 0 || value > 1) throw Wrong{where + "confidence is not between 0 and 1"};
    return value;
}

int whole(const Json& object, const char* name) {
    const Json* value = field(object, name);
    if (!value) return 0;
    const double result = number(*value, name);
    if (result < 0 || result != std::floor(result)) throw Wrong{std::string(name) + " is not a whole number from 0 up"};
    return static_cast<int>(result);
}

std::string text(const Json& object, const char* name, const std::string& where) {
    const Json* value = field(object, name);
    if (!value) return {};
    if (!value->is_string()) throw Wrong{where + name + " is not a text"};
    return value->get<std::string>();
}

Polygon polygon(const Json& value, const std::string& where) {
    if (!value.is_array()) throw Wrong{where + " is not a list of points"};
    Polygon out;
    for (const Json& p : value) {
        if (!p.is_array() || p.size() != 2) throw Wrong{where + " holds something other than [x, y]"};
        out.push_back({static_cast<float>(number(p[0], where)), static_cast<float>(number(p[1], where))});
    }
    return out;
}

Polygon polygon_of(const Json& object, const std::string& where) {
    const Json* value = field(object, "polygon");
    return value ? polygon(*value, where + "polygon") : Polygon{};
}

Word word(const Json& value, const std::string& where) {
    if (!value.is_object()) throw Wrong{where + " is not an object"};
    const std::string inside = where + ".";
    if (!field(value, "text")) throw Wrong{inside + "text is missing"};
    Word out;
    out.text = text(value, "text", inside);
    out.confidence = confidence(value, inside);
    out.polygon = polygon_of(value, inside);
    if (const Json* others = list(value, "alternatives", inside)) {
        for (const Json& other : *others) {
            if (!other.is_object()) throw Wrong{inside + "alternatives holds something other than objects"};
            out.alternatives.push_back({text(other, "text", inside), confidence(other, inside)});
        }
    }
    return out;
}

bool begins_letter(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

// The part of a line's box between two shares of its length; empty where the box is not four corners.
Polygon part_of(const Polygon& box, double from, double to) {
    if (box.size() != 4) return {};
    const auto between = [](Point a, Point b, double share) {
        return Point{static_cast<float>(a.x + (b.x - a.x) * share), static_cast<float>(a.y + (b.y - a.y) * share)};
    };
    return {between(box[0], box[1], from), between(box[0], box[1], to), between(box[3], box[2], to),
            between(box[3], box[2], from)};
}

// Words parted by white space, each where its letters would stand if all were as wide.
std::vector<Word> words_of(const std::string& plain, const Polygon& box, float confidence) {
    const auto letters = static_cast<double>(std::count_if(plain.begin(), plain.end(), begins_letter));
    std::vector<Word> words;
    Word next;
    double at = 0;
    double start = 0;
    for (const char c : plain + " ") {
        if (static_cast<unsigned char>(c) > ' ') {
            if (next.text.empty()) start = at;
            next.text += c;
        } else if (!next.text.empty()) {
            next.polygon = part_of(box, start / letters, at / letters);
            next.confidence = confidence;
            words.push_back(std::exchange(next, {}));
        }
        if (begins_letter(c)) ++at;
    }
    return words;
}

Line line(const Json& value, const std::string& where) {
    if (!value.is_object()) throw Wrong{where + " is not an object"};
    const std::string inside = where + ".";
    Line out;
    out.polygon = polygon_of(value, inside);
    out.height = real(value, "height", inside);
    out.blur = real(value, "blur", inside);
    if (const Json* words = list(value, "words", inside)) {
        std::size_t i = 0;
        for (const Json& w : *words) out.words.push_back(word(w, inside + "words[" + std::to_string(i++) + "]"));
    } else {
        const bool tells = field(value, "confidence") != nullptr;
        out.words = words_of(text(value, "text", inside), out.polygon, tells ? confidence(value, inside) : kUntold);
    }
    return out;
}

std::vector<Line> lines_of(const Json& json, const std::string& name) {
    std::vector<Line> out;
    if (const Json* lines = list(json, name.c_str(), "")) {
        for (const Json& l : *lines) out.push_back(line(l, name + "[" + std::to_string(out.size()) + "]"));
    }
    return out;
}

Page page(const Json& json) {
    if (!json.is_object()) throw Wrong{"the page is not an object"};
    Page out;
    out.width = whole(json, "width");
    out.height = whole(json, "height");
    out.rotation = whole(json, "rotation");
    if (out.rotation % 90 != 0 || out.rotation >= 360) throw Wrong{"rotation is not 0, 90, 180 or 270"};
    out.detector = text(json, "detector", "");
    out.recognizer = text(json, "recognizer", "");
    out.lines = lines_of(json, "lines");
    out.unread = lines_of(json, "unread");
    if (const Json* glare = list(json, "glare", "")) {
        for (const Json& g : *glare) out.glare.push_back(polygon(g, "glare"));
    }
    return out;
}

}  // namespace

nlohmann::json to_json(const Page& page) {
    Json glare = Json::array();
    for (const Polygon& g : page.glare) glare.push_back(to_json(g));
    return {{"width", page.width},          {"height", page.height},          {"rotation", page.rotation},
            {"lines", to_json(page.lines)}, {"unread", to_json(page.unread)}, {"glare", std::move(glare)},
            {"detector", page.detector},    {"recognizer", page.recognizer}};
}

tl::expected<Page, std::string> page_from_json(const nlohmann::json& json) {
    try {
        return page(json);
    } catch (const Wrong& wrong) {
        return tl::make_unexpected(wrong.what);
    } catch (const std::exception& error) {
        return tl::make_unexpected(std::string(error.what()));
    }
}

}  // namespace magscan::ocr
