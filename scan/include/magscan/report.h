// What magscan says of one product. The words, rules and figures behind it are those of docs/report.schema.json, which
// to_json() follows. Masses are milligrams of elemental magnesium unless a name says otherwise, and are not rounded.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "magscan/export.h"
#include "magscan/page.h"

namespace magscan {

// A figure with bounds: low <= value <= high. `value` is missing where only the bounds can be given.
struct Interval {
    std::optional<double> value;
    double low = 0;
    double high = 0;
};

// The words on the photo that a fact rests on.
struct Evidence {
    int image = 0;          // index into Source::images, or the page's; 0 for text
    std::string text;       // as read, before any repair
    double confidence = 1;  // 0..1, of the weakest word
    Polygon polygon;        // pixels of the photo as sent, after its EXIF orientation; empty where not known
};

enum class Outcome {
    kComplete,     // form and elemental amount are known
    kPartial,      // magnesium was found, something is missing
    kNoMagnesium,  // text was read, none is named
    kUnreadable,   // too little was read to say
};

enum class Status {
    kStated,     // the label prints the amount as elemental magnesium
    kDerived,    // it follows from printed figures without assumption
    kEstimated,  // an interval that rests on an assumption, such as the hydrate of a salt
    kUnknown,
};

// The answer: how much elemental magnesium.
struct Elemental {
    Status status = Status::kUnknown;
    std::optional<Interval> per_serving;
    std::optional<Interval> per_unit;  // capsule, tablet ...
    std::optional<Interval> per_day;   // by the label's directions
    double confidence = 0;             // 0..1: probability that the figure is right
    std::string reason;                // why it is what it is, in one sentence
    std::optional<double> us_dv_percent;
    std::optional<double> eu_nrv_percent;
};

// Whose weight a printed amount is.
enum class Basis { kElemental, kCompound, kAmbiguous };
enum class Per { kServing, kUnit, kDay, k100g, k100ml, kUnknown };

struct PrintedAmount {
    double mg = 0;     // of what `basis` says
    std::string text;  // "2,000 mg"
    Basis basis = Basis::kAmbiguous;
    std::string rule;  // id of the rule that decided the basis: magscan explain RULE
    Per per = Per::kUnknown;
};

// One row, claim or ingredient of the label that names magnesium.
struct Magnesium {
    std::vector<std::string> forms;      // families: "citrate", "bisglycinate" ...; empty where none is named
    std::vector<std::string> compounds;  // ids of the table of compounds, only where the label is that exact
    std::optional<std::string> form_text;
    std::optional<PrintedAmount> amount;
    std::optional<Interval> compound_mg;  // of the compound
    std::optional<Interval> elemental_mg;
    std::optional<double> daily_value_percent;  // as printed
    double confidence = 0;                      // 0..1
    std::vector<Evidence> evidence;
};

struct Serving {
    std::optional<double> units;      // 2 for "2 capsules"
    std::optional<std::string> unit;  // capsule, tablet, gummy, softgel, scoop, sachet, ml, drop, g ...
    std::optional<double> per_container;
    std::optional<double> per_day;  // servings a day, where the directions give one number
    std::optional<std::string> text;
    std::vector<Evidence> evidence;
};

// One authority's limit on supplemental magnesium a day.
struct Limit {
    std::string authority;
    double limit_mg = 0;
    std::string applies_to;        // what counts, for whom, and what was assumed of the day
    std::optional<bool> exceeded;  // missing where that is open
    std::string source;
};

enum class CheckResult { kPass, kFail, kCorrected, kSkipped };

// One comparison of printed figures with each other.
struct Check {
    std::string rule;
    CheckResult result = CheckResult::kSkipped;
    std::string detail;  // the arithmetic in words
};

struct Warning {
    std::string code;     // stable, machine-readable
    std::string message;  // for people: what it means, what to do
};

struct Caution {
    std::string id;
    std::string text;
};

// In plain words, what the product is good for and who has to be careful. No medical advice; show the disclaimer with
// it. The ratings by form and purpose, and all sources, are in to_json() under "suitability".
struct Note {
    std::string summary;
    std::vector<Caution> cautions;  // the severe ones first
    std::string disclaimer;
};

enum class SourceKind { kPhoto, kPhotos, kText };

struct SourceImage {
    std::string name;
    std::string sha256;  // of the bytes as sent, 64 hexadecimal digits
    std::string format;  // jpeg, png, webp, heic, avif, tiff, bmp
    int width = 0;       // pixels, EXIF orientation applied
    int height = 0;
    int rotation = 0;  // degrees clockwise (0, 90, 180, 270) that the photo has to be turned to stand upright
};

struct Source {
    std::string name;
    SourceKind kind = SourceKind::kPhoto;
    std::vector<SourceImage> images;  // empty for text
};

struct Engine {
    std::string magscan;                   // version of the library
    std::optional<std::string> tesseract;  // what read the text; missing for text input
    std::optional<std::string> detector;   // what found the lines of text; missing for text input
    std::string knowledge;                 // version of the word lists and the table of compounds
};

struct Timing {
    std::string stage;  // decode, read, parse, assess, total
    double milliseconds = 0;
};

// Immutable; copies share what they hold. May be read from any number of threads at once. What its functions refer to
// lives as long as any copy does.
class MAGSCAN_API Report {
  public:
    Outcome outcome() const;
    const Elemental& elemental() const;
    const std::vector<Magnesium>& magnesium() const;  // in the label's order; empty where none is named
    const std::optional<Serving>& serving() const;
    const std::vector<Limit>& limits() const;  // those of the label's market, or of the chosen place, first
    const std::vector<Check>& checks() const;
    const std::vector<Warning>& warnings() const;
    const std::optional<Note>& note() const;  // missing where no magnesium was found
    const Source& source() const;
    const Engine& engine() const;
    const std::vector<Timing>& timings() const;  // the only part that differs between two scans of the same bytes

    // One line of UTF-8 without its line break: what `magscan scan --json` prints.
    std::string to_json() const;

    // Several lines for people: what `magscan scan` prints.
    std::string to_text() const;

    // Internal: reports come from a Scanner.
    struct State;
    explicit Report(std::shared_ptr<const State> state);

  private:
    std::shared_ptr<const State> state_;
};

// The words of the JSON: "complete", "stated", "elemental", "serving", "pass".
MAGSCAN_API std::string_view name_of(Outcome outcome);
MAGSCAN_API std::string_view name_of(Status status);
MAGSCAN_API std::string_view name_of(Basis basis);
MAGSCAN_API std::string_view name_of(Per per);
MAGSCAN_API std::string_view name_of(CheckResult result);

}  // namespace magscan
