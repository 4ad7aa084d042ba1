#include "tools/queue/amqp_connection.h"

#include <amqp_framing.h>
#include <amqp_ssl_socket.h>
#include <amqp_tcp_socket.h>
#include <sys/time.h>

#include <charconv>
#include <string_view>

#include "tools/queue/amqp_values.h"

namespace magscan::tools::queue {
namespace {

constexpr amqp_channel_t kConsume = 1, kPublish = 2, kAsk = 3, kTake = 4;
constexpr std::uint64_t kTaken = 1ULL << 63U;  // marks the tags of channel kTake
constexpr timeval kConnectTime = {5, 0}, kHandshakeTime = {10, 0}, kAnswerTime = {30, 0};
constexpr int kFrameBytes = 131'072;
constexpr int kNotFound = 404;
constexpr const char* kQuestions = "magscan.ask";
constexpr const char* kSystemCa = "/etc/ssl/certs/ca-certificates.crt";

bool is_refusal(int code) {
    constexpr int kAccessRefused = 403, kPreconditionFailed = 406, kNotAllowed = 530;
    return code == kAccessRefused || code == kPreconditionFailed || code == kNotAllowed;
}

}  // namespace

tl::unexpected<AmqpFault> AmqpConnection::lost(const std::string& what) {
    broken_ = true;
    return tl::unexpected(AmqpFault{false, what});
}

AmqpFault AmqpConnection::fault_of(const amqp_rpc_reply_t& reply, const std::string& doing) {
    broken_ = true;
    if (reply.reply_type == AMQP_RESPONSE_LIBRARY_EXCEPTION) {
        return {false, doing + " failed: " + ::amqp_error_string2(reply.library_error)};
    }
    if (reply.reply.id == AMQP_CONNECTION_CLOSE_METHOD) {
        const auto* closed = static_cast<const amqp_connection_close_t*>(reply.reply.decoded);
        return {is_refusal(closed->reply_code), text(closed->reply_text)};
    }
    if (reply.reply.id == AMQP_CHANNEL_CLOSE_METHOD) {
        const auto* closed = static_cast<const amqp_channel_close_t*>(reply.reply.decoded);
        return {is_refusal(closed->reply_code), text(closed->reply_text)};
    }
    return {false, doing + " failed: an answer that was not expected"};
}

AmqpResult<> AmqpConnection::checked(const char* doing) {
    const amqp_rpc_reply_t reply = ::amqp_get_rpc_reply(state_);
    if (reply.reply_type == AMQP_RESPONSE_NORMAL) return {};
    return tl::unexpected(fault_of(reply, doing));
}

AmqpResult<> AmqpConnection::sent(int status, const char* doing) {
    if (status == AMQP_STATUS_OK) return {};
    return lost(std::string(doing) + " failed: " + ::amqp_error_string2(status));
}

AmqpResult<std::unique_ptr<AmqpConnection>> AmqpConnection::open(const AmqpServer& server, const AmqpTls& tls,
                                                                 std::chrono::seconds heartbeat) {
    std::unique_ptr<AmqpConnection> out(new AmqpConnection());
    if (auto done = out->connect(server, tls); !done) return tl::unexpected(done.error());
    if (auto done = out->log_in(server, heartbeat); !done) return tl::unexpected(done.error());
    for (const amqp_channel_t channel : {kConsume, kPublish, kTake}) {
        if (auto done = out->open_channel(channel); !done) return tl::unexpected(done.error());
    }
    ::amqp_confirm_select(out->state_, kPublish);
    if (auto done = out->checked("asking for confirms"); !done) return tl::unexpected(done.error());
    return out;
}

AmqpResult<> AmqpConnection::connect(const AmqpServer& server, const AmqpTls& tls) {
    ::amqp_set_handshake_timeout(state_, &kHandshakeTime);
    ::amqp_set_rpc_timeout(state_, &kAnswerTime);
    broken_ = true;  // until it stands
    amqp_socket_t* socket = server.tls ? ::amqp_ssl_socket_new(state_) : ::amqp_tcp_socket_new(state_);
    if (socket == nullptr) return lost("not enough memory for a connection");
    if (server.tls) {
        const std::string ca = tls.ca.empty() ? kSystemCa : tls.ca;
        if (::amqp_ssl_socket_set_cacert(socket, ca.c_str()) != AMQP_STATUS_OK)
            return tl::unexpected(AmqpFault{true, "the certificates in " + ca + " can't be read. Check --ca"});
        if (!tls.cert.empty() && ::amqp_ssl_socket_set_key(socket, tls.cert.c_str(), tls.key.c_str()) != AMQP_STATUS_OK)
            return tl::unexpected(AmqpFault{true, tls.cert + " and " + tls.key +
                                                      " can't be read, or don't belong together. Check --cert and "
                                                      "--key"});
        ::amqp_ssl_socket_set_verify_peer(socket, 1);
        ::amqp_ssl_socket_set_verify_hostname(socket, 1);
        ::amqp_ssl_socket_set_ssl_versions(socket, AMQP_TLSv1_2, AMQP_TLSvLATEST);
    }
    const int status = ::amqp_socket_open_noblock(socket, server.host.c_str(), server.port, &kConnectTime);
    if (status == AMQP_STATUS_OK) {
        broken_ = false;
        return {};
    }
    if (status == AMQP_STATUS_SSL_PEER_VERIFY_FAILED || status == AMQP_STATUS_SSL_HOSTNAME_VERIFY_FAILED) {
        const bool name = status == AMQP_STATUS_SSL_HOSTNAME_VERIFY_FAILED;
        return tl::unexpected(AmqpFault{true, name ? "its certificate is of another name than " + server.host
                                                   : "its certificate is not trusted. Name its issuer's with --ca"});
    }
    return lost(std::string("can't be reached: ") + ::amqp_error_string2(status));
}

AmqpResult<> AmqpConnection::log_in(const AmqpServer& server, std::chrono::seconds heartbeat) {
    // So that it says when it takes nothing for want of memory or disk.
    amqp_table_entry_t can = flag("connection.blocked");
    amqp_table_entry_t own = entry("capabilities", amqp_table_t{1, &can});
    const amqp_table_t properties = {1, &own};
    const amqp_rpc_reply_t reply = ::amqp_login_with_properties(
        state_, server.vhost.c_str(), AMQP_DEFAULT_MAX_CHANNELS, kFrameBytes, static_cast<int>(heartbeat.count()),
        &properties, AMQP_SASL_METHOD_PLAIN, server.user.c_str(), server.password.c_str());
    if (reply.reply_type == AMQP_RESPONSE_NORMAL) return {};
    AmqpFault fault = fault_of(reply, "logging in");
    if (fault.refused) {
        while (fault.what.ends_with('.')) fault.what.pop_back();
        fault.what = "refuses the user " + server.user + " or the virtual host " + server.vhost + ": " + fault.what +
                     ". Correct --amqp";
    }
    return tl::unexpected(fault);
}

AmqpConnection::~AmqpConnection() {
    const bool is_heard = blocked_.empty();  // a broker that takes nothing does not read a farewell either
    if (!broken_ && is_heard) ::amqp_connection_close(state_, AMQP_REPLY_SUCCESS);
    ::amqp_destroy_connection(state_);
}

AmqpResult<> AmqpConnection::open_channel(amqp_channel_t channel) {
    ::amqp_channel_open(state_, channel);
    return checked("opening a channel");
}

AmqpResult<> AmqpConnection::declare(const QueueSpec& spec) {
    // At-least-once dead-lettering needs reject-publish.
    amqp_table_entry_t entries[] = {entry("x-queue-type", "quorum"),
                                    entry("x-delivery-limit", kMostReturns),
                                    entry("x-dead-letter-exchange", ""),
                                    entry("x-dead-letter-routing-key", spec.dead_letters.c_str()),
                                    entry("x-dead-letter-strategy", "at-least-once"),
                                    entry("x-overflow", "reject-publish")};
    const amqp_table_t arguments = {spec.dead_letters.empty() ? 1 : 6, entries};
    ::amqp_queue_declare(state_, kConsume, bytes(spec.name), 0, 1, 0, 0, arguments);
    return checked("declaring a queue");
}

AmqpResult<> AmqpConnection::remove(const std::string& queue) {
    ::amqp_queue_delete(state_, kConsume, bytes(queue), 0, 0);
    return checked("removing a queue");
}

AmqpResult<std::optional<std::size_t>> AmqpConnection::ready(const std::string& queue) {
    if (auto opened = open_channel(kAsk); !opened) return tl::unexpected(opened.error());
    const auto* answer = ::amqp_queue_declare(state_, kAsk, bytes(queue), 1, 0, 0, 0, amqp_empty_table);
    if (answer != nullptr) {
        const std::size_t count = answer->message_count;
        ::amqp_channel_close(state_, kAsk, AMQP_REPLY_SUCCESS);
        return std::optional(count);
    }
    const amqp_rpc_reply_t reply = ::amqp_get_rpc_reply(state_);
    if (reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION && reply.reply.id == AMQP_CHANNEL_CLOSE_METHOD &&
        static_cast<const amqp_channel_close_t*>(reply.reply.decoded)->reply_code == kNotFound) {
        amqp_channel_close_ok_t ok{};
        if (auto told = sent(::amqp_send_method(state_, kAsk, AMQP_CHANNEL_CLOSE_OK_METHOD, &ok), "asking"); !told)
            return tl::unexpected(told.error());
        return std::optional<std::size_t>();
    }
    return tl::unexpected(fault_of(reply, "asking for a queue"));
}

AmqpResult<> AmqpConnection::subscribe(const std::string& queue, const std::string& tag, bool settled) {
    ::amqp_basic_consume(state_, kConsume, bytes(queue), bytes(tag), 0, settled ? 1 : 0, 0, amqp_empty_table);
    return checked("consuming");
}

AmqpResult<> AmqpConnection::consume(const std::string& queue, unsigned prefetch) {
    ::amqp_basic_qos(state_, kConsume, 0, static_cast<std::uint16_t>(prefetch), 0);
    if (auto set = checked("setting the prefetch"); !set) return set;
    return subscribe(queue, queue, false);
}

AmqpResult<> AmqpConnection::cancel(const std::string& queue) {
    ::amqp_basic_cancel(state_, kConsume, bytes(queue));
    return checked("ending a consumer");
}

AmqpResult<amqp_message_t> AmqpConnection::read_message(amqp_channel_t channel) {
    amqp_message_t message{};
    const amqp_rpc_reply_t reply = ::amqp_read_message(state_, channel, &message, 0);
    if (reply.reply_type != AMQP_RESPONSE_NORMAL) return tl::unexpected(fault_of(reply, "receiving"));
    return message;
}

AmqpResult<std::optional<Delivery>> AmqpConnection::get(const std::string& queue) {
    const amqp_rpc_reply_t reply = ::amqp_basic_get(state_, kTake, bytes(queue), 0);
    if (reply.reply_type != AMQP_RESPONSE_NORMAL) return tl::unexpected(fault_of(reply, "taking a message"));
    if (reply.reply.id != AMQP_BASIC_GET_OK_METHOD) return std::optional<Delivery>();
    const auto* got = static_cast<const amqp_basic_get_ok_t*>(reply.reply.decoded);
    Delivery out{got->delivery_tag | kTaken, queue, {}, 0, {}};
    auto message = read_message(kTake);
    if (!message) return tl::unexpected(message.error());
    out.body = text(message->body);
    ::amqp_destroy_message(&*message);
    ::amqp_maybe_release_buffers_on_channel(state_, kTake);
    return std::optional(std::move(out));
}

AmqpResult<> AmqpConnection::settle(std::uint64_t tag, Settle how) {
    const amqp_channel_t channel = (tag & kTaken) != 0 ? kTake : kConsume;
    tag &= ~kTaken;
    const int status = how == Settle::kDone ? ::amqp_basic_ack(state_, channel, tag, 0)
                                            : ::amqp_basic_reject(state_, channel, tag, how == Settle::kAgain ? 1 : 0);
    return sent(status, "settling a message");
}

AmqpResult<std::uint64_t> AmqpConnection::publish(const std::string& queue, const std::string& body,
                                                  std::uint64_t ticket) {
    constexpr std::uint8_t kPersistent = 2;
    const std::string id = std::to_string(ticket);
    amqp_basic_properties_t properties{};
    properties._flags = AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_MESSAGE_ID_FLAG;
    properties.delivery_mode = kPersistent;
    properties.message_id = bytes(id);
    const int status =
        ::amqp_basic_publish(state_, kPublish, amqp_empty_bytes, bytes(queue), 1, 0, &properties, bytes(body));
    if (auto done = sent(status, "sending"); !done) return tl::unexpected(done.error());
    return ++published_;
}

AmqpResult<> AmqpConnection::listen() {
    ::amqp_exchange_declare(state_, kConsume, bytes(kQuestions), bytes("fanout"), 0, 1, 0, 0, amqp_empty_table);
    if (auto done = checked("declaring an exchange"); !done) return done;
    const auto* own = ::amqp_queue_declare(state_, kConsume, amqp_empty_bytes, 0, 0, 1, 1, amqp_empty_table);
    if (own == nullptr) return checked("declaring a queue");
    const std::string queue = text(own->queue);
    ::amqp_queue_bind(state_, kConsume, bytes(queue), bytes(kQuestions), amqp_empty_bytes, amqp_empty_table);
    if (auto done = checked("binding a queue"); !done) return done;
    return subscribe(queue, kQuestions, true);
}

AmqpResult<> AmqpConnection::answer(const std::string& to, const std::string& body) {
    const amqp_basic_properties_t properties{};
    const int status =
        ::amqp_basic_publish(state_, kConsume, amqp_empty_bytes, bytes(to), 0, 0, &properties, bytes(body));
    return sent(status, "answering");
}

AmqpResult<> AmqpConnection::begin_asking() {
    ::amqp_exchange_declare(state_, kConsume, bytes(kQuestions), bytes("fanout"), 0, 1, 0, 0, amqp_empty_table);
    if (auto done = checked("declaring an exchange"); !done) return done;
    return subscribe(kAnswers, kAnswers, true);
}

AmqpResult<> AmqpConnection::ask(const std::string& body) {
    amqp_basic_properties_t properties{};
    properties._flags = AMQP_BASIC_REPLY_TO_FLAG;
    properties.reply_to = bytes(kAnswers);
    const int status =
        ::amqp_basic_publish(state_, kConsume, bytes(kQuestions), amqp_empty_bytes, 0, 0, &properties, bytes(body));
    return sent(status, "asking");
}

AmqpResult<std::optional<AmqpNews>> AmqpConnection::news() {
    for (;;) {
        ::amqp_maybe_release_buffers(state_);
        amqp_frame_t frame{};
        constexpr timeval kNow = {0, 0};
        const int status = ::amqp_simple_wait_frame_noblock(state_, &frame, &kNow);
        if (status == AMQP_STATUS_TIMEOUT) return std::optional<AmqpNews>();
        if (status != AMQP_STATUS_OK) return lost(std::string("is gone: ") + ::amqp_error_string2(status));
        if (frame.frame_type != AMQP_FRAME_METHOD) continue;
        auto news = news_of(frame);
        if (!news || *news) return news;
    }
}

AmqpResult<std::optional<AmqpNews>> AmqpConnection::news_of(const amqp_frame_t& frame) {
    AmqpNews news;
    switch (frame.payload.method.id) {
        case AMQP_BASIC_DELIVER_METHOD: {
            const auto* delivered = static_cast<const amqp_basic_deliver_t*>(frame.payload.method.decoded);
            news.delivery.tag = delivered->delivery_tag;
            news.delivery.queue = text(delivered->consumer_tag);
            news.question = news.delivery.queue == kQuestions;
            auto message = read_message(frame.channel);
            if (!message) return tl::unexpected(message.error());
            news.delivery.body = text(message->body);
            news.delivery.returns = returns_of(message->properties);
            if ((message->properties._flags & AMQP_BASIC_REPLY_TO_FLAG) != 0)
                news.delivery.answer_to = text(message->properties.reply_to);
            ::amqp_destroy_message(&*message);
            return std::optional(std::move(news));
        }
        case AMQP_BASIC_RETURN_METHOD: {
            auto message = read_message(frame.channel);
            if (!message) return tl::unexpected(message.error());
            news.kind = AmqpNews::Kind::kReturn;
            const std::string id = text(message->properties.message_id);
            std::from_chars(id.data(), id.data() + id.size(), news.number);
            ::amqp_destroy_message(&*message);
            return std::optional(std::move(news));
        }
        case AMQP_BASIC_ACK_METHOD: {
            const auto* confirmed = static_cast<const amqp_basic_ack_t*>(frame.payload.method.decoded);
            news.kind = AmqpNews::Kind::kConfirm;
            news.number = confirmed->delivery_tag;
            news.and_before = confirmed->multiple != 0;
            return std::optional(std::move(news));
        }
        case AMQP_BASIC_NACK_METHOD: {
            const auto* refused = static_cast<const amqp_basic_nack_t*>(frame.payload.method.decoded);
            news.kind = AmqpNews::Kind::kRefusal;
            news.number = refused->delivery_tag;
            news.and_before = refused->multiple != 0;
            return std::optional(std::move(news));
        }
        case AMQP_CONNECTION_BLOCKED_METHOD:
            news.kind = AmqpNews::Kind::kBlocked;
            blocked_ = text(static_cast<const amqp_connection_blocked_t*>(frame.payload.method.decoded)->reason);
            if (blocked_.empty()) blocked_ = "it does not say why";
            return std::optional(std::move(news));
        case AMQP_CONNECTION_UNBLOCKED_METHOD:
            blocked_.clear();
            news.kind = AmqpNews::Kind::kBlocked;
            return std::optional(std::move(news));
        case AMQP_BASIC_CANCEL_METHOD:
            return lost("has deleted a queue that was consumed");
        case AMQP_CHANNEL_CLOSE_METHOD:
            return lost("closed the channel: " +
                        text(static_cast<const amqp_channel_close_t*>(frame.payload.method.decoded)->reply_text));
        case AMQP_CONNECTION_CLOSE_METHOD:
            return lost("closed the connection: " +
                        text(static_cast<const amqp_connection_close_t*>(frame.payload.method.decoded)->reply_text));
        default:
            return std::optional<AmqpNews>();
    }
}

}  // namespace magscan::tools::queue
