#include "calc/cautions.h"

#include <algorithm>

#include "calc/table.h"
#include "magscan_calc_data.h"

namespace magscan::calc {
namespace {

using nlohmann::json;

constexpr double kOldAge = 65;

struct CautionTable {
    std::vector<Caution> rows;
    std::string disclaimer;
};

const Words<Severity> kSeverities = {{"stop", Severity::kStop},
                                     {"high", Severity::kHigh},
                                     {"medium", Severity::kMedium},
                                     {"low", Severity::kLow},
                                     {"info", Severity::kInfo}};
const Words<Caution::When> kWhens = {{"always", Caution::When::kAlways},
                                     {"form", Caution::When::kForm},
                                     {"profile", Caution::When::kProfile},
                                     {"label_word", Caution::When::kLabelWord},
                                     {"reference", Caution::When::kReference}};
const Words<Caution::Who> kPeople = {{"", Caution::Who::kAnyone},
                                     {"child", Caution::Who::kChild},
                                     {"pregnant", Caution::Who::kPregnant},
                                     {"old", Caution::Who::kOld}};

void read_applies(const json& row, Caution& caution) {
    caution.when = value_of(kWhens, row.at("when").get<std::string>());
    caution.families = row.value("families", caution.families);
    caution.from_mg = row.value("from_mg", 0.0);
    caution.other_families = row.value("other_families", caution.other_families);
    caution.other_from_mg = row.value("other_from_mg", 0.0);
    caution.not_for_men = row.value("not_for", "") == "male";
    caution.profile = value_of(kPeople, row.value("profile", ""));
    caution.label_word = row.value("label_word", "");
}

CautionTable load() {
    CautionTable table;
    const json file = json::parse(data::cautions);
    file.at("disclaimer").get_to(table.disclaimer);
    for (const auto& row : file.at("cautions")) {
        Caution caution;
        row.at("id").get_to(caution.id);
        row.at("group").get_to(caution.group);
        row.at("who").get_to(caution.who);
        row.at("effect").get_to(caution.effect);
        read_if_any(row.at("hours_before"), caution.hours_before);
        read_if_any(row.at("hours_after"), caution.hours_after);
        read_if_any(row.at("hours_note"), caution.hours_note);
        caution.severity = value_of(kSeverities, row.at("severity").get<std::string>());
        row.at("text").get_to(caution.text);
        row.at("sources").get_to(caution.sources);
        read_applies(row.at("applies"), caution);
        table.rows.push_back(std::move(caution));
    }
    std::stable_sort(table.rows.begin(), table.rows.end(),
                     [](const Caution& a, const Caution& b) { return a.severity < b.severity; });
    return table;
}

const CautionTable& table() {
    static const CautionTable loaded = load();
    return loaded;
}

bool names_any(const std::vector<std::string>& wanted, std::span<const std::string_view> families) {
    return std::any_of(families.begin(), families.end(), [&](std::string_view family) {
        return std::find(wanted.begin(), wanted.end(), family) != wanted.end();
    });
}

bool reaches(const std::optional<double>& mg, double from) {
    return from == 0 || (mg && *mg >= from);
}

bool is_profile(Caution::Who who, const Profile& profile) {
    switch (who) {
        case Caution::Who::kAnyone:
            return false;
        case Caution::Who::kChild:
            return profile.age_years && *profile.age_years < kMajority;
        case Caution::Who::kPregnant:
            return profile.stage != LifeStage::kNone;
        case Caution::Who::kOld:
            return profile.age_years && *profile.age_years >= kOldAge;
    }
    return false;
}

bool applies(const Caution& caution, const CautionCase& product) {
    const bool word = !caution.label_word.empty() &&
                      std::any_of(product.words.begin(), product.words.end(),
                                  [&](const parser::LabelWord& found) { return found.id == caution.label_word; });
    switch (caution.when) {
        case Caution::When::kAlways:
            return true;
        case Caution::When::kForm:
            if (caution.not_for_men && product.profile.sex == Sex::kMale) return false;
            return (names_any(caution.families, product.families) && reaches(product.mg_a_day, caution.from_mg)) ||
                   (names_any(caution.other_families, product.families) &&
                    reaches(product.mg_a_day, caution.other_from_mg));
        case Caution::When::kProfile:
            return word || is_profile(caution.profile, product.profile);
        case Caution::When::kLabelWord:
            return word;
        case Caution::When::kReference:
            return false;
    }
    return false;
}

}  // namespace

const std::vector<Caution>& cautions() {
    return table().rows;
}

const Caution* find_caution(std::string_view id) {
    return find_by_id(cautions(), id);
}

std::vector<const Caution*> cautions_for(const CautionCase& product) {
    std::vector<const Caution*> out;
    for (const Caution& caution : cautions()) {
        if (applies(caution, product)) out.push_back(&caution);
    }
    return out;
}

const std::string& disclaimer() {
    return table().disclaimer;
}

}  // namespace magscan::calc
