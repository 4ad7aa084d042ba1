// Which lines of a label are worth a second look. `ocr` knows no words; whoever calls the reader does.
#pragma once

#include <functional>
#include <string_view>

namespace magscan::ocr {

enum class Interest {
    kNone,     // nothing that is asked for
    kFigure,   // an amount or a percentage: worth it in the rows next to a name
    kServing,  // what figures count: worth it wherever it stands, if the page names what is asked for
    kName,     // names what is asked for, or may do so
};

// Takes the words of a line as first read, with spaces between them. Called from several threads at once.
using LineInterest = std::function<Interest(std::string_view)>;

}  // namespace magscan::ocr
