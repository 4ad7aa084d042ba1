// Recognisers that are lent to one thread at a time and kept for the next.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "ocr/effort.h"
#include "ocr/recognizer.h"

namespace magscan::ocr {

// Thread-safe.
class EnginePool {
  public:
    // Loads the first engine, an English one, so that a wrong folder shows at once.
    static tl::expected<std::unique_ptr<EnginePool>, std::string> create(const std::string& tessdata);

    // Calls work(index, engine) for each index in [0, count) from up to `effort.threads`
    // threads, each with an engine of its own, and returns when all is done. An
    // exception from `work` is passed on after the others have ended; where `effort` is stopped, throws Stopped.
    // `language` is Tesseract's name of the data to read with, one that the folder offers.
    void for_each(std::size_t count, const Effort& effort, const std::function<void(std::size_t, Recognizer&)>& work,
                  const std::string& language = kEnglish);

    // Whether the folder holds usable data of a language. Loads an engine of it,
    // which for_each uses then.
    bool offers(const std::string& language);

    // Languages of which engines wait for the next photo, English among them.
    std::size_t languages_kept();

  private:
    explicit EnginePool(std::string tessdata) : tessdata_(std::move(tessdata)) {}
    std::unique_ptr<Recognizer> borrow(const std::string& language);
    void give_back(std::unique_ptr<Recognizer> engine, const std::string& language);

    std::string tessdata_;
    std::mutex mutex_;
    std::map<std::string, std::vector<std::unique_ptr<Recognizer>>> idle_;  // by language
    std::vector<std::string> used_;  // languages other than English with idle engines, the last used at the end
};

}  // namespace magscan::ocr
