#include "ocr/recognizer.h"

#include <leptonica/allheaders.h>
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <utility>

#include "ocr/omp_threads.h"

namespace magscan::ocr {
namespace {

constexpr int kSmallest = 8;  // pixels: Tesseract complains about anything smaller

std::mutex& init_mutex() {
    static std::mutex mutex;
    return mutex;
}

bool counts(unsigned char c) {
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool set_image(tesseract::TessBaseAPI& engine, const cv::Mat& gray) {
    if (gray.type() != CV_8UC1 || gray.cols < kSmallest || gray.rows < kSmallest) return false;
    engine.SetImage(gray.data, gray.cols, gray.rows, 1, static_cast<int>(gray.step));
    engine.SetSourceResolution(300);
    return true;
}

std::vector<ReadLine> results(tesseract::TessBaseAPI& engine) {
    std::vector<ReadLine> lines;
    const std::unique_ptr<tesseract::ResultIterator> it(engine.GetIterator());
    if (!it) return lines;
    do {
        if (it->Empty(tesseract::RIL_WORD)) continue;
        if (lines.empty() || it->IsAtBeginningOf(tesseract::RIL_TEXTLINE)) lines.emplace_back();
        const std::unique_ptr<char[]> text(it->GetUTF8Text(tesseract::RIL_WORD));
        if (!text || text[0] == '\0') continue;
        ReadWord word;
        for (const char* c = text.get(); *c != '\0'; ++c) {
            if (static_cast<unsigned char>(*c) > ' ') word.text += *c;
        }
        if (word.text.empty()) continue;
        word.confidence = std::clamp(it->Confidence(tesseract::RIL_WORD) / 100.0F, 0.0F, 1.0F);
        int left = 0;
        int top = 0;
        int right = 0;
        int bottom = 0;
        it->BoundingBox(tesseract::RIL_WORD, &left, &top, &right, &bottom);
        word.box = cv::Rect(left, top, std::max(1, right - left), std::max(1, bottom - top));
        lines.back().push_back(std::move(word));
    } while (it->Next(tesseract::RIL_WORD));
    return lines;
}

}  // namespace

int letters_in(const std::string& text) {
    int n = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (counts(byte) && (byte & 0xC0U) != 0x80U) ++n;
    }
    return n;
}

int letters_in(const ReadLine& line) {
    int n = 0;
    for (const ReadWord& word : line) n += letters_in(word.text);
    return n;
}

float confidence_of(const ReadLine& line) {
    float sum = 0;
    int letters = 0;
    for (const ReadWord& word : line) {
        const int n = letters_in(word.text);
        sum += word.confidence * static_cast<float>(n);
        letters += n;
    }
    return letters > 0 ? sum / static_cast<float>(letters) : 0.0F;
}

Recognizer::Recognizer(std::unique_ptr<tesseract::TessBaseAPI> engine) : engine_(std::move(engine)) {}
Recognizer::Recognizer(Recognizer&&) noexcept = default;
Recognizer& Recognizer::operator=(Recognizer&&) noexcept = default;
Recognizer::~Recognizer() = default;

tl::expected<Recognizer, std::string> Recognizer::load(const std::string& tessdata, const std::string& language) {
    const std::lock_guard<std::mutex> lock(init_mutex());  // not thread-safe in Tesseract 5.3
    const OmpThreads one(1);
    setMsgSeverity(L_SEVERITY_NONE);  // Leptonica, through which Tesseract finds lines, would print of odd ones
    auto engine = std::make_unique<tesseract::TessBaseAPI>();
    // No page-wide dictionary: it would make a line's reading depend on the lines
    // read before it. No search for a fixed pitch: of one line it changes nothing but the time.
    const std::vector<std::string> names{"debug_file", "tessedit_enable_doc_dict", "tessedit_do_invert",
                                         "textord_all_prop"};
    const std::vector<std::string> values{"/dev/null", "0", "0", "1"};
    engine->SetVariable("debug_file", "/dev/null");  // Init prints of missing data before it looks at `names`
    const char* folder = tessdata.empty() ? nullptr : tessdata.c_str();
    if (engine->Init(folder, language.c_str(), tesseract::OEM_LSTM_ONLY, nullptr, 0, &names, &values, false) != 0) {
        return tl::make_unexpected("no usable " + language + ".traineddata in " +
                                   (tessdata.empty() ? "Tesseract's folder" : tessdata));
    }
    // Of several languages Tesseract passes over those whose data is missing.
    std::vector<std::string> loaded;
    engine->GetLoadedLanguagesAsVector(&loaded);
    const auto joints = std::count(language.begin(), language.end(), '+');
    if (std::cmp_less_equal(loaded.size(), joints))
        return tl::make_unexpected("not all data of " + language + " is there");
    return Recognizer(std::move(engine));
}

ReadLine Recognizer::read_line(const cv::Mat& gray) {
    const OmpThreads one(1);
    ReadLine all;
    engine_->SetPageSegMode(tesseract::PSM_SINGLE_LINE);
    if (!set_image(*engine_, gray)) return all;
    if (engine_->Recognize(nullptr) == 0) {
        for (ReadLine& line : results(*engine_)) {
            for (ReadWord& word : line) all.push_back(std::move(word));
        }
    }
    engine_->Clear();
    return all;
}

std::vector<ReadLine> Recognizer::read_page(const cv::Mat& gray) {
    const OmpThreads one(1);
    std::vector<ReadLine> lines;
    engine_->SetPageSegMode(tesseract::PSM_SPARSE_TEXT);
    if (!set_image(*engine_, gray)) return lines;
    if (engine_->Recognize(nullptr) == 0) lines = results(*engine_);
    engine_->Clear();
    return lines;
}

std::string Recognizer::name() {
    return std::string("tesseract ") + tesseract::TessBaseAPI::Version();
}

}  // namespace magscan::ocr
