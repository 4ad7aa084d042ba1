// How a Scanner is made, and what one call may be told. Every default is the value that stands here.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "magscan/error.h"
#include "magscan/export.h"

namespace magscan {

struct ScannerOptions {
    // Folder of the text detector. Empty: $MAGSCAN_MODELS, else share/magscan/models beside the folder that the library
    // (of a static build: the program) lies in. Where none of those holds it, Tesseract finds the lines itself: fewer
    // labels are read, and each report warns of it (detector_missing). A folder that is named here must hold it.
    std::string models = {};

    // Folder of eng.traineddata and the other languages' data. Empty: where Tesseract looks by itself.
    std::string tessdata = {};

    // Threads that work on one photo, 1 to 64; 0: one a core. One is best where photos come from many threads at once;
    // more shorten the wait for a single photo. The report does not depend on it.
    int threads = 1;

    // Photos that are read at once, 1 to 1024; 0: one a core. Further calls wait their turn, up to their deadline. Each
    // holds some 210 MB of models and working memory, which are kept for the next one. Texts and doses never wait.
    int max_scans = 0;
};

// For whom limits are told and cautions are chosen. A default one is an adult of whom nothing else is known.
enum class Sex { kUnstated, kFemale, kMale };
enum class LifeStage { kNone, kPregnant, kLactating };
struct Person {
    std::optional<double> age_years = {};  // 0..120
    Sex sex = Sex::kUnstated;
    LifeStage stage = LifeStage::kNone;
};

// Whose limits come first. Where the label does not show its market it also says what 100 % means.
enum class Jurisdiction { kUs, kEu, kUk, kCanada, kAustralia, kGermany, kNorway, kJapan };

// What a call is doing; each stage is told once, as it begins. Of several photos each has its own first three.
enum class Stage {
    kDecode,      // bytes to pixels
    kDetect,      // where is text?
    kRead,        // what does it say? most of the time
    kUnderstand,  // what does that mean?
};

struct Progress {
    Stage stage = Stage::kDecode;
    double share = 0;       // 0..1: how much of the whole call is done by experience; never falls
    std::size_t photo = 0;  // which of several photos, counted from 0
};

struct ScanOptions {
    // The report's source.name, as it is: a file's name or an id, never a path. Of several photos: empty takes that of
    // the first one.
    std::string name = {};

    Person person = {};
    std::optional<Jurisdiction> jurisdiction = {};

    // Called on the thread that made the call. Must be quick.
    std::function<void(const Progress&)> on_progress = {};

    // Asked before each look for text, before each line of print, and while waiting for a turn; true ends the call with
    // Error::Kind::kCancelled.
    // With ScannerOptions::threads above 1 it is asked from several threads at once. For a std::stop_token:
    //     options.is_cancelled = [token] { return token.stop_requested(); };
    std::function<bool()> is_cancelled = {};

    // Once it has passed the call ends with Error::Kind::kDeadline: before the next line of print or look for text, or
    // when the pixels are decoded, whichever it is busy with. docs/embedding.md tells how long these take.
    std::optional<std::chrono::steady_clock::time_point> deadline = {};
};

// "adult", "pregnant", "lactating", "age=12" (years), "age=6m" (months), "sex=f", "sex=m", joined by commas. The usage
// error says what is wrong and what is allowed.
MAGSCAN_API tl::expected<Person, Error> person_from(std::string_view text);

// "us", "eu", "uk", "ca", "au", "de", "no", "jp".
MAGSCAN_API tl::expected<Jurisdiction, Error> jurisdiction_from(std::string_view text);

}  // namespace magscan
