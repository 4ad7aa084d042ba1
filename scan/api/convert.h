// Public values from internal ones and back. Internal to the library.
#pragma once

#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "calc/assessment.h"
#include "magscan/error.h"
#include "magscan/options.h"
#include "magscan/page.h"
#include "magscan/report.h"
#include "ocr/page.h"
#include "scan/report_options.h"
#include "scan/scanner.h"

namespace magscan::api {

inline tl::unexpected<Error> fail(Error::Kind kind, std::string message, std::size_t photo = 0) {
    return tl::unexpected<Error>(Error{kind, std::move(message), photo});
}

// Nothing leaves a public function but a value: not memory's end, and not what a caller's own callback throws.
template <class Work>
auto guarded(const Work& work) -> decltype(work()) try {
    return work();
} catch (const std::bad_alloc&) {
    return fail(Error::Kind::kInternal, "out of memory");
} catch (const std::exception& error) {
    return fail(Error::Kind::kInternal, std::string("magscan failed: ") + error.what());
} catch (...) {
    return fail(Error::Kind::kInternal, "magscan failed: a callback threw something");
}

Interval interval_of(const calc::Interval& from);
std::optional<Interval> interval_of(const std::optional<calc::Interval>& from);

Report report_of(scan::Report report);
Error error_of(const scan::ScanError& error);

// A usage error for a person that can't be.
tl::expected<scan::ReportOptions, Error> report_options(const ScanOptions& options);

ocr::Page page_of(const Page& page);

// A usage error that names what is wrong with it: too much of it, or numbers that are none. `photo` goes into the
// error.
tl::expected<void, Error> check(const ocr::Page& page, std::size_t photo);

// The pages of a JSON text: of an object one, of a list each.
struct Pages {
    std::vector<ocr::Page> pages;
    bool is_list = false;
};
tl::expected<Pages, Error> pages_from_json(std::string_view json);

// Usage errors for pages that check() refuses.
tl::expected<Report, Error> report_of_page(const ocr::Page& page, const ScanOptions& options);
tl::expected<Report, Error> report_of_pages(const std::vector<ocr::Page>& pages, const ScanOptions& options);

}  // namespace magscan::api
