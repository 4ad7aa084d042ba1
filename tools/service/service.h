// What the routes share, and the way of a request through them, without connections: session.h has those.
//
//     auto early = service.admit(request);         // before the body is received
//     Handled handled = service.handle(request);   // an answer, or work for a queue
//     service.finish(request, reply);              // headers that every answer has
//
// All of it is called on the thread of the connections, but for what says otherwise.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "scan/scanner.h"
#include "tools/service/api_keys.h"
#include "tools/service/exchange.h"
#include "tools/service/memory_budget.h"
#include "tools/service/metrics.h"
#include "tools/service/options.h"
#include "tools/service/rate_limit.h"
#include "tools/service/report_cache.h"
#include "tools/service/router.h"
#include "tools/service/work_queue.h"

namespace magscan::service {

class Service {
  public:
    // Loads the models and the keys; the error is a sentence for people.
    static tl::expected<std::unique_ptr<Service>, scan::ScanError> create(const Options& options);

    // Looks at the header alone: nothing where the request may go on, else its answer. Sets request.client.
    std::optional<Reply> admit(Request& request);
    // Most bytes that its body may have.
    std::size_t body_limit(const Request& request) const;

    Handled handle(const Request& request);

    // Security headers, the request's id, CORS, and the body of an error.
    void finish(const Request& request, Reply& reply) const;

    // Counts an answered request.
    void count(const Request& request, const Reply& reply, double seconds, std::uint64_t bytes_in);

    // Reads the file again. Where it can't be read the old keys stay, and the error is returned.
    tl::expected<std::size_t, std::string> reload_keys();

    // Ends the threads of the queues, which then take nothing more.
    void stop_work();

    const Options options;
    const scan::Scanner scanner;  // any thread
    MemoryBudget memory;          // any thread
    ReportCache cache;            // any thread
    Metrics metrics;
    std::size_t connections = 0;
    std::size_t in_flight = 0;            // requests whose header was read and whose answer is not written
    bool draining = false;                // SIGTERM came
    std::atomic<bool> abandoned = false;  // the time to drain is over: all work stops

    WorkQueue& queue(Lane lane) { return lane == Lane::kPictures ? pictures_ : texts_; }

  private:
    Service(const Options& wanted, scan::Scanner models, ApiKeys keys);
    std::optional<Reply> check_key(Request& request, const Route& route);
    std::optional<Reply> preflight(const Request& request, const Route& route) const;
    bool allows_origin(const std::string& origin) const;

    Router router_;
    ApiKeys keys_;
    RateLimit rates_;
    // Last, so that their threads end before what they use.
    WorkQueue pictures_;
    WorkQueue texts_;
};

}  // namespace magscan::service
