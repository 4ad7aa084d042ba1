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

// One thing that the label says about magnesium: a row of a panel, a claim on the front, an item of an ingredient list.
struct Statement {
    Place place = Place::kFront;
    Subject subject = Subject::kMineral;
    std::vector<Form> forms;               // in print order; empty where none is named
    std::optional<Amount> amount;          // beside the subject
    std::optional<Amount> inner_compound;  // "(from 2,000 mg Magtein)", "entspricht 1000 mg Magnesiumcitrat"
    std::optional<Amount> inner_element;   // "davon Magnesium 240 mg", "(providing 100 mg elemental)"
    std::vector<Amount> other_columns;     // the same row's amounts for other serving sizes or per 100 g
    std::optional<double> percent;         // of a daily value, as printed
    bool percent_unmarked = false;  // a bare number where a percentage stands: only believed where the arithmetic fits
    std::optional<double> content_percent;  // "Magnesium citrate (magnesium 11.9 %)": share of the compound's weight
    bool says_elemental = false;            // the word "elemental" (any language) governs the amount
    bool no_daily_value_mark = false;       // a dagger, asterisk or dash stands in the percentage column
    bool is_total = false;                  // "Total magnesium", sum line
    bool bare_form = false;                 // a line that names forms without the word magnesium: "GLYCINATE, CITRATE"
    bool unnamed = false;                   // an amount with its percentage that stands apart from any name
    bool amount_follows_name = false;       // "Magnesium 500 mg", not "500 mg of magnesium"
    bool tied_to_product_name = false;      // the amount is part of a headline, not of a sentence about magnesium
    Per per = Per::kUnknown;
    double amount_confidence = 1;  // 0..1, the recogniser's, of the amount's own words
    int amount_photos = 1;         // on how many photos of the product the amount was read alike
    std::vector<Evidence> evidence;
    std::vector<Statement> rivals;  // what other photos show of the same row with other figures; each without rivals
};

// How well the words that give a serving define it, the best first.
enum class ServingRank { kServingSize, kPanelHeading, kEach, kDirections, kAlone };

struct Serving {
    ServingRank rank = ServingRank::kAlone;
    std::optional<double> units;      // 2 for "2 capsules"
    std::optional<std::string> unit;  // capsule, tablet, gummy, softgel, scoop, sachet, ml, drop, g ...
    std::optional<double> per_container;
    std::optional<double> per_day_low;  // servings a day by the directions
    std::optional<double> per_day_high;
    std::optional<std::string> text;
    std::vector<Evidence> evidence;
    bool varies = false;       // the label gives several serving sizes (adults and children, "1-2 capsules")
    bool dose_varies = false;  // no serving size is printed and the directions give a range
};

enum class Jurisdiction { kUnknown, kUs, kEu, kCanada, kAustralia };

struct Warning {
    std::string code;     // stable, machine-readable
    std::string message;  // for people: what it means, what to do
};

struct Label {
    std::vector<Statement> statements;  // what counts as a source; excipients and other nutrients are left out
    std::optional<Serving> serving;
    Jurisdiction jurisdiction = Jurisdiction::kUnknown;
    bool names_magnesium = false;  // as an ingredient; not as an excipient only
    int readable_words = 0;        // words of three letters or more that were read with confidence
    std::vector<Warning> warnings;
};

}  // namespace magscan::parser
