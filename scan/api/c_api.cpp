// The C functions on top of the C++ ones. Nothing is decided here.
#include <algorithm>
#include <cstring>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "magscan/magscan.h"
#include "magscan/scanner.h"
#include "scan/api/convert.h"
#include "scan/api/enums.h"

using magscan::Error;
using magscan::api::fail;
using magscan::api::guarded;

struct magscan_scanner {
    magscan::Scanner scanner;
};

struct magscan_result {
    magscan_status status = MAGSCAN_INTERNAL;
    std::string text;
    std::size_t photo = 0;
};

namespace {

template <class T>
using Maybe = tl::expected<T, Error>;

magscan_status status_of(Error::Kind kind) {
    switch (kind) {
        case Error::Kind::kUsage:
            return MAGSCAN_USAGE;
        case Error::Kind::kNotAPicture:
            return MAGSCAN_NOT_A_PICTURE;
        case Error::Kind::kSetUp:
            return MAGSCAN_SET_UP;
        case Error::Kind::kCancelled:
            return MAGSCAN_CANCELLED;
        case Error::Kind::kDeadline:
            return MAGSCAN_DEADLINE;
        case Error::Kind::kInternal:
            return MAGSCAN_INTERNAL;
    }
    return MAGSCAN_INTERNAL;
}

// Puts the outcome of a call where the caller wants it.
magscan_status answer(Maybe<std::string> outcome, magscan_result** result) {
    const magscan_status status = outcome ? MAGSCAN_OK : status_of(outcome.error().kind);
    if (result == nullptr) return status;
    auto* made = new (std::nothrow) magscan_result;
    *result = made;
    if (made == nullptr) return MAGSCAN_INTERNAL;
    made->status = status;
    made->photo = outcome ? 0 : outcome.error().photo;
    made->text = outcome ? std::move(*outcome) : std::move(outcome.error().message);
    return status;
}

std::string text_or_empty(const char* text) {
    return text == nullptr ? std::string() : std::string(text);
}

// The size of each struct in the first version that had it. They never change, whatever the structs grow to.
constexpr std::size_t kFirstScannerOptions = offsetof(magscan_scanner_options, max_scans) + sizeof(std::int32_t);
constexpr std::size_t kFirstScanOptions = offsetof(magscan_scan_options, user_data) + sizeof(void*);
constexpr std::size_t kFirstQuestion = offsetof(magscan_dose_question, servings_per_day) + sizeof(double);

// `from`, which may be an older or a newer version of the struct, over the defaults. What this version does not know of
// a newer one has to be zero.
template <class T>
Maybe<T> told(const T* from, T defaults, std::size_t first_size, const char* how_to_make) {
    if (from == nullptr) return defaults;
    if (from->size < first_size) {
        return fail(Error::Kind::kUsage, std::string("a struct's size is not set. Call ") + how_to_make + " first");
    }
    const auto* bytes = reinterpret_cast<const char*>(from);
    const std::size_t known = std::min(from->size, sizeof(T));
    if (!std::all_of(bytes + known, bytes + from->size, [](char byte) { return byte == 0; })) {
        return fail(Error::Kind::kUsage, "a struct tells something that this version of libmagscan does not know");
    }
    std::memcpy(&defaults, from, known);
    return defaults;
}

template <class T>
void put_defaults(T* to, const T& defaults, std::size_t size) {
    if (to == nullptr) return;
    auto* bytes = reinterpret_cast<char*>(to);
    const std::size_t known = std::min(size, sizeof(T));
    std::memcpy(bytes, &defaults, known);
    std::fill(bytes + known, bytes + size, 0);
    if (size >= sizeof(std::size_t)) std::memcpy(bytes, &size, sizeof size);
}

magscan_scanner_options scanner_defaults() {
    magscan_scanner_options out{};
    const magscan::ScannerOptions defaults;
    out.size = sizeof out;
    out.threads = defaults.threads;
    out.max_scans = defaults.max_scans;
    return out;
}

magscan_scan_options scan_defaults() {
    magscan_scan_options out{};
    out.size = sizeof out;
    return out;
}

magscan_dose_question question_defaults() {
    magscan_dose_question out{};
    out.size = sizeof out;
    return out;
}

Maybe<magscan::ScanOptions> options_of(const magscan_scan_options* from) {
    const auto all = told(from, scan_defaults(), kFirstScanOptions, "magscan_scan_default_options");
    if (!all) return tl::unexpected(all.error());
    magscan::ScanOptions out;
    out.name = text_or_empty(all->name);
    if (all->person != nullptr) {
        const auto person = magscan::person_from(all->person);
        if (!person) return tl::unexpected(person.error());
        out.person = *person;
    }
    if (all->jurisdiction != nullptr) {
        const auto place = magscan::jurisdiction_from(all->jurisdiction);
        if (!place) return tl::unexpected(place.error());
        out.jurisdiction = *place;
    }
    if (all->deadline_ms < 0) return fail(Error::Kind::kUsage, "deadline_ms is below 0");
    if (all->deadline_ms > 0) {
        constexpr std::int64_t kLongest = 366LL * 24 * 3600 * 1000;
        out.deadline = std::chrono::steady_clock::now() +
                       std::chrono::milliseconds(std::min<std::int64_t>(all->deadline_ms, kLongest));
    }
    void* const user = all->user_data;
    if (const magscan_progress tell = all->on_progress) {
        out.on_progress = [tell, user](const magscan::Progress& progress) {
            tell(static_cast<std::int32_t>(progress.stage), progress.share, progress.photo, user);
        };
    }
    if (const magscan_cancel ask = all->is_cancelled) out.is_cancelled = [ask, user] { return ask(user) != 0; };
    return out;
}

Maybe<magscan::Pixels> pixels_of(const magscan_pixels& from) {
    if (from.format < MAGSCAN_GRAY8 || from.format > MAGSCAN_BGRA8) {
        return fail(Error::Kind::kUsage, "a pixel format is none of MAGSCAN_GRAY8 to MAGSCAN_BGRA8");
    }
    return magscan::Pixels{from.data, from.width, from.height, from.stride,
                           static_cast<magscan::PixelFormat>(from.format)};
}

magscan::PictureBytes bytes_of(const void* bytes, std::size_t size) {
    return bytes == nullptr ? magscan::PictureBytes()
                            : magscan::PictureBytes(static_cast<const std::byte*>(bytes), size);
}

Maybe<magscan::Photo> photo_of(const magscan_photo& from) {
    if (from.pixels == nullptr) return magscan::Photo{bytes_of(from.bytes, from.size), text_or_empty(from.name)};
    return pixels_of(*from.pixels).map([&](const magscan::Pixels& pixels) {
        return magscan::Photo{pixels, text_or_empty(from.name)};
    });
}

// Runs work(options), which gives a report, and answers with its JSON.
template <class Work>
magscan_status report(const magscan_scan_options* options, magscan_result** result, const Work& work) {
    return answer(guarded([&]() -> Maybe<std::string> {
                      const auto told_options = options_of(options);
                      if (!told_options) return tl::unexpected(told_options.error());
                      Maybe<magscan::Report> made = work(*told_options);
                      if (!made) return tl::unexpected(made.error());
                      return made->to_json();
                  }),
                  result);
}

Maybe<magscan::Report> no_scanner() {
    return fail(Error::Kind::kUsage, "the scanner is NULL. Make one with magscan_scanner_create");
}

std::string_view view_of(const char* text, std::size_t size) {
    return text == nullptr ? std::string_view() : std::string_view(text, size);
}

}  // namespace

const char* magscan_version(void) {
    return MAGSCAN_VERSION_STRING;
}

magscan_status magscan_result_status(const magscan_result* result) {
    return result == nullptr ? MAGSCAN_INTERNAL : result->status;
}

const char* magscan_result_text(const magscan_result* result) {
    return result == nullptr ? "out of memory" : result->text.c_str();
}

size_t magscan_result_size(const magscan_result* result) {
    return result == nullptr ? std::strlen(magscan_result_text(result)) : result->text.size();
}

size_t magscan_result_photo(const magscan_result* result) {
    return result == nullptr ? 0 : result->photo;
}

void magscan_result_free(magscan_result* result) {
    delete result;
}

void magscan_scanner_default_options(magscan_scanner_options* options, size_t size) {
    put_defaults(options, scanner_defaults(), size);
}

magscan_status magscan_scanner_create(const magscan_scanner_options* options, magscan_scanner** scanner,
                                      magscan_result** result) {
    if (scanner != nullptr) *scanner = nullptr;
    auto made = guarded([&]() -> Maybe<std::string> {
        if (scanner == nullptr) return fail(Error::Kind::kUsage, "there is no place for the scanner. Pass a pointer");
        const auto all = told(options, scanner_defaults(), kFirstScannerOptions, "magscan_scanner_default_options");
        if (!all) return tl::unexpected(all.error());
        auto created = magscan::Scanner::create({.models = text_or_empty(all->models),
                                                 .tessdata = text_or_empty(all->tessdata),
                                                 .threads = all->threads,
                                                 .max_scans = all->max_scans});
        if (!created) return tl::unexpected(created.error());
        *scanner = new magscan_scanner{std::move(*created)};
        return std::string();
    });
    if (!made) return answer(std::move(made), result);
    if (result != nullptr) *result = nullptr;
    return MAGSCAN_OK;
}

int32_t magscan_scanner_has_detector(const magscan_scanner* scanner) {
    return scanner != nullptr && scanner->scanner.has_detector() ? 1 : 0;
}

void magscan_scanner_free(magscan_scanner* scanner) {
    delete scanner;
}

void magscan_scan_default_options(magscan_scan_options* options, size_t size) {
    put_defaults(options, scan_defaults(), size);
}

magscan_status magscan_scan(const magscan_scanner* scanner, const void* bytes, size_t size,
                            const magscan_scan_options* options, magscan_result** result) {
    return report(options, result, [&](const magscan::ScanOptions& all) {
        return scanner == nullptr ? no_scanner() : scanner->scanner.scan(bytes_of(bytes, size), all);
    });
}

magscan_status magscan_scan_pixels(const magscan_scanner* scanner, const magscan_pixels* pixels,
                                   const magscan_scan_options* options, magscan_result** result) {
    return report(options, result, [&](const magscan::ScanOptions& all) -> Maybe<magscan::Report> {
        if (scanner == nullptr) return no_scanner();
        const auto picture = pixels_of(pixels == nullptr ? magscan_pixels{} : *pixels);
        if (!picture) return tl::unexpected(picture.error());
        return scanner->scanner.scan(*picture, all);
    });
}

magscan_status magscan_scan_product(const magscan_scanner* scanner, const magscan_photo* photos, size_t count,
                                    const magscan_scan_options* options, magscan_result** result) {
    return report(options, result, [&](const magscan::ScanOptions& all) -> Maybe<magscan::Report> {
        if (scanner == nullptr) return no_scanner();
        std::vector<magscan::Photo> pictures;
        // One too many is enough to be told so.
        for (std::size_t i = 0; photos != nullptr && i < std::min(count, magscan::kMaxProductPhotos + 1); ++i) {
            auto picture = photo_of(photos[i]);
            if (!picture) return fail(picture.error().kind, picture.error().message, i);
            pictures.push_back(std::move(*picture));
        }
        return scanner->scanner.scan_product(pictures, all);
    });
}

magscan_status magscan_parse_text(const char* text, size_t size, const magscan_scan_options* options,
                                  magscan_result** result) {
    return report(options, result,
                  [&](const magscan::ScanOptions& all) { return magscan::Scanner::parse(view_of(text, size), all); });
}

magscan_status magscan_parse_page(const char* json, size_t size, const magscan_scan_options* options,
                                  magscan_result** result) {
    return report(options, result, [&](const magscan::ScanOptions& all) -> Maybe<magscan::Report> {
        const auto read = magscan::api::pages_from_json(view_of(json, size));
        if (!read) return tl::unexpected(read.error());
        return read->is_list ? magscan::api::report_of_pages(read->pages, all)
                             : magscan::api::report_of_page(read->pages.front(), all);
    });
}

void magscan_dose_default_question(magscan_dose_question* question, size_t size) {
    put_defaults(question, question_defaults(), size);
}

magscan_status magscan_calc(const magscan_dose_question* question, magscan_result** result) {
    return answer(guarded([&]() -> Maybe<std::string> {
                      const auto all =
                          told(question, question_defaults(), kFirstQuestion, "magscan_dose_default_question");
                      if (!all) return tl::unexpected(all.error());
                      magscan::DoseQuestion asked;
                      asked.form = text_or_empty(all->form);
                      asked.amount = text_or_empty(all->amount);
                      const std::string basis = text_or_empty(all->basis);
                      if (basis == "compound") {
                          asked.basis = magscan::Basis::kCompound;
                      } else if (basis == "elemental") {
                          asked.basis = magscan::Basis::kElemental;
                      } else if (!basis.empty() && basis != "unknown") {
                          return fail(Error::Kind::kUsage, "basis is compound, elemental or unknown");
                      }
                      if (all->units_per_serving != 0) asked.units_per_serving = all->units_per_serving;
                      if (all->servings_per_day != 0) asked.servings_per_day = all->servings_per_day;
                      const auto dose = magscan::Scanner::calc(asked);
                      if (!dose) return tl::unexpected(dose.error());
                      return dose->to_json();
                  }),
                  result);
}
