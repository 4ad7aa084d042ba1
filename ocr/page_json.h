// A Page as JSON and back: recorded pages for tests, and the way in for devices
// that read text themselves.
//
// {"width":1500,"height":2000,"rotation":0,"detector":"...","recognizer":"...","glare":[[[x,y],...]],
//  "unread":[...as
//  lines...],"lines":[{"height":31.5,"blur":0.09,"polygon":[[x,y],...],"words":[{"text":"200","confidence":0.93,"polygon":[[x,y],...],
//            "alternatives":[{"text":"20O","confidence":0.4}]}]}]}
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <tl/expected.hpp>

#include "ocr/page.h"

namespace magscan::ocr {

// Complete: page_from_json(to_json(page)) is the same page to the bit.
nlohmann::json to_json(const Page& page);

// Every field but `text` of a word may be missing and is then empty; a line may
// give `text` instead of `words`, which is split at white space: each word then
// takes its share of the line's polygon, where that has four corners, and the
// line's `confidence`, or 0.8 where there is none. The error names the field
// that is wrong. Unknown fields are passed over. Never throws.
tl::expected<Page, std::string> page_from_json(const nlohmann::json& json);

}  // namespace magscan::ocr
