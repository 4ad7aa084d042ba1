// One connection to one RabbitMQ node: librabbitmq's calls, with their errors as values. It ends at the first error.
//
// Channel 1 consumes, channel 2 publishes and is confirmed to, channel 3 asks for what may be missing, because RabbitMQ
// answers that by closing the channel.
#pragma once

#include <amqp.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "tools/queue/amqp_server.h"
#include "tools/queue/queue.h"

namespace magscan::tools::queue {

struct AmqpFault {
    bool refused =
        false;         // by a broker that answers: the user, the virtual host, the certificate, a queue's properties
    std::string what;  // a sentence without its full stop
};

template <typename T = void>
using AmqpResult = tl::expected<T, AmqpFault>;

// What the broker sends on its own.
struct AmqpNews {
    enum class Kind { kDelivery, kConfirm, kRefusal, kReturn, kBlocked } kind = Kind::kDelivery;
    Delivery delivery;
    bool question = false;
    std::uint64_t number = 0;  // kConfirm, kRefusal: of the message, counted from 1; kReturn: its ticket
    bool and_before = false;   // kConfirm, kRefusal: and of all before it
};

class AmqpConnection {
  public:
    static AmqpResult<std::unique_ptr<AmqpConnection>> open(const AmqpServer& server, const AmqpTls& tls,
                                                            std::chrono::seconds heartbeat);
    ~AmqpConnection();
    AmqpConnection(const AmqpConnection&) = delete;
    AmqpConnection& operator=(const AmqpConnection&) = delete;

    AmqpResult<> declare(const QueueSpec& spec);
    AmqpResult<> remove(const std::string& queue);
    AmqpResult<std::optional<std::size_t>> ready(const std::string& queue);
    AmqpResult<> consume(const std::string& queue, unsigned prefetch);
    AmqpResult<> cancel(const std::string& queue);
    AmqpResult<std::optional<Delivery>> get(const std::string& queue);
    AmqpResult<> settle(std::uint64_t tag, Settle how);
    // The number that it is confirmed by.
    AmqpResult<std::uint64_t> publish(const std::string& queue, const std::string& body, std::uint64_t ticket);

    // Questions: from a queue of this connection alone, to which all of them are copied.
    AmqpResult<> listen();
    AmqpResult<> answer(const std::string& to, const std::string& body);
    AmqpResult<> begin_asking();
    AmqpResult<> ask(const std::string& body);

    // What has come, without waiting. Answers to ask() are deliveries of kAnswers.
    AmqpResult<std::optional<AmqpNews>> news();
    // Why the broker takes nothing for the time being, "low on memory"; empty: it does. News of kBlocked tell of a
    // change.
    const std::string& blocked() const { return blocked_; }
    // For poll(), once news() has nothing.
    int descriptor() const { return ::amqp_get_sockfd(state_); }

    static constexpr const char* kAnswers = "amq.rabbitmq.reply-to";  // RabbitMQ's "direct reply-to"

  private:
    AmqpConnection() : state_(::amqp_new_connection()) {}

    AmqpResult<> connect(const AmqpServer& server, const AmqpTls& tls);
    AmqpResult<> log_in(const AmqpServer& server, std::chrono::seconds heartbeat);
    AmqpResult<> open_channel(amqp_channel_t channel);
    // Of the last call that waits for the broker's answer.
    AmqpResult<> checked(const char* doing);
    AmqpResult<> sent(int status, const char* doing);
    tl::unexpected<AmqpFault> lost(const std::string& what);
    AmqpFault fault_of(const amqp_rpc_reply_t& reply, const std::string& doing);
    AmqpResult<> subscribe(const std::string& queue, const std::string& tag, bool settled);
    AmqpResult<amqp_message_t> read_message(amqp_channel_t channel);
    AmqpResult<std::optional<AmqpNews>> news_of(const amqp_frame_t& frame);

    amqp_connection_state_t state_;
    bool broken_ = false;
    std::string blocked_;
    std::uint64_t published_ = 0;
};

}  // namespace magscan::tools::queue
