#include "tools/queue/enqueue.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <random>
#include <utility>

#include "tools/batch/stop.h"
#include "tools/files.h"
#include "tools/messages.h"
#include "tools/queue/fetch.h"
#include "tools/queue/ledger.h"
#include "tools/queue/message.h"

namespace magscan::tools::queue {
namespace {

namespace fs = std::filesystem;
using batch::Item;
using batch::Plan;
using nlohmann::ordered_json;

constexpr std::size_t kListedAtOnce = 2000;         // items in one message of the plan
constexpr std::size_t kOnTheWay = 500;              // messages that are sent and not confirmed, at most
constexpr std::size_t kBytesOnTheWay = 64'000'000;  // and bytes

// Where the list stands until it is sent.
class Scratch {
  public:
    static Expected<Scratch> make() {
        std::error_code failed;
        const fs::path temporary = fs::temp_directory_path(failed);
        std::string folder = (temporary / "magscan-enqueue-XXXXXX").string();
        if (failed || ::mkdtemp(folder.data()) == nullptr)
            return batch::problem(kCannotWrite, "no folder can be made for the list. Check $TMPDIR or /tmp");
        return Scratch(folder);
    }
    ~Scratch() {
        std::error_code ignored;
        if (!folder_.empty()) fs::remove_all(folder_, ignored);
    }
    Scratch(Scratch&& other) noexcept : folder_(std::exchange(other.folder_, "")) {}
    Scratch& operator=(Scratch&&) = delete;
    const std::string& folder() const { return folder_; }

  private:
    explicit Scratch(std::string folder) : folder_(std::move(folder)) {}
    std::string folder_;
};

std::optional<std::string> id_of_remote(const std::string& written) {
    return is_url(written) ? std::optional(id_of_url(written)) : std::nullopt;
}

// An item whose pictures can't go along says why, and comes out as a failure.
void add_pictures(ItemMessage& message) {
    std::size_t left = kMostInlineBytes;
    for (const std::string& file : message.item.files) {
        if (is_url(file)) return message.pictures.clear();  // fetched by the worker, with all others of the item
        const auto bytes = read_file(file, left);
        if (!bytes) {
            const bool too_large = read_file(file, 0).error().starts_with("larger") && check_file(file, SIZE_MAX);
            message.item.refusal = base_name(file) + ": " +
                                   (too_large ? "its pictures have more than 8 MB together. Save them smaller, or "
                                                "enqueue them without --inline"
                                              : bytes.error());
            return message.pictures.clear();
        }
        left -= bytes->size();
        message.pictures.emplace_back(text_of(*bytes));
    }
}

class Enqueue {
  public:
    Enqueue(const EnqueueOptions& options, Queue& broker, Plan plan, const std::string& folder)
        : options_(options),
          broker_(broker),
          queues_(queues_of(options.job)),
          plan_(std::move(plan)),
          folder_(folder),
          progress_(options.progress, {plan_.items, 0, 0}) {
        std::random_device chance;
        run_ = std::to_string(std::time(nullptr)) + "-" + std::to_string(chance());
    }

    Expected<> run() {
        if (auto checked = check_options(); !checked) return checked;
        if (auto made = declare(); !made) return made;
        if (auto sent = send_list(); !sent) return sent;
        const auto note = [&](Ledger& ledger) {
            ledger.runs[run_] = plan_.items;
            if (ledger.options.is_null()) ledger.options = plan_.options;
        };
        if (auto noted = change_ledger(broker_, options_.job, note); !noted) return noted;
        auto sent = send_items();
        progress_.end();
        return sent;
    }

    const batch::Counts& counts() const { return progress_.counts(); }

  private:
    Expected<> check_options() {
        auto known = broker_.ready(queues_.ledger);
        if (!known) return tl::unexpected(known.error());
        if (!*known) return {};
        const auto ledger = read_ledger(broker_, options_.job);
        if (!ledger) return tl::unexpected(ledger.error());
        if (ledger->options.is_null() || ledger->options == plan_.options) return {};
        return batch::problem(kUsage, "the job " + options_.job +
                                          " was begun with another --profile or --jurisdiction. Name another --job");
    }

    Expected<> declare() {
        for (const QueueSpec& spec : {QueueSpec{kDead, ""}, QueueSpec{kItems, kDead}, QueueSpec{queues_.plan, ""},
                                      QueueSpec{queues_.reports, ""}, QueueSpec{queues_.failures, ""}}) {
            if (auto made = broker_.declare(spec); !made) return made;
        }
        return {};
    }

    Expected<> send_list() {
        auto items = batch::PlannedItems::open(folder_);
        if (!items) return tl::unexpected(items.error());
        PlanMessage message{run_, plan_, {}};
        for (std::optional<Item> item = items->next(); item || !message.items.empty();) {
            if (item) message.items.push_back(std::move(*item));
            item = item ? items->next() : std::nullopt;
            if (item && message.items.size() < kListedAtOnce) continue;
            if (auto sent = send(queues_.plan, plan_message(message)); !sent) return sent;
            message.items.clear();
        }
        return broker_.wait_for_confirms();
    }

    Expected<> send_items() {
        auto items = batch::PlannedItems::open(folder_);
        if (!items) return tl::unexpected(items.error());
        while (auto item = items->next()) {
            if (batch::stop_signal() != 0) break;
            item->options = plan_.options;
            ItemMessage message{options_.job, std::move(*item), {}};
            if (options_.inline_pictures && message.item.refusal.empty()) add_pictures(message);
            if (auto sent = send(kItems, item_message(message)); !sent) return sent;
            progress_.add(false);
        }
        return broker_.wait_for_confirms();
    }

    // Waits while too much is on the way.
    Expected<> send(const std::string& queue, std::string body) {
        bytes_ += body.size();
        if (auto sent = broker_.publish(queue, std::move(body)); !sent) return tl::unexpected(sent.error());
        if (bytes_ >= kBytesOnTheWay) {
            bytes_ = 0;
            return broker_.wait_for_confirms();
        }
        while (broker_.unconfirmed() > kOnTheWay) {
            const auto event = broker_.wait(std::chrono::seconds(1));
            if (!event) return tl::unexpected(event.error());
        }
        return {};
    }

    const EnqueueOptions& options_;
    Queue& broker_;
    JobQueues queues_;
    Plan plan_;
    std::string folder_, run_;
    batch::Progress progress_;
    std::size_t bytes_ = 0;
};

Expected<batch::Counts> enqueue(const EnqueueOptions& options) {
    if (options.inputs.empty()) {
        return batch::problem(
            kUsage, "no INPUT. Name folders, photos, URLs, @list.txt, - or a manifest. See magscan enqueue --help");
    }
    auto broker = make_amqp_queue(options.broker);
    if (!broker) return tl::unexpected(broker.error());
    auto scratch = Scratch::make();
    if (!scratch) return tl::unexpected(scratch.error());
    Plan plan;
    plan.magscan = MAGSCAN_VERSION;
    if (!options.profile.empty()) plan.options["profile"] = options.profile;
    if (!options.jurisdiction.empty()) plan.options["jurisdiction"] = options.jurisdiction;
    batch::Progress::stage(options.progress, "Listing the photos");
    auto listed = batch::make_plan(scratch->folder(), std::move(plan), options.inputs, id_of_remote);
    if (!listed) return tl::unexpected(listed.error());
    Enqueue run(options, **broker, std::move(*listed), scratch->folder());
    if (auto sent = run.run(); !sent) return tl::unexpected(sent.error());
    return run.counts();
}

}  // namespace

int run_enqueue(const EnqueueOptions& options) {
    batch::watch_stop_signals();
    const auto counts = enqueue(options);
    if (!counts) {
        print_error(counts.error().message);
        if (batch::stop_signal() != 0) return 128 + batch::stop_signal();
        return counts.error().code;
    }
    if (counts->done < counts->total) {
        print_error("stopped, " + std::to_string(counts->done) + " of " + std::to_string(counts->total) +
                    " sent. Enqueue all again: what is there twice is collected once");
        return 128 + batch::stop_signal();
    }
    if (options.progress == batch::ProgressKind::kBar)
        print_error(std::to_string(counts->total) + " enqueued as job " + options.job);
    return kAnswered;
}

}  // namespace magscan::tools::queue
