// What a label says about magnesium, as printed: the parser's result and the calculation's input.
//
// Nothing here is decided yet: whether an amount is the element or the compound is `calc`'s to say. Masses are
// milligrams.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ocr/page.h"

namespace magscan::parser {

// The words on the photo that a fact rests on.
struct Evidence {
    int image = 0;          // which photo, counted from 0; 0 for text
    std::string text;       // as read, before any repair
    double confidence = 1;  // 0..1, of the weakest word
    ocr::Polygon polygon;   // empty for text
};

// An amount as printed. `mg` is the mass it stands for; for mmol and mEq the mass of that much magnesium.
struct Amount {
    double mg = 0;
    double step_mg = 1;  // half of it is the rounding of the print: 1 for "200 mg", 0.1 for "81.9 mg"
    std::string text;    // "2,000 mg"
    bool molar = false;  // printed in mmol or mEq: always the element
};

// A figure as it was read, for the arithmetic to prove or repair.
struct Reading {
    std::string text;                       // digits and mark, without the unit: "2,000", "48"
    std::vector<std::string> alternatives;  // other readings by the recogniser, best first
};

// A form of magnesium that the label names.
struct Form {
    std::string family;    // id as in the report: "citrate", "bisglycinate", "other" ...
    std::string compound;  // id in calc/data/compounds.json that the name stands for, "citrate-unspecified" ...
    std::string text;      // as printed
};

// Where on the label a statement stands.
enum class Place { kPanel, kIngredients, kDrugFacts, kDirections, kFront };

// What the printed amount stands beside.
enum class Subject {
    kMineral,   // "Magnesium", "Magnesium (as citrate)"
    kCompound,  // "Magnesium Citrate", "Magtein"
};

// What one printed amount counts.
enum class Per { kServing, kUnit, kDay, k100g, k100ml, kUnknown };

// Whom a column of a table is for.
enum class People { kAnyone, kAdults, kChildren };

// What the heading of a table's column says about the amounts below it.
struct Heading {
    Per per = Per::kUnknown;
    std::optional<double> units;  // "2 scoops": 2
    std::string unit;             // "scoop", "g"; empty where `units` is missing
    People people = People::kAnyone;
    bool percent = false;  // "% DV": a column of percentages
    std::string text;      // as printed

    // True if the heading tells its column from the others of a row.
    bool tells() const { return per != Per::kUnknown || units || people != People::kAnyone; }
};

// One amount of a row that has several.
struct Column {
    Amount amount;
    std::optional<double> percent;  // printed right behind it
    Heading heading;                // of no use where the label has none
};

// One thing that the label says about magnesium: a row of a panel, a claim on the front, an item of an ingredient list.
struct Statement {
    Place place = Place::kFront;
    Subject subject = Subject::kMineral;
    std::vector<Form> forms;                 // in print order; empty where none is named
    std::optional<Amount> amount;            // beside the subject
    std::optional<Amount> inner_compound;    // "(from 2,000 mg Magtein)", "entspricht 1000 mg Magnesiumcitrat"
    std::optional<Amount> inner_element;     // "davon Magnesium 240 mg", "(providing 100 mg elemental)"
    Heading heading;                         // over the column that `amount` stands in
    std::vector<Column> other_columns;       // the same row's amounts for other serving sizes or per 100 g
    std::optional<double> percent;           // of a daily value, as printed
    std::optional<Reading> amount_reading;   // of the amount that counts the element where two are printed
    std::optional<Reading> percent_reading;  // also of digits that are too many for a percentage: "4896" for "48 %"
    bool percent_unmarked = false;  // a bare number where a percentage stands: only believed where the arithmetic fits
    std::optional<double> content_percent;  // "Magnesium citrate (magnesium 11.9 %)": share of the compound's weight
    bool says_elemental = false;            // the word "elemental" (any language) governs the amount
    bool no_daily_value_mark = false;       // a dagger, asterisk or dash stands in the percentage column
    bool is_total = false;                  // "Total magnesium", sum line
    bool bare_form = false;                 // a line that names forms without the word magnesium: "GLYCINATE, CITRATE"
    bool unnamed = false;                   // an amount with its percentage that stands apart from any name
    bool amount_follows_name = false;       // "Magnesium 500 mg", not "500 mg of magnesium"
    bool tied_to_product_name = false;      // the amount is part of a headline, not of a sentence about magnesium
    bool amount_apart = false;              // the one amount of a front, in type of its own away from the name
    bool bracket_open = false;              // "Magnesium (as magnesium citrate 200 mg": where it closes was not read
    bool of_blend = false;                  // the total of a proprietary blend, whose parts are not told
    bool in_listing = false;                // product | form | amount | serving, each in a cell of its own
    Per per = Per::kUnknown;
    double amount_confidence = 1;  // 0..1, the recogniser's, of the amount's own words
    int amount_photos = 1;         // on how many photos of the product the amount was read alike
    std::vector<Evidence> evidence;
    std::vector<Statement> rivals;  // what other photos show of the same row with other figures; each without rivals
};

// How well the words that give a serving define it, the best first.
enum class ServingRank { kServingSize, kPanelHeading, kEach, kDirections, kAlone, kPerUnit, kPack };

struct Serving {
    ServingRank rank = ServingRank::kAlone;
    std::optional<double> units;      // 2 for "2 capsules"
    std::optional<std::string> unit;  // capsule, tablet, gummy, softgel, scoop, sachet, ml, drop, g ...
    std::optional<double> grams;      // what the serving weighs or measures, where that is printed as well
    std::optional<double> millilitres;
    std::optional<double> per_container;
    std::optional<double> per_day_low;  // servings a day by the directions
    std::optional<double> per_day_high;
    std::optional<std::string> text;
    std::vector<Evidence> evidence;
    bool varies = false;       // the label gives several serving sizes (adults and children, "1-2 capsules")
    bool dose_varies = false;  // no serving size is printed and the directions give a range
};

enum class Jurisdiction { kUnknown, kUs, kEu, kCanada, kAustralia, kJapan, kRussia };

struct Warning {
    std::string code;     // stable, machine-readable
    std::string message;  // for people: what it means, what to do
};

// A row of a panel beside one of magnesium's that was read in part only, and may be magnesium's too.
struct UnreadRow {
    std::optional<Amount> amount;
    std::optional<double> percent;
    bool names_form = false;  // of magnesium, another than the rows that were read
    Evidence evidence;
};

// Something besides magnesium that the label says: another active substance, a test mark, a wording.
struct LabelWord {
    std::string id;  // of parser/data/label_words.json: "melatonin", "usp-verified", "buffered" ...
    Evidence evidence;
};

struct Label {
    std::vector<Statement> statements;  // what counts as a source; excipients and other nutrients are left out
    std::vector<UnreadRow> unread_rows;
    std::optional<Serving> serving;
    Jurisdiction jurisdiction = Jurisdiction::kUnknown;
    bool is_food = false;          // a Nutrition Facts panel: conventional food, which rounds its percentages coarsely
    bool names_magnesium = false;  // as an ingredient; not as an excipient only
    std::vector<LabelWord> words;  // each id once
    int readable_words = 0;        // words of three letters or more that were read with confidence
    std::vector<Warning> warnings;
};

}  // namespace magscan::parser
