#include "tools/queue/fleet_worker.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "tools/batch/process_worker.h"

namespace magscan::tools::queue {
namespace {

using batch::Expected;
using batch::Item;
using batch::Result;

class FleetWorker : public batch::Worker {
  public:
    FleetWorker(batch::WorkerFactory make_reader, std::unique_ptr<batch::Worker> reader, const FetchLimits& limits,
                const Spool& spool)
        : make_reader_(std::move(make_reader)), reader_(std::move(reader)), limits_(limits), spool_(spool) {}

    Expected<Result> work(const Item& item) override {
        const bool here = std::none_of(item.files.begin(), item.files.end(), is_url);
        if (here || !item.refusal.empty()) return read(item);
        Item local = item;  // whatever is shown of it has names, not URLs
        for (std::string& file : local.files) file = is_url(file) ? name_of_url(file) : file;
        for (std::size_t i = 0; i < item.files.size(); ++i) {
            if (!is_url(item.files[i])) continue;
            const auto bytes = fetch(item.files[i], limits_);
            if (!bytes) return batch::failure_result(local, {"file", kNotAPicture, bytes.error(), i}, {});
            auto path = spool_.add(item.ticket, i, local.files[i], *bytes);
            if (!path) return tl::unexpected(path.error());
            local.files[i] = std::move(*path);
        }
        return read(local);
    }

  private:
    // A reader that has failed is replaced at once, so that the next item need not wait for one.
    Expected<Result> read(const Item& item) {
        auto result = reader_->work(item);
        if (!result || !result->again) return result;
        auto reader = make_reader_();
        if (!reader) return tl::unexpected(reader.error());
        reader_ = std::move(*reader);
        return result;
    }

    batch::WorkerFactory make_reader_;
    std::unique_ptr<batch::Worker> reader_;
    FetchLimits limits_;
    const Spool& spool_;
};

}  // namespace

batch::WorkerFactory fleet_workers(const batch::ScanSettings& settings, std::chrono::milliseconds deadline,
                                   const FetchLimits& limits, const Spool& spool) {
    const batch::WorkerFactory make_reader = [settings, deadline] {
        return batch::make_process_worker(settings, deadline);
    };
    return [make_reader, limits, &spool]() -> Expected<std::unique_ptr<batch::Worker>> {
        auto reader = make_reader();
        if (!reader) return tl::unexpected(reader.error());
        return std::make_unique<FleetWorker>(make_reader, std::move(*reader), limits, spool);
    };
}

}  // namespace magscan::tools::queue
