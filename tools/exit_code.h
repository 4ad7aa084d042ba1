// What magscan's exit status says. Printed by --help and in README.md; scripts rely on the numbers.
#pragma once

namespace magscan::tools {

enum ExitCode : int {
    kAnswered = 0,    // also: no magnesium
    kSomeFailed = 1,  // of a batch: some items were answered, some failed
    kUsage = 2,
    kNotAPicture = 3,     // the input can't be read: missing, no picture, damaged, malformed line
    kNothingLegible = 4,  // read, but too little text to say anything
    kSetUpBroken = 5,     // the recogniser's data is missing or damaged
    kUnavailable = 69,    // the message broker can't be reached, or refuses
    kInternal = 70,
    kCannotWrite = 74,  // the answer could not be written: full disk, closed pipe
};

}  // namespace magscan::tools
