#include "tools/service/fields.h"

#include "tools/service/options.h"

namespace magscan::service {
namespace {

// Sets one field; the sentence says what is wrong with its value.
tl::expected<void, std::string> set_field(Fields& fields, const std::string& name, const std::string& value) {
    if (name == "name") {
        if (value.empty() || value.size() > kMaxNameBytes)
            return tl::unexpected("\"name\" has 1 to " + std::to_string(kMaxNameBytes) + " bytes. Shorten it.");
        fields.name = value;
        return {};
    }
    if (name == "profile") {
        const auto profile = calc::parse_profile(value);
        if (!profile) return tl::unexpected("\"profile\": " + profile.error());
        fields.options.profile = *profile;
        return {};
    }
    if (name == "jurisdiction") {
        const auto place = calc::parse_jurisdiction(value);
        if (!place) return tl::unexpected("\"jurisdiction\": " + place.error());
        fields.options.jurisdiction = *place;
        return {};
    }
    return tl::unexpected("There is no field \"" + name.substr(0, 64) + "\". Leave it out.");
}

}  // namespace

tl::expected<Fields, Problem> fields_of(const std::map<std::string, std::string>& values) {
    Fields fields;
    for (const auto& [name, value] : values) {
        if (const auto set = set_field(fields, name, value); !set)
            return tl::unexpected(Problem{"field_invalid", set.error()});
        fields.key.append(name).append("=").append(std::to_string(value.size())).append(":").append(value).append("\n");
    }
    return fields;
}

}  // namespace magscan::service
