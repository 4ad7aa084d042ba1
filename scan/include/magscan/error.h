// What can go wrong, as a value. Nothing in magscan's public functions throws, prints, or ends the process.
#pragma once

#include <cstddef>
#include <string>

namespace magscan {

struct Error {
    enum class Kind {
        kUsage,        // the caller asked for what can't be done: the message says what to ask for instead
        kNotAPicture,  // the bytes or pixels can't be read as a picture, or are more than is allowed
        kSetUp,        // the recogniser's data or the text detector is missing or damaged
        kCancelled,    // ScanOptions::is_cancelled ended it
        kDeadline,     // ScanOptions::deadline passed before it was done
        kInternal,     // out of memory, or an error of magscan itself
    };
    Kind kind = Kind::kInternal;
    std::string message;    // one line of UTF-8: what is wrong, and what to do; names no file that was sent
    std::size_t photo = 0;  // which of several photos or pages it is about, counted from 0
};

}  // namespace magscan
