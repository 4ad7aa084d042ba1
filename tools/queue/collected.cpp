#include "tools/queue/collected.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "tools/batch/line_reader.h"
#include "tools/batch/out_file.h"

namespace magscan::tools::queue {
namespace {

using batch::DoneItem;
using batch::IdKey;
using batch::Result;
using nlohmann::ordered_json;

constexpr std::size_t kMostNamed = 10;

// What stands in batch.json as its INPUT: a batch of files does not take it for its own.
std::string input_of(const std::string& job) {
    return "the job " + job + " of magscan enqueue";
}

struct Line {
    IdKey id;
    DoneItem item;
    const Result* result = nullptr;
};

}  // namespace

Expected<Collected> Collected::open(const std::string& path, const std::string& job) {
    auto folder = batch::OutFolder::claim(path);
    if (!folder) return tl::unexpected(folder.error());
    auto before = batch::read_plan(path);
    if (!before) return tl::unexpected(before.error());
    const std::vector<std::string> inputs = {input_of(job)};
    if (*before ? (*before)->inputs != inputs : !folder->is_empty()) {
        return batch::problem(kUsage, path + ": holds something else than this job's results. Name another folder");
    }
    batch::Plan plan = *before ? std::move(**before) : batch::Plan{};
    plan.inputs = inputs;
    Collected out(std::move(*folder), std::move(plan));
    // Of a folder that is begun its first file says whose it is.
    auto ready = *before ? out.read() : batch::write_plan(path, out.plan_);
    if (!ready) return tl::unexpected(ready.error());
    return out;
}

Expected<> Collected::read() {
    auto done = batch::read_done(folder_.path());
    if (!done) return tl::unexpected(done.error());
    done_ = std::move(*done);
    failures_ = static_cast<std::size_t>(
        std::count_if(done_.begin(), done_.end(), [](const auto& entry) { return !entry.second.is_report; }));
    if (!folder_.has(batch::kItemsFile)) return {};
    const std::string path = batch::path_in(folder_.path(), batch::kItemsFile);
    auto lines = batch::LineReader::open(path);
    if (!lines) return batch::problem(kNotAPicture, path + ": " + lines.error());
    std::size_t whole = 0;
    for (std::string line; lines->next(line) && lines->whole(); whole = lines->offset()) {
        const auto item = batch::item_of(line);
        if (!item) continue;
        const IdKey id = batch::key_of(item->id);
        if (listed_.insert(id).second && done_.contains(id)) ++listed_and_done_;
    }
    plan_.items = plan_.all_items = listed_.size();
    // A line that was torn by a death comes again.
    std::error_code failed;
    std::filesystem::resize_file(path, whole, failed);
    if (failed) return batch::problem(kCannotWrite, path + ": can't be written: " + failed.message());
    return {};
}

Expected<> Collected::add_list(const PlanMessage& list) {
    auto file = batch::LineFile::open(batch::path_in(folder_.path(), batch::kItemsFile));
    if (!file) return tl::unexpected(file.error());
    for (const batch::Item& item : list.items) {
        const IdKey id = batch::key_of(item.id);
        if (listed_.contains(id)) continue;
        if (auto added = file->append(batch::item_line(item)); !added) return added;
        listed_.insert(id);
        if (done_.contains(id)) ++listed_and_done_;
    }
    if (auto synced = file->sync(); !synced) return synced;
    runs_.insert(list.run);
    for (const std::string& column : list.plan.columns) {
        if (std::find(plan_.columns.begin(), plan_.columns.end(), column) == plan_.columns.end())
            plan_.columns.push_back(column);
    }
    plan_.options = list.plan.options;
    plan_.magscan = list.plan.magscan;
    plan_.items = plan_.all_items = listed_.size();
    return batch::write_plan(folder_.path(), plan_);
}

bool Collected::is_wanted(const IdKey& id, const DoneItem& found) const {
    const auto known = done_.find(id);
    if (known == done_.end()) return true;
    if (known->second.is_report != found.is_report) return found.is_report;
    return found.is_report && known->second.photos != found.photos;
}

void Collected::note(const IdKey& id, const DoneItem& found) {
    const auto [known, is_new] = done_.try_emplace(id, found);
    if (is_new) {
        if (listed_.contains(id)) ++listed_and_done_;
    } else {
        failures_ -= known->second.is_report ? 0 : 1;
        known->second = found;
    }
    failures_ += found.is_report ? 0 : 1;
}

Expected<> Collected::add_results(const std::vector<Result>& results) {
    std::vector<Line> lines;
    std::unordered_set<IdKey, batch::IdKeyHash> replaced;
    std::unordered_set<IdKey, batch::IdKeyHash> new_here;
    for (const Result& result : results) {
        const ordered_json json = ordered_json::parse(result.line, nullptr, false);
        const std::string name = batch::id_of_line(json);
        if (name.empty()) continue;  // none of a worker's
        const Line line{batch::key_of(name), batch::done_item(json), &result};
        if (!is_wanted(line.id, line.item)) continue;
        if (new_here.contains(line.id)) {
            // Of several in one go the last that counts.
            std::erase_if(lines, [&](const Line& other) { return other.id == line.id; });
        } else {
            if (done_.contains(line.id)) replaced.insert(line.id);
            new_here.insert(line.id);
        }
        lines.push_back(line);
        note(line.id, line.item);
    }
    if (!replaced.empty()) {
        const auto dropped = batch::drop_lines(folder_.path(), [&](const IdKey& id) { return replaced.contains(id); });
        if (!dropped) return dropped;
    }
    auto journal = batch::Journal::open(folder_.path());
    if (!journal) return tl::unexpected(journal.error());
    for (const Line& line : lines) {
        if (auto added = journal->add(*line.result); !added) return added;
    }
    return journal->sync();
}

batch::Counts Collected::counts() const {
    const std::size_t unlisted = done_.size() - listed_and_done_;
    return {listed_.size() + unlisted, done_.size(), failures_};
}

Expected<std::vector<std::string>> Collected::write_missing() const {
    std::vector<std::string> named;
    const std::string path = batch::path_in(folder_.path(), batch::kMissingFile);
    if (missing() == 0) {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
        return named;
    }
    auto items = batch::PlannedItems::open(folder_.path());
    if (!items) return tl::unexpected(items.error());
    auto out = batch::WholeFile::create(path);
    if (!out) return tl::unexpected(out.error());
    while (const auto item = items->next()) {
        if (done_.contains(batch::key_of(item->id))) continue;
        out->write(batch::item_line(*item) + "\n");
        if (named.size() < kMostNamed) named.push_back(item->id);
    }
    if (auto written = out->commit(); !written) return tl::unexpected(written.error());
    return named;
}

}  // namespace magscan::tools::queue
