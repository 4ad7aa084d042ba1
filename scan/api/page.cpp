#include "magscan/page.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "magscan/picture.h"
#include "ocr/page_json.h"
#include "scan/api/convert.h"

namespace magscan {
namespace api {
namespace {

constexpr float kFarthest = 1e9F;  // pixels; as in a page's JSON

template <class To, class From>
std::vector<To> points_of(const std::vector<From>& from) {
    std::vector<To> out;
    out.reserve(from.size());
    for (const From& point : from) out.push_back({point.x, point.y});
    return out;
}

template <class To, class From>
To word_of(const From& from) {
    To out;
    out.text = from.text;
    out.polygon = points_of<typename decltype(out.polygon)::value_type>(from.polygon);
    out.confidence = from.confidence;
    for (const auto& other : from.alternatives) out.alternatives.push_back({other.text, other.confidence});
    return out;
}

template <class To, class From>
std::vector<To> lines_of(const std::vector<From>& from) {
    std::vector<To> out;
    for (const From& line : from) {
        To& made = out.emplace_back();
        for (const auto& word : line.words) {
            made.words.push_back(word_of<typename decltype(made.words)::value_type>(word));
        }
        made.polygon = points_of<typename decltype(made.polygon)::value_type>(line.polygon);
        made.height = line.height;
        made.blur = line.blur;
    }
    return out;
}

// A page of one kind out of the other.
template <class To, class From>
To converted(const From& from) {
    To out;
    out.width = from.width;
    out.height = from.height;
    out.rotation = from.rotation;
    out.lines = lines_of<typename decltype(out.lines)::value_type>(from.lines);
    out.unread = lines_of<typename decltype(out.unread)::value_type>(from.unread);
    for (const auto& polygon : from.glare) {
        out.glare.push_back(points_of<typename decltype(out.glare)::value_type::value_type>(polygon));
    }
    out.detector = from.detector;
    out.recognizer = from.recognizer;
    return out;
}

bool is_within(float value, float least, float most) {
    return value >= least && value <= most;  // false for what is no number
}

bool is_place(const ocr::Polygon& polygon) {
    return std::all_of(polygon.begin(), polygon.end(), [](const ocr::Point& point) {
        return is_within(point.x, -kFarthest, kFarthest) && is_within(point.y, -kFarthest, kFarthest);
    });
}

// What is wrong with a line, or nothing.
const char* wrong_with(const ocr::Line& line) {
    if (!is_place(line.polygon)) return "a corner of its polygon is no number within 1e9";
    if (!is_within(line.height, 0, kFarthest)) return "its height is no number from 0 to 1e9";
    if (!is_within(line.blur, 0, kFarthest)) return "its blur is no number from 0 up";
    for (const ocr::Word& word : line.words) {
        if (!is_place(word.polygon)) return "a corner of a word's polygon is no number within 1e9";
        if (!is_within(word.confidence, 0, 1)) return "a word's confidence is not between 0 and 1";
        for (const ocr::Alternative& other : word.alternatives) {
            if (!is_within(other.confidence, 0, 1)) return "an alternative's confidence is not between 0 and 1";
        }
    }
    return nullptr;
}

// How much a page holds.
struct Size {
    std::size_t lines = 0;
    std::size_t words = 0;
    std::size_t bytes = 0;
    std::size_t corners = 0;
};

Size size_of(const ocr::Page& page) {
    Size size;
    for (const auto* lines : {&page.lines, &page.unread}) {
        size.lines += lines->size();
        for (const ocr::Line& line : *lines) {
            size.corners += line.polygon.size();
            size.words += line.words.size();
            for (const ocr::Word& word : line.words) {
                size.corners += word.polygon.size();
                size.bytes += word.text.size();
                for (const ocr::Alternative& other : word.alternatives) size.bytes += other.text.size();
            }
        }
    }
    for (const ocr::Polygon& polygon : page.glare) size.corners += polygon.size();
    return size;
}

constexpr std::size_t kMaxCorners = 500'000;

}  // namespace

ocr::Page page_of(const Page& page) {
    return converted<ocr::Page>(page);
}

tl::expected<void, Error> check(const ocr::Page& page, std::size_t photo) {
    const auto usage = [photo](const std::string& message) { return fail(Error::Kind::kUsage, message, photo); };
    const Size size = size_of(page);
    if (size.lines > kMaxPageLines) return usage("a page has more than 2,000 lines. Send that of one photo");
    if (size.words > kMaxPageWords) return usage("a page has more than 20,000 words. Send that of one photo");
    if (size.bytes > kMaxTextBytes) return usage("a page has more than 1 MB of text. Send that of one photo");
    if (size.corners > kMaxCorners) return usage("a page has more than 500,000 corners. Four a word are enough");
    if (page.width < 0 || page.height < 0) return usage("a page's width or height is negative. Where unknown it is 0");
    if (page.rotation != 0 && page.rotation != 90 && page.rotation != 180 && page.rotation != 270) {
        return usage("a page's rotation is not 0, 90, 180 or 270");
    }
    if (!std::all_of(page.glare.begin(), page.glare.end(), is_place)) {
        return usage("a corner of a page's glare is no number within 1e9");
    }
    for (const auto* lines : {&page.lines, &page.unread}) {
        for (std::size_t i = 0; i < lines->size(); ++i) {
            if (const char* wrong = wrong_with((*lines)[i])) {
                return usage("line " + std::to_string(i + 1) + " of a page: " + wrong);
            }
        }
    }
    return {};
}

tl::expected<Pages, Error> pages_from_json(std::string_view text) {
    if (text.size() > kMaxPageBytes) return fail(Error::Kind::kUsage, "longer than 16 MB. Send the page of one photo");
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (json.is_discarded()) return fail(Error::Kind::kUsage, "not JSON. Send a page as one object");
    Pages out;
    out.is_list = json.is_array();
    const auto add = [&](const nlohmann::json& item) -> tl::expected<void, Error> {
        auto page = ocr::page_from_json(item);
        if (!page) return fail(Error::Kind::kUsage, page.error(), out.pages.size());
        out.pages.push_back(std::move(*page));
        return {};
    };
    if (!out.is_list) return add(json).map([&] { return std::move(out); });
    if (json.size() > kMaxProductPhotos) return fail(Error::Kind::kUsage, "more than six pages. Send one to six");
    for (const auto& item : json) {
        if (auto added = add(item); !added) return tl::unexpected(added.error());
    }
    return out;
}

tl::expected<Report, Error> report_of_page(const ocr::Page& page, const ScanOptions& options) {
    if (auto fine = check(page, 0); !fine) return tl::unexpected(fine.error());
    const auto who = report_options(options);
    if (!who) return tl::unexpected(who.error());
    return report_of(scan::report_of_page(page, options.name, *who));
}

tl::expected<Report, Error> report_of_pages(const std::vector<ocr::Page>& pages, const ScanOptions& options) {
    if (pages.empty() || pages.size() > kMaxProductPhotos) {
        return fail(Error::Kind::kUsage, "one to six pages make one product. Send that many");
    }
    for (std::size_t i = 0; i < pages.size(); ++i) {
        if (auto fine = check(pages[i], i); !fine) return tl::unexpected(fine.error());
    }
    const auto who = report_options(options);
    if (!who) return tl::unexpected(who.error());
    return report_of(scan::report_of_pages(pages, options.name, *who));
}

}  // namespace api

tl::expected<Page, Error> page_from_json(std::string_view json) {
    return api::guarded([&]() -> tl::expected<Page, Error> {
        auto read = api::pages_from_json(json);
        if (!read) return tl::unexpected(read.error());
        if (read->is_list) return api::fail(Error::Kind::kUsage, "a list and no page. Pass its items one by one");
        return api::converted<Page>(read->pages.front());
    });
}

}  // namespace magscan
