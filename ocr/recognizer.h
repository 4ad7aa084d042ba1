// Letters of a straight strip of text, read by Tesseract's LSTM network.
#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace tesseract {
class TessBaseAPI;
}

namespace magscan::ocr {

struct ReadWord {
    std::string text;      // UTF-8, no white space
    float confidence = 0;  // 0..1
    cv::Rect box;          // pixels of the picture given
};

// Tesseract's name of the data that every line is read with first.
inline constexpr const char* kEnglish = "eng";

using ReadLine = std::vector<ReadWord>;

// How far a line can be trusted: mean confidence over its letters and digits,
// 0..1; 0 when it holds none.
float confidence_of(const ReadLine& line);

// How many letters and digits a line, or a word, holds.
int letters_in(const ReadLine& line);
int letters_in(const std::string& text);

// One loaded engine. Not thread-safe and bound to no thread: one object for
// each thread that reads at the same time.
class Recognizer {
  public:
    // `tessdata` is the folder that holds LANGUAGE.traineddata. "ell+eng" reads each word with the data of both and
    // keeps the surer reading; then both must be there. The error is a
    // sentence for people. Safe to call from several threads.
    static tl::expected<Recognizer, std::string> load(const std::string& tessdata,
                                                      const std::string& language = kEnglish);

    Recognizer(Recognizer&&) noexcept;
    Recognizer& operator=(Recognizer&&) noexcept;
    ~Recognizer();

    // Reads a picture (8-bit grey, dark on light) that holds exactly one line.
    ReadLine read_line(const cv::Mat& gray);

    // Reads a whole picture (8-bit grey), finding the lines by Tesseract's own
    // layout analysis.
    std::vector<ReadLine> read_page(const cv::Mat& gray);

    // Name and version of the engine.
    static std::string name();

  private:
    explicit Recognizer(std::unique_ptr<tesseract::TessBaseAPI> engine);

    std::unique_ptr<tesseract::TessBaseAPI> engine_;
};

}  // namespace magscan::ocr
