#include "ocr/page.h"

namespace magscan::ocr {

std::string text_of(const Line& line) {
    std::string out;
    for (const Word& word : line.words) out += (out.empty() ? "" : " ") + word.text;
    return out;
}

}  // namespace magscan::ocr
