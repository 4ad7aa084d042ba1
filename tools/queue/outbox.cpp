#include "tools/queue/outbox.h"

#include <algorithm>
#include <utility>

namespace magscan::tools::queue {
namespace {

bool is_meant(const Pending& message, std::uint64_t number, bool and_before) {
    return message.number != 0 && (and_before ? message.number <= number : message.number == number);
}

}  // namespace

Pending& Outbox::add(const std::string& queue, std::string body) {
    pending_.push_back({++tickets_, 0, queue, std::move(body)});
    return pending_.back();
}

std::vector<std::uint64_t> Outbox::confirm(std::uint64_t number, bool and_before) {
    std::vector<std::uint64_t> tickets;
    std::erase_if(pending_, [&](const Pending& message) {
        const bool is_it = is_meant(message, number, and_before);
        if (is_it) tickets.push_back(message.ticket);
        return is_it;
    });
    return tickets;
}

void Outbox::refuse(std::uint64_t number, bool and_before) {
    for (Pending& message : pending_) {
        if (is_meant(message, number, and_before)) message.number = 0;
    }
}

void Outbox::refuse_all() {
    for (Pending& message : pending_) message.number = 0;
}

void Outbox::forget(std::uint64_t ticket) {
    std::erase_if(pending_, [&](const Pending& message) { return message.ticket == ticket; });
}

}  // namespace magscan::tools::queue
