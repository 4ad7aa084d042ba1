#include "tools/queue/fleet_jobs.h"

#include <unistd.h>

#include <array>
#include <utility>

#include "ocr/image.h"
#include "scan/json_line.h"
#include "tools/batch/stop.h"
#include "tools/files.h"
#include "tools/messages.h"

namespace magscan::tools::queue {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds kStep{200};
constexpr milliseconds kLookEvery{500};  // whether the queue is empty
constexpr int kEmptyLooks = 2;           // one may be amid a message's way back into the queue
constexpr unsigned kDeadPrefetch = 4;

std::string host_name() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

}  // namespace

FleetJobs::FleetJobs(Queue& broker, const Spool& spool, unsigned prefetch, bool until_empty)
    : broker_(broker), spool_(spool), prefetch_(prefetch), until_empty_(until_empty), thread_([this] { run(); }) {}

FleetJobs::~FleetJobs() {
    end();
    const std::lock_guard<std::mutex> lock(mutex_);
    at_rest_ = true;
}

std::optional<batch::Item> FleetJobs::next() {
    std::unique_lock<std::mutex> lock(mutex_);
    if (!std::exchange(wanted_, true)) broker_.wake();
    changed_.wait(lock, [&] { return over_ || ending_ || !waiting_.empty(); });
    if (over_ || ending_ || waiting_.empty()) return std::nullopt;
    batch::Item item = std::move(waiting_.front());
    waiting_.pop_front();
    return item;
}

batch::Expected<> FleetJobs::done(const batch::Item& item, const batch::Result& result) {
    const std::lock_guard<std::mutex> lock(mutex_);
    finished_.push_back({item.ticket, result});
    broker_.wake();
    return problem_ ? batch::Expected<>(tl::unexpected(*problem_)) : batch::Expected<>();
}

void FleetJobs::end() {
    const std::lock_guard<std::mutex> lock(mutex_);
    ending_ = true;
    changed_.notify_all();
    broker_.wake();
}

batch::Expected<> FleetJobs::finish() {
    end();
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        at_rest_ = true;
    }
    if (thread_.joinable()) thread_.join();
    return problem_ ? batch::Expected<>(tl::unexpected(*problem_)) : batch::Expected<>();
}

void FleetJobs::run() {
    Expected<> stepped = begin();
    bool over = false;
    while (stepped && !over) {
        stepped = step();
        if (!stepped) break;
        const auto asked = is_over();
        if (!asked) stepped = tl::unexpected(asked.error());
        over = asked && *asked;
    }
    const std::lock_guard<std::mutex> lock(mutex_);
    over_ = true;
    if (!stepped) problem_ = stepped.error();
    changed_.notify_all();
}

Expected<> FleetJobs::begin() {
    if (auto made = broker_.declare({kDead, ""}); !made) return made;
    if (auto made = broker_.declare({kItems, kDead}); !made) return made;
    return broker_.listen();
}

Expected<> FleetJobs::step() {
    std::deque<Finished> finished;
    bool wanted = false;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        finished.swap(finished_);
        wanted = wanted_;
        stopping_ = stopping_ || ending_ || batch::stop_signal() != 0;
        // What nobody has begun goes back to the broker.
        while (stopping_ && !waiting_.empty()) {
            const std::uint64_t ticket = waiting_.front().ticket;
            waiting_.pop_front();
            spool_.remove(ticket);
            if (auto hand = in_hand_.extract(ticket)) broker_.settle(hand.mapped().tag, Settle::kAgain);
        }
    }
    for (const Finished& one : finished) {
        if (auto sent = hand_on(one); !sent) return sent;
    }
    if (stopping_ && std::exchange(consuming_, false)) {
        if (auto stopped = broker_.stop_consuming(); !stopped) return stopped;
    }
    if (wanted && !stopping_ && !std::exchange(consuming_, true)) {
        if (auto begun = broker_.consume(kDead, kDeadPrefetch); !begun) return begun;
        if (auto begun = broker_.consume(kItems, prefetch_); !begun) return begun;
    }
    auto event = broker_.wait(kStep);
    return event ? take_event(*event) : tl::unexpected(event.error());
}

Expected<> FleetJobs::take_event(const Event& event) {
    switch (event.kind) {
        case Event::Kind::kNothing:
            return {};
        case Event::Kind::kDelivery:
            empty_looks_ = 0;
            if (event.delivery.queue == kDead) return take_dead(event.delivery);
            return take_item(event.delivery);
        case Event::Kind::kQuestion:
            answer(event.delivery);
            return {};
        case Event::Kind::kConfirmed:
        case Event::Kind::kUnroutable:  // the job was forgotten: nobody waits for the result
            if (auto settled = answered_.extract(event.ticket)) broker_.settle(settled.mapped(), Settle::kDone);
            return {};
        case Event::Kind::kLost:
            forget_all();
            return {};
    }
    return {};
}

// Everything that was delivered goes to somebody else, or comes again. What a thread is reading at the moment is read
// for nothing: its result would be one of two.
void FleetJobs::forget_all() {
    in_hand_.clear();
    answered_.clear();
    const std::lock_guard<std::mutex> lock(mutex_);
    for (const batch::Item& item : std::exchange(waiting_, {})) spool_.remove(item.ticket);
}

Expected<> FleetJobs::take_item(const Delivery& delivery) {
    if (stopping_) {
        broker_.settle(delivery.tag, Settle::kAgain);
        return {};
    }
    auto message = item_message_of(delivery.body);
    if (!message) {
        print_error("a message in magscan.items is none of magscan enqueue's; it is set aside");
        broker_.settle(delivery.tag, Settle::kSetAside);
        return {};
    }
    batch::Item item = std::move(message->item);
    item.ticket = ++tickets_;
    for (std::size_t i = 0; i < message->pictures.size(); ++i) {
        auto path = spool_.add(item.ticket, i, item.files[i], message->pictures[i]);
        if (!path) return tl::unexpected(path.error());
        item.files[i] = std::move(*path);
    }
    in_hand_[item.ticket] = {delivery.tag, message->job, delivery.returns};
    rates_.try_emplace(message->job);
    const std::lock_guard<std::mutex> lock(mutex_);
    waiting_.push_back(std::move(item));
    changed_.notify_one();
    return {};
}

// Its workers died, as opposed to their readers: a worker that sees its reader die says why, and tells it itself.
Expected<> FleetJobs::take_dead(const Delivery& delivery) {
    const auto message = item_message_of(delivery.body);
    if (!message) {
        print_error("a message in magscan.dead is none of magscan enqueue's; it is dropped");
        broker_.settle(delivery.tag, Settle::kDone);
        return {};
    }
    std::vector<std::string> hashes;
    for (const std::string& picture : message->pictures) hashes.push_back(ocr::sha256_hex(bytes_of(picture)));
    if (hashes.empty()) hashes = batch::hashes_of(message->item);
    const std::string why =
        std::to_string(kMostReturns + 1) +
        " workers took it and none brought it back: they were killed or lost their connection while "
        "reading it. Look at their memory, then enqueue it again";
    const auto failure = batch::failure_result(message->item, {"crashed", kInternal, why, 0}, hashes);
    return send_result(message->job, failure, delivery.tag);
}

Expected<> FleetJobs::hand_on(const Finished& finished) {
    spool_.remove(finished.ticket);
    auto hand = in_hand_.extract(finished.ticket);
    if (!hand) return {};  // the connection was lost meanwhile
    const InHand& item = hand.mapped();
    // Another machine may have the memory, or the time.
    if (finished.result.again && item.returns < kMostReturns) {
        broker_.settle(item.tag, Settle::kAgain);
        return {};
    }
    ++read_;
    if (!finished.result.is_report) ++failed_;
    rates_[item.job].add();
    return send_result(item.job, finished.result, item.tag);
}

Expected<> FleetJobs::send_result(const std::string& job, const batch::Result& result, std::uint64_t tag) {
    const JobQueues queues = queues_of(job);
    auto ticket = broker_.publish(result.is_report ? queues.reports : queues.failures, result.line);
    if (!ticket) return tl::unexpected(ticket.error());
    answered_[*ticket] = tag;
    return {};
}

void FleetJobs::answer(const Delivery& question) {
    nlohmann::ordered_json jobs = nlohmann::ordered_json::object();
    for (auto& [job, rate] : rates_) jobs[job] = {{"running", 0}, {"per_second", rate.per_second()}};
    for (const auto& [ticket, item] : in_hand_) {
        auto& running = jobs[item.job]["running"];
        running = running.get<std::size_t>() + 1;
    }
    const nlohmann::ordered_json out = {
        {"host", host_name()}, {"process", ::getpid()}, {"readers", prefetch_}, {"jobs", jobs}};
    broker_.answer(question.answer_to, scan::json_line(out));
}

Expected<bool> FleetJobs::is_over() {
    if (!answered_.empty() || broker_.unconfirmed() > 0) return false;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (!finished_.empty() || (!in_hand_.empty() && !at_rest_)) return false;
    }
    if (stopping_) return true;
    if (!until_empty_ || !consuming_ || Clock::now() < next_look_) return false;
    next_look_ = Clock::now() + kLookEvery;
    for (const char* queue : {kItems, kDead}) {
        const auto count = broker_.ready(queue);
        if (!count) return tl::unexpected(count.error());
        if (count->value_or(0) > 0) empty_looks_ = -1;
    }
    return ++empty_looks_ >= kEmptyLooks;
}

}  // namespace magscan::tools::queue
