#include "tools/service/static_files.h"

#include <array>

#include "magscan_calc_data.h"
#include "magscan_service_data.h"

namespace magscan::service {
namespace {

constexpr std::string_view kHtml = "text/html; charset=utf-8";
constexpr std::string_view kStyle = "text/css; charset=utf-8";
constexpr std::string_view kScript = "text/javascript; charset=utf-8";
constexpr std::string_view kPicture = "image/svg+xml";
constexpr std::string_view kJson = "application/json";

}  // namespace

std::span<const StaticFile> static_files() {
    static const std::array files{
        StaticFile{"/", kHtml, data::index_html},
        StaticFile{"/icon.svg", kPicture, data::icon_svg},
        StaticFile{"/style.css", kStyle, data::style_css},
        StaticFile{"/answer.css", kStyle, data::answer_css},
        StaticFile{"/note.css", kStyle, data::note_css},
        StaticFile{"/start.css", kStyle, data::start_css},
        StaticFile{"/viewer.css", kStyle, data::viewer_css},
        StaticFile{"/answer.js", kScript, data::answer_js},
        StaticFile{"/app.js", kScript, data::app_js},
        StaticFile{"/dom.js", kScript, data::dom_js},
        StaticFile{"/facts.js", kScript, data::facts_js},
        StaticFile{"/knowledge.js", kScript, data::knowledge_js},
        StaticFile{"/limits.js", kScript, data::limits_js},
        StaticFile{"/note.js", kScript, data::note_js},
        StaticFile{"/photos.js", kScript, data::photos_js},
        StaticFile{"/problems.js", kScript, data::problems_js},
        StaticFile{"/settings.js", kScript, data::settings_js},
        StaticFile{"/shrink.js", kScript, data::shrink_js},
        StaticFile{"/transfer.js", kScript, data::transfer_js},
        StaticFile{"/viewer.js", kScript, data::viewer_js},
        StaticFile{"/words.js", kScript, data::words_js},
        // What the ids of rules and sources in a report stand for.
        StaticFile{"/rules.json", kJson, data::rules},
        StaticFile{"/sources.json", kJson, data::sources},
    };
    return files;
}

}  // namespace magscan::service
