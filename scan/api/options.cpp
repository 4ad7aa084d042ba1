#include "magscan/options.h"

#include "scan/api/convert.h"
#include "scan/api/enums.h"

namespace magscan {
namespace api {

tl::expected<scan::ReportOptions, Error> report_options(const ScanOptions& options) {
    const Person& person = options.person;
    if (person.age_years && !(*person.age_years >= 0 && *person.age_years <= 120)) {
        return fail(Error::Kind::kUsage, "a person's age is not between 0 and 120 years");
    }
    scan::ReportOptions out;
    out.profile = {person.age_years, mirrored<calc::Sex>(person.sex), mirrored<calc::LifeStage>(person.stage)};
    if (options.jurisdiction) out.jurisdiction = mirrored<calc::Jurisdiction>(*options.jurisdiction);
    return out;
}

}  // namespace api

tl::expected<Person, Error> person_from(std::string_view text) {
    return api::guarded([&]() -> tl::expected<Person, Error> {
        const auto profile = calc::parse_profile(text);
        if (!profile) return api::fail(Error::Kind::kUsage, profile.error());
        return Person{profile->age_years, api::mirrored<Sex>(profile->sex), api::mirrored<LifeStage>(profile->stage)};
    });
}

tl::expected<Jurisdiction, Error> jurisdiction_from(std::string_view text) {
    return api::guarded([&]() -> tl::expected<Jurisdiction, Error> {
        const auto place = calc::parse_jurisdiction(text);
        if (!place) return api::fail(Error::Kind::kUsage, place.error());
        return api::mirrored<Jurisdiction>(*place);
    });
}

}  // namespace magscan
