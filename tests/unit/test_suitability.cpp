// The note on a product: what it says for each kind of answer, and what it leaves out.
#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "calc/assess.h"
#include "calc/rules.h"
#include "calc/suitability.h"
#include "parser/label_parser.h"

using namespace magscan;
using calc::Basis;
using calc::Interval;
using calc::Jurisdiction;
using calc::Limit;
using calc::Outcome;
using calc::Status;

namespace {

// `mg` a serving of two capsules, of the given forms.
calc::Assessment product(std::vector<std::string> forms, std::optional<Interval> mg, Status status) {
    calc::Assessment out;
    out.outcome = mg && !forms.empty() ? Outcome::kComplete : Outcome::kPartial;
    out.status = status;
    out.per_serving = mg;
    parser::Serving serving;
    serving.units = 2;
    serving.unit = "capsule";
    out.serving = serving;
    calc::Entry entry;
    entry.forms = std::move(forms);
    entry.elemental_mg = mg;
    entry.basis = Basis::kElemental;
    if (mg) entry.amount = parser::Amount{mg->high, 1, "as printed", false};
    out.entries.push_back(entry);
    return out;
}

calc::Assessment stated(const std::string& form, double mg) {
    return product({form}, Interval{mg, mg, mg}, Status::kStated);
}

Limit limit(Jurisdiction place, double mg, std::optional<bool> exceeded) {
    Limit out;
    out.place = place;
    out.limit_mg = mg;
    out.exceeded = exceeded;
    return out;
}

// The verdicts that calc/limits gives for so much a day.
std::vector<Limit> limits_at(double mg) {
    return {limit(Jurisdiction::kEu, 250, mg > 250), limit(Jurisdiction::kUs, 350, mg > 350),
            limit(Jurisdiction::kUk, 400, mg > 400)};
}

std::string summary(const calc::Assessment& assessment, const std::vector<Limit>& limits = {}) {
    const auto note = calc::suitability_of(assessment, {}, {}, limits);
    REQUIRE(note);
    return note->summary;
}

bool says(const std::string& text, const std::string& words) {
    INFO(text);
    CHECK(text.find(words) != std::string::npos);
    return text.find(words) != std::string::npos;
}

bool warns(const calc::Suitability& note, const std::string& id) {
    return std::any_of(note.cautions.begin(), note.cautions.end(), [&](const auto* c) { return c->id == id; });
}

calc::Suitability note_of(const calc::Assessment& assessment, const calc::Profile& profile = {},
                          const std::vector<parser::LabelWord>& words = {}) {
    auto note = calc::suitability_of(assessment, words, profile, {});
    REQUIRE(note);
    return *note;
}

}  // namespace

TEST_CASE("a stated amount of one form is told with its limits and what the form is good for", "[suitability]") {
    CHECK(
        summary(stated("citrate", 300), limits_at(300)) ==
        "One serving (2 capsules) holds 300 mg of magnesium itself, from magnesium citrate. Taken once a day, that is "
        "more than 250 mg (EU), the upper limit for supplements, but within 350 mg (US) and 400 mg (UK). Loose stools "
        "are the usual first sign of too much. " +
            calc::facts_of("citrate").gist);
    CHECK(summary(stated("citrate", 200), limits_at(200)) ==
          "One serving (2 capsules) holds 200 mg of magnesium itself, from magnesium citrate. Taken once a day, that "
          "stays within the upper limits for supplements: 250 mg (EU), 350 mg (US) and 400 mg (UK). " +
              calc::facts_of("citrate").gist);
}

TEST_CASE("the directions' amount a day is what limits are compared with", "[suitability]") {
    calc::Assessment twice = stated("citrate", 200);
    twice.per_day = Interval{400.0, 400, 400};
    const std::string text = summary(twice, limits_at(400));
    says(text, "By the directions on the label a day's amount is 400 mg.");
    says(text,
         "That is more than 250 mg (EU) and 350 mg (US), the upper limits for supplements, but within 400 mg (UK).");
    // One serving a day is no news.
    calc::Assessment once = stated("citrate", 200);
    once.per_day = once.per_serving;
    CHECK(summary(once).find("directions") == std::string::npos);
}

TEST_CASE("limits of the same figure are told once, those that stay open as such", "[suitability]") {
    const std::vector<Limit> limits = {limit(Jurisdiction::kEu, 250, false), limit(Jurisdiction::kUs, 350, false),
                                       limit(Jurisdiction::kAustralia, 350, false)};
    says(summary(stated("citrate", 200), limits), "250 mg (EU) and 350 mg (US and Australia).");
    const calc::Assessment open = product({"citrate"}, Interval{std::nullopt, 200, 300}, Status::kEstimated);
    const std::string text =
        summary(open, {limit(Jurisdiction::kEu, 250, std::nullopt), limit(Jurisdiction::kUs, 350, std::nullopt)});
    says(text, "Taken once a day, that stays within the upper limit for supplements: 350 mg (US).");
    says(text, "Whether it stays within 250 mg (EU) cannot be told from this label.");
}

TEST_CASE("an estimate says what it rests on", "[suitability]") {
    calc::Assessment compound = product({"citrate"}, Interval{std::nullopt, 105, 165}, Status::kEstimated);
    compound.entries[0].basis = Basis::kCompound;
    says(summary(compound),
         "holds 105 to 165 mg of magnesium itself, from magnesium citrate. This is an estimate: the "
         "label prints the weight of the whole compound");
    calc::Assessment ambiguous = compound;
    ambiguous.entries[0].basis = Basis::kAmbiguous;
    says(summary(ambiguous),
         "does not say whether it prints the magnesium itself or the weight of the whole compound.");
    calc::Assessment part = product({"citrate"}, Interval{std::nullopt, 100, 200}, Status::kEstimated);
    part.reason = "Rows beside it could not be read.";
    says(summary(part), "This is an estimate. Rows beside it could not be read.");
    // Nobody has to know the rules to understand the note.
    part.entries[0].rule = "FOP-1";
    part.reason = calc::find_rule("FOP-1")->reason;
    says(summary(part), "This is an estimate, because the label leaves open what its figure counts.");
    says(summary(product({"citrate"}, Interval{120.0, 120, 120}, Status::kDerived)),
         "(worked out from the printed figures)");
}

TEST_CASE("an unknown amount is not compared with anything", "[suitability]") {
    const calc::Assessment unknown = product({"oxide"}, std::nullopt, Status::kUnknown);
    const std::string text = summary(unknown, {limit(Jurisdiction::kEu, 250, std::nullopt)});
    says(text, "What was read of the label names magnesium oxide, but does not tell how much magnesium that is");
    CHECK(text.find("250") == std::string::npos);
    says(text, calc::facts_of("oxide").gist);
    // Bounds behind an unknown status are no amount.
    calc::Assessment bounded = unknown;
    bounded.per_serving = Interval{std::nullopt, 10, 900};
    CHECK(summary(bounded).find("900") == std::string::npos);
    CHECK_FALSE(warns(note_of(bounded), "loose-stools"));
}

TEST_CASE("a label without a form gets no word on what it is good for", "[suitability]") {
    const calc::Suitability note = note_of(product({}, Interval{200.0, 200, 200}, Status::kStated));
    CHECK(note.forms.empty());
    says(note.summary, "The label does not name the form, so nothing can be said of what it is good for.");
    says(summary(product({}, std::nullopt, Status::kUnknown)), "but neither its form nor how much it is");
    CHECK(warns(note, "kidney-disease"));
}

TEST_CASE("mixtures say whether the shares are known", "[suitability]") {
    const calc::Assessment blend = product({"oxide", "citrate"}, Interval{300.0, 300, 300}, Status::kStated);
    says(summary(blend), "from magnesium oxide and magnesium citrate.");
    says(summary(blend), "the label does not tell how much of each form is in it");
    calc::Assessment rows = stated("oxide", 100);
    rows.entries.push_back(stated("citrate", 200).entries.front());
    says(summary(rows), "It is a mixture: the notes on each form hold for its own share.");
    const calc::Assessment many =
        product({"oxide", "citrate", "malate", "taurate"}, Interval{300.0, 300, 300}, Status::kStated);
    says(summary(many), "from 4 forms of magnesium.");
    CHECK(note_of(many).forms.size() == 4);
    // A form in two rows is one form.
    rows.entries.push_back(stated("citrate", 50).entries.front());
    CHECK(note_of(rows).forms.size() == 2);
}

TEST_CASE("several products in one photo get no figure", "[suitability]") {
    calc::Assessment several = product({"oxide", "citrate"}, std::nullopt, Status::kUnknown);
    several.warnings.push_back({"several_products", ""});
    says(summary(several), "The photo shows more than one product with magnesium, so no amount can be given.");
    says(summary(several), "The notes on each form hold for the product that contains it.");
}

TEST_CASE("without magnesium there is no note", "[suitability]") {
    for (const Outcome outcome : {Outcome::kNoMagnesium, Outcome::kUnreadable}) {
        calc::Assessment none;
        none.outcome = outcome;
        CHECK_FALSE(calc::suitability_of(none, {}, {}, {}));
    }
    const parser::Label excipient = parser::parse_text(
        "Supplement Facts\nVitamin C 500 mg 556%\nOther Ingredients: Cellulose, Magnesium Stearate, Silica, Gelatin "
        "capsule");
    CHECK_FALSE(calc::suitability_of(calc::assess(excipient), excipient.words, {}, {}));
}

TEST_CASE("a small amount is called small", "[suitability]") {
    says(summary(stated("citrate", 50)),
         "That is little: less than a sixth of what adults are advised to get in a day.");
    CHECK(summary(stated("citrate", 57)).find("little") == std::string::npos);
    // An upper bound that is not small says nothing.
    const calc::Assessment wide = product({"citrate"}, Interval{std::nullopt, 20, 200}, Status::kEstimated);
    CHECK(summary(wide).find("That is little") == std::string::npos);
}

TEST_CASE("portions are named as the label counts them", "[suitability]") {
    calc::Assessment one = stated("citrate", 200);
    one.serving->units = 1;
    says(summary(one), "One capsule holds 200 mg");
    one.serving->units.reset();
    says(summary(one), "One serving holds 200 mg");
    one.per_unit = one.per_serving;
    one.per_serving.reset();
    one.serving->unit = "ml";
    says(summary(one), "1 ml holds 200 mg");
    one.serving.reset();
    says(summary(one), "One unit holds 200 mg");
}

TEST_CASE("buffered bisglycinate is not judged as pure", "[suitability]") {
    const std::vector<parser::LabelWord> word = {{"buffered", {}}};
    CHECK(note_of(stated("bisglycinate", 200), {}, word).forms.front()->form == "bisglycinate-buffered");
    CHECK(note_of(stated("bisglycinate", 200)).forms.front()->form == "bisglycinate");
    calc::Assessment exact = stated("bisglycinate", 200);
    exact.entries[0].compounds = {"bisglycinate-buffered"};
    CHECK(note_of(exact).forms.front()->form == "bisglycinate-buffered");
    calc::Assessment named = stated("bisglycinate", 200);
    named.entries[0].compounds = {"bisglycinate"};
    CHECK(note_of(named, {}, word).forms.front()->form == "bisglycinate-buffered");
    // A word about the one form says nothing of another.
    CHECK(note_of(stated("malate", 200), {}, word).forms.front()->form == "malate");
    // An exact compound of the family that is no variant stays the family.
    exact.entries[0].compounds = {"bisglycinate-dihydrate"};
    CHECK(note_of(exact).forms.front()->form == "bisglycinate");
}

TEST_CASE("where popular claims and studies disagree both sides are told", "[suitability]") {
    const auto conflict = [](const char* form, const char* purpose) {
        for (const auto& note : calc::facts_of(form).purposes) {
            if (note.purpose == purpose) return note.conflict.value_or("");
        }
        return std::string();
    };
    says(conflict("bisglycinate", "deep-sleep"), "others L-threonate");
    says(conflict("l-threonate", "deep-sleep"), "Some popular articles call bisglycinate the form for deep sleep");
    says(conflict("oxide", "sleep-onset"), "useless for sleep; two of the three sleep trials");
    says(conflict("citrate", "repletion"), "500 mg of magnesium citrate hold about 90 mg");
    says(conflict("bisglycinate", "benzo-taper"), "no trial shows that");
}

TEST_CASE("cautions are those that make sense, the severe ones first", "[suitability]") {
    const calc::Suitability plain = note_of(stated("bisglycinate", 200));
    REQUIRE_FALSE(plain.cautions.empty());
    CHECK(plain.cautions.front()->id == "kidney-disease");
    for (const char* id : {"kidney-disease", "tetracyclines", "quinolones", "bisphosphonates", "levothyroxine"}) {
        INFO(id);
        CHECK(warns(plain, id));
    }
    for (const char* id : {"loose-stools", "strong-laxative", "bowel-disease", "threonate-in-pregnancy", "pregnancy",
                           "children", "age-65", "calcium", "gabapentin", "zinc"}) {
        INFO(id);
        CHECK_FALSE(warns(plain, id));
    }
    for (std::size_t i = 1; i < plain.cautions.size(); ++i) {
        CHECK(plain.cautions[i - 1]->severity <= plain.cautions[i]->severity);
    }
}

TEST_CASE("laxative forms warn, the milder ones from 250 mg a day on", "[suitability]") {
    CHECK(warns(note_of(stated("hydroxide", 50)), "strong-laxative"));
    CHECK(warns(note_of(stated("sulfate", 50)), "bowel-disease"));
    CHECK(warns(note_of(stated("oxide", 250)), "loose-stools"));
    CHECK_FALSE(warns(note_of(stated("oxide", 249)), "loose-stools"));
    CHECK_FALSE(warns(note_of(stated("malate", 400)), "loose-stools"));
    calc::Assessment twice = stated("citrate", 150);
    twice.per_day = Interval{300.0, 300, 300};
    CHECK(warns(note_of(twice), "loose-stools"));
}

TEST_CASE("who takes it decides on cautions too", "[suitability]") {
    const calc::Assessment threonate = stated("l-threonate", 144);
    calc::Profile profile;
    CHECK(warns(note_of(threonate, profile), "threonate-in-pregnancy"));
    profile.sex = calc::Sex::kMale;
    CHECK_FALSE(warns(note_of(threonate, profile), "threonate-in-pregnancy"));
    calc::Profile pregnant;
    pregnant.stage = calc::LifeStage::kPregnant;
    CHECK(warns(note_of(stated("citrate", 200), pregnant), "pregnancy"));
    calc::Profile child;
    child.age_years = 8;
    CHECK(warns(note_of(stated("citrate", 50), child), "children"));
    CHECK(warns(note_of(stated("citrate", 50), {}, {{"children", {}}}), "children"));
    calc::Profile old;
    old.age_years = 65;
    CHECK(warns(note_of(stated("citrate", 50), old), "age-65"));
    old.age_years = 64;
    CHECK_FALSE(warns(note_of(stated("citrate", 50), old), "age-65"));
}

TEST_CASE("the label's other words are told with what they do not promise", "[suitability]") {
    const parser::Label label = parser::parse_text(
        "Supplement Facts\nServing Size 2 Capsules\nMagnesium (as magnesium citrate) 200 mg 48%\nCalcium 500 mg 38%\n"
        "USP Verified");
    const auto note = calc::suitability_of(calc::assess(label), label.words, {}, {});
    REQUIRE(note);
    REQUIRE(note->label_notes.size() == 2);
    CHECK(note->label_notes[0].row->id == "calcium");
    CHECK(note->label_notes[1].row->id == "usp-verified");
    CHECK(note->label_notes[1].evidence.text == "USP Verified");
    says(note->label_notes[1].row->text, "does not say that the product helps");
    CHECK(warns(*note, "calcium"));
}
