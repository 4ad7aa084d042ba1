// What of a batch is done: reports.jsonl and failures.jsonl, which are output and memory at once. An item is done when
// its line stands in one of them as a whole.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <unordered_map>

#include "tools/batch/item.h"
#include "tools/batch/out_file.h"
#include "tools/batch/problem.h"
#include "tools/batch/worker.h"

namespace magscan::tools::batch {

// Not thread-safe.
class Journal {
  public:
    static Expected<Journal> open(const std::string& folder);
    // Each line at once; on the disk within a second, so that a power failure costs no more than that.
    Expected<> add(const Result& result);
    Expected<> sync();

  private:
    Journal(LineFile reports, LineFile failures) : reports_(std::move(reports)), failures_(std::move(failures)) {}
    LineFile reports_, failures_;
    std::chrono::steady_clock::time_point synced_ = std::chrono::steady_clock::now();
};

// What a line says of the item that it belongs to.
struct DoneItem {
    IdKey photos;  // of the SHA-256 of its photos; zero where one is not known
    bool is_report = false;
};
using DoneItems = std::unordered_map<IdKey, DoneItem, IdKeyHash>;  // by id

// Reads both files, and brings them in order: a torn last line is cut off, and lines that are damaged or there twice
// are left out. Missing files are empty ones.
Expected<DoneItems> read_done(const std::string& folder);

// Takes the lines of the items that `stale` names out of both files.
Expected<> drop_lines(const std::string& folder, const std::function<bool(const IdKey& id)>& stale);

// The key of an item's photos as they are now, as DoneItem::photos; zero where one can't be read.
IdKey photos_key(const std::vector<std::string>& hashes);

// Calls `see` for each whole and valid line of reports.jsonl, then of failures.jsonl. Changes nothing.
Expected<> each_line(const std::string& folder, const std::function<void(const nlohmann::ordered_json& line)>& see);

// The id of a line of either file; empty where it is none.
std::string id_of_line(const nlohmann::ordered_json& line);
DoneItem done_item(const nlohmann::ordered_json& line);

}  // namespace magscan::tools::batch
