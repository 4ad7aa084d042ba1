// One item in, one line of output out. Where the work is done is the worker's affair: in this process, in one of its
// own, or on another machine.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "tools/batch/item.h"
#include "tools/batch/problem.h"

namespace magscan::tools::batch {

struct Result {
    bool is_report = false;  // else the line is a failure
    std::string line;        // JSON without its line break: a line of reports.jsonl or failures.jsonl
    bool again = false;  // of a failure that another try may not have: the reader crashed, hung, was short of memory
};

// Used by one thread at a time.
class Worker {
  public:
    Worker() = default;
    virtual ~Worker() = default;
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    // Whatever the item holds comes to a result; a problem is the worker's own and ends the batch.
    virtual Expected<Result> work(const Item& item) = 0;
};

// Makes workers; may be called from several threads at once.
using WorkerFactory = std::function<Expected<std::unique_ptr<Worker>>()>;

// What a worker needs to know beside the items.
struct ScanSettings {
    std::string models;        // folder of the text detector
    std::string tessdata;      // folder of eng.traineddata; empty: where Tesseract looks by itself
    std::string profile;       // as calc::parse_profile reads it; empty: an adult
    std::string jurisdiction;  // as calc::parse_jurisdiction reads it; empty: the label's own market
};

// Why an item has no report.
struct Failure {
    std::string code;  // input, file, picture, usage, internal, deadline, crashed
    ExitCode exit_code = kInternal;
    std::string message;    // what is wrong, and what to do
    std::size_t photo = 0;  // which of the item's files it is about
};

// A line of failures.jsonl. `hashes`: the SHA-256 of each of the item's files, empty where it is not known.
Result failure_result(const Item& item, const Failure& failure, const std::vector<std::string>& hashes);

// The SHA-256 of each of an item's files; empty for one that can't be read.
std::vector<std::string> hashes_of(const Item& item);

}  // namespace magscan::tools::batch
