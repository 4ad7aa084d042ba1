#include "tools/queue/amqp_queue.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <deque>
#include <random>
#include <thread>
#include <utility>

#include "tools/batch/stop.h"
#include "tools/messages.h"
#include "tools/queue/amqp_connection.h"
#include "tools/queue/outbox.h"

namespace magscan::tools::queue {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kFirstPause{500}, kLongestPause{30'000};
constexpr milliseconds kLookEvery{250};  // whether to stop, and for heartbeats
constexpr milliseconds kRefusedPause{200};
// A node may answer heartbeats and yet be stuck with a queue: what is sent is not confirmed, what waits is not handed
// out. Seen where a queue's leader fell silent while another node was just coming up. A new connection gets it going.
constexpr std::chrono::seconds kStuckAfter{30};
// A tag that is given out: the connection's number in the bits between (amqp_connection.cpp uses the highest).
constexpr unsigned kTagBits = 40;
constexpr std::uint64_t kConnectionBits = 0x7FFFFFULL << kTagBits;

struct Consumer {
    std::string queue;
    unsigned prefetch = 1;
};

class AmqpQueue : public Queue {
  public:
    AmqpQueue(const AmqpOptions& options, std::vector<AmqpServer> servers)
        : options_(options), servers_(std::move(servers)), wake_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}
    ~AmqpQueue() override { ::close(wake_); }

    Expected<> declare(const QueueSpec& spec) override {
        return insist([&](AmqpConnection& at) { return at.declare(spec); });
    }
    Expected<> remove(const std::string& queue) override {
        return insist([&](AmqpConnection& at) { return at.remove(queue); });
    }
    Expected<std::optional<std::size_t>> ready(const std::string& queue) override {
        return insist([&](AmqpConnection& at) { return at.ready(queue); });
    }

    Expected<std::uint64_t> publish(const std::string& queue, std::string body) override {
        if (outbox_.is_empty()) confirmed_at_ = Clock::now();
        Pending& message = outbox_.add(queue, std::move(body));
        const std::uint64_t ticket = message.ticket;
        if (connection_) send(message);
        return ticket;
    }
    Expected<> wait_for_confirms() override {
        while (!outbox_.is_empty()) {
            if (auto pumped = pump(Clock::now() + kLookEvery); !pumped) return pumped;
            if (batch::stop_signal() == 0) continue;
            if (!connection_) return batch::problem(kUnavailable, unreachable_);
            if (is_blocked())
                return batch::problem(kUnavailable, name() + " takes no messages: " + connection_->blocked());
        }
        return {};
    }
    std::size_t unconfirmed() const override { return outbox_.size(); }

    Expected<> consume(const std::string& queue, unsigned prefetch) override {
        auto done = insist([&](AmqpConnection& at) { return at.consume(queue, prefetch); });
        if (done) consumers_.push_back({queue, prefetch});
        return done;
    }
    Expected<> stop_consuming() override {
        for (const Consumer& consumer : std::exchange(consumers_, {})) {
            // One that was lost with its connection has ended already.
            if (connection_) note(connection_->cancel(consumer.queue));
        }
        return {};
    }

    Expected<std::vector<Delivery>> take(const std::string& queue, std::size_t most) override {
        return insist([&](AmqpConnection& at) -> AmqpResult<std::vector<Delivery>> {
            std::vector<Delivery> out;
            while (out.size() < most) {
                auto got = at.get(queue);
                if (!got) return tl::unexpected(got.error());
                if (!*got) break;
                (*got)->tag = marked((*got)->tag);
                out.push_back(std::move(**got));
            }
            return out;
        });
    }
    void settle(std::uint64_t tag, Settle how) override {
        if (connection_ && (tag & kConnectionBits) == (connections_ << kTagBits & kConnectionBits)) {
            if (unsettled_ > 0) --unsettled_;
            delivered_at_ = Clock::now();
            note(connection_->settle(tag & ~kConnectionBits, how));
        }
    }

    Expected<> listen() override {
        listening_ = true;
        return insist([&](AmqpConnection& at) { return at.listen(); });
    }
    void answer(const std::string& to, const std::string& body) override {
        if (connection_) note(connection_->answer(to, body));
    }
    Expected<std::vector<std::string>> ask(const std::string& body, milliseconds time) override;

    Expected<Event> wait(milliseconds time) override;
    void wake() override {
        constexpr std::uint64_t kOne = 1;
        if (::write(wake_, &kOne, sizeof kOne) < 0) return;  // full: it is awake already
    }

    // Tries once, if it is time to. A problem where there is no use in trying again.
    Expected<> connect();

  private:
    // Does it, on as many connections as it takes.
    template <typename Do>
    auto insist(const Do& act) -> Expected<typename decltype(act(std::declval<AmqpConnection&>()))::value_type> {
        for (;;) {
            if (auto connected = connect(); !connected) return tl::unexpected(connected.error());
            if (!connection_) {
                if (batch::stop_signal() != 0) return batch::problem(kUnavailable, unreachable_);
                std::this_thread::sleep_for(std::min<Clock::duration>(kLookEvery, next_try_ - Clock::now()));
                continue;
            }
            auto done = act(*connection_);
            if (done) return std::move(done).map_error([](AmqpFault&&) { return batch::Problem{}; });
            if (done.error().refused) return batch::problem(kUnavailable, name() + ": " + done.error().what);
            drop(done.error().what);
        }
    }

    std::string name() const { return servers_[at_].title(); }
    // A tag counts from 1 on each connection: those of others must never be taken for this one's.
    std::uint64_t marked(std::uint64_t tag) const { return tag | (connections_ << kTagBits & kConnectionBits); }
    // Takes what has come, or waits for it, until `end` at most.
    Expected<> pump(Clock::time_point end);
    void send_again();
    // Gives up a connection that seems to be stuck.
    void look_for_life();
    // A fault costs the connection.
    void note(const AmqpResult<>& done) {
        if (!done) drop(done.error().what);
    }
    void drop(const std::string& why);
    Expected<> failed(const AmqpFault& fault);
    AmqpResult<> set_up(AmqpConnection& connection);
    void send(Pending& message);
    void take_news(AmqpNews news);
    bool is_blocked() const { return connection_ && !connection_->blocked().empty(); }
    void tell_whether_blocked();
    void rest(milliseconds time);

    AmqpOptions options_;
    std::vector<AmqpServer> servers_;
    std::size_t at_ = 0;  // of servers_
    int wake_;
    std::unique_ptr<AmqpConnection> connection_;
    Outbox outbox_;
    std::vector<Consumer> consumers_;
    std::deque<Event> events_;
    std::vector<std::string> answers_;
    std::uint64_t connections_ = 0;
    bool listening_ = false, was_connected_ = false, told_ = false;

    std::size_t unsettled_ = 0;  // deliveries of consumers, of this connection
    int idle_looks_ = 0;         // at which something waited and nothing came
    Clock::time_point confirmed_at_ = Clock::now(), delivered_at_ = Clock::now();

    Clock::time_point next_try_ = Clock::now(), send_again_ = Clock::time_point::max();
    std::optional<Clock::time_point> down_since_ = Clock::now();
    milliseconds pause_ = kFirstPause;
    std::string unreachable_;
    std::minstd_rand chance_{std::random_device{}()};
};

void AmqpQueue::drop(const std::string& why) {
    if (!connection_) return;
    connection_.reset();
    outbox_.refuse_all();
    // What was delivered before is void, and comes again.
    std::erase_if(events_, [](const Event& event) { return event.kind == Event::Kind::kDelivery; });
    events_.push_back({Event::Kind::kLost, {}, 0});
    print_error(name() + " " + why + ". Connecting again");
    told_ = true;
    down_since_ = Clock::now();
    next_try_ = Clock::now();
    pause_ = kFirstPause;
}

Expected<> AmqpQueue::failed(const AmqpFault& fault) {
    unreachable_ = name() + ": " + fault.what;
    // At first that is a mistake; later it may be a node that is only half up.
    if (fault.refused && !was_connected_) return batch::problem(kUnavailable, unreachable_);
    const auto down = Clock::now() - *down_since_;
    at_ = (at_ + 1) % servers_.size();
    if (options_.patience.count() > 0 && down >= options_.patience) {
        return batch::problem(kUnavailable, unreachable_ + ". Waited for " + std::to_string(options_.patience.count()) +
                                                " s (--patience). Is the broker running?");
    }
    if (at_ != 0) return {};  // the other nodes at once
    // Not all workers of a fleet at the same moment.
    next_try_ = Clock::now() + pause_ / 2 + pause_ * static_cast<long>(chance_() % 1000) / 2000;
    if (!std::exchange(told_, true) || pause_ == kLongestPause)
        print_error(unreachable_ + ". Trying again, at first twice a second, then more rarely");
    pause_ = std::min(2 * pause_, kLongestPause);
    return {};
}

Expected<> AmqpQueue::connect() {
    if (connection_ || Clock::now() < next_try_) return {};
    auto opened = AmqpConnection::open(servers_[at_], options_.tls, options_.heartbeat);
    if (!opened) return failed(opened.error());
    if (const auto done = set_up(**opened); !done) return failed(done.error());
    connection_ = std::move(*opened);
    ++connections_;
    unsettled_ = 0;
    confirmed_at_ = delivered_at_ = Clock::now();
    if (std::exchange(was_connected_, true)) print_error(name() + ": connected again");
    down_since_.reset();
    told_ = false;
    pause_ = kFirstPause;
    for (Pending& message : outbox_.all()) {
        if (connection_) send(message);
    }
    return {};
}

AmqpResult<> AmqpQueue::set_up(AmqpConnection& connection) {
    for (const Consumer& consumer : consumers_) {
        if (auto done = connection.consume(consumer.queue, consumer.prefetch); !done) return done;
    }
    return listening_ ? connection.listen() : AmqpResult<>();
}

void AmqpQueue::send(Pending& message) {
    auto number = connection_->publish(message.queue, message.body, message.ticket);
    if (number)
        message.number = *number;
    else
        drop(number.error().what);
}

void AmqpQueue::tell_whether_blocked() {
    confirmed_at_ = delivered_at_ = Clock::now();
    print_error(name() + (is_blocked()
                              ? " takes no messages for the time being: " + connection_->blocked() + ". Waiting"
                              : " takes messages again"));
}

void AmqpQueue::take_news(AmqpNews news) {
    switch (news.kind) {
        case AmqpNews::Kind::kConfirm:
            confirmed_at_ = Clock::now();
            for (const std::uint64_t ticket : outbox_.confirm(news.number, news.and_before))
                events_.push_back({Event::Kind::kConfirmed, {}, ticket});
            return;
        case AmqpNews::Kind::kRefusal:  // by a queue that has lost most of its copies for the moment, as a rule
            outbox_.refuse(news.number, news.and_before);
            send_again_ = Clock::now() + kRefusedPause;
            return;
        case AmqpNews::Kind::kBlocked:
            return tell_whether_blocked();
        case AmqpNews::Kind::kReturn:
            outbox_.forget(news.number);
            events_.push_back({Event::Kind::kUnroutable, {}, news.number});
            return;
        case AmqpNews::Kind::kDelivery:
            if (news.delivery.queue == AmqpConnection::kAnswers)
                return answers_.push_back(std::move(news.delivery.body));
            news.delivery.tag = marked(news.delivery.tag);
            if (!news.question) {
                ++unsettled_;
                idle_looks_ = 0;
                delivered_at_ = Clock::now();
            }
            const auto kind = news.question ? Event::Kind::kQuestion : Event::Kind::kDelivery;
            events_.push_back({kind, std::move(news.delivery), 0});
            return;
    }
}

void AmqpQueue::rest(milliseconds time) {
    pollfd ready[] = {{wake_, POLLIN, 0}, {connection_ ? connection_->descriptor() : -1, POLLIN, 0}};
    ::poll(ready, 2, static_cast<int>(std::clamp<long>(time.count(), 0, kLookEvery.count())));
}

void AmqpQueue::send_again() {
    if (!connection_ || Clock::now() < send_again_) return;
    send_again_ = Clock::time_point::max();
    for (Pending& message : outbox_.all()) {
        if (connection_ && message.number == 0) send(message);
    }
}

void AmqpQueue::look_for_life() {
    const auto now = Clock::now();
    const auto give_up = [&](const std::string& why) {
        drop(why);
        at_ = (at_ + 1) % servers_.size();
    };
    if (!connection_ || is_blocked()) return;
    if (!outbox_.is_empty() && now - confirmed_at_ > kStuckAfter) return give_up("does not confirm what it is sent");
    if (consumers_.empty() || unsettled_ > 0 || now - delivered_at_ <= kStuckAfter) return;
    bool waits = false;
    for (const Consumer& consumer : consumers_) {
        const auto count = connection_->ready(consumer.queue);
        if (!count) return drop(count.error().what);
        waits = waits || count->value_or(0) > 0;
    }
    idle_looks_ = waits ? idle_looks_ + 1 : 0;
    // Something may just have come: a second look tells.
    delivered_at_ = now - kStuckAfter + std::chrono::seconds(idle_looks_ == 1 ? 2 : kStuckAfter.count());
    if (idle_looks_ > 1) give_up("hands out nothing, though something waits");
}

Expected<> AmqpQueue::pump(Clock::time_point end) {
    if (auto connected = connect(); !connected) return connected;
    send_again();
    look_for_life();
    if (connection_) {
        auto news = connection_->news();
        if (news && !*news) {
            rest(std::chrono::ceil<milliseconds>(end - Clock::now()));
        } else if (news) {
            take_news(std::move(**news));
        } else {
            drop(news.error().what);
        }
    } else {
        rest(std::chrono::ceil<milliseconds>(end - Clock::now()));
    }
    return {};
}

Expected<Event> AmqpQueue::wait(milliseconds time) {
    const auto end = Clock::now() + time;
    for (bool last = false;; last = Clock::now() >= end) {
        if (!events_.empty()) {
            Event event = std::move(events_.front());
            events_.pop_front();
            return event;
        }
        std::uint64_t woken = 0;
        if (last || ::read(wake_, &woken, sizeof woken) > 0) return Event{};
        if (auto pumped = pump(end); !pumped) return tl::unexpected(pumped.error());
    }
}

Expected<std::vector<std::string>> AmqpQueue::ask(const std::string& body, milliseconds time) {
    auto begun = insist([&](AmqpConnection& at) {
        auto subscribed = at.begin_asking();
        return subscribed ? at.ask(body) : subscribed;
    });
    if (!begun) return tl::unexpected(begun.error());
    const auto end = Clock::now() + time;
    std::deque<Event> others;
    for (auto left = time; left.count() > 0; left = std::chrono::ceil<milliseconds>(end - Clock::now())) {
        auto event = wait(left);
        if (!event) return tl::unexpected(event.error());
        if (event->kind != Event::Kind::kNothing) others.push_back(std::move(*event));
    }
    events_.insert(events_.begin(), std::make_move_iterator(others.begin()), std::make_move_iterator(others.end()));
    return std::exchange(answers_, {});
}

}  // namespace

Expected<std::unique_ptr<Queue>> make_amqp_queue(const AmqpOptions& options) {
    std::vector<AmqpServer> servers;
    for (const std::string& url : options.urls) {
        auto server = parse_amqp_url(url);
        if (!server) return batch::problem(kUsage, "--amqp " + server.error());
        servers.push_back(std::move(*server));
    }
    auto queue = std::make_unique<AmqpQueue>(options, std::move(servers));
    // The first call of any kind connects; this one does nothing else.
    auto connected = queue->ready("magscan.items");
    if (!connected) return tl::unexpected(connected.error());
    return queue;
}

}  // namespace magscan::tools::queue
