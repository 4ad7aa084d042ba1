#include <atomic>
#include <catch2/catch.hpp>
#include <future>

#include "tools/service/work_queue.h"

using namespace magscan::service;

namespace {

const StopTest kGoesOn = [] { return false; };

}  // namespace

TEST_CASE("a queue takes as many as it has workers and room, and says no to the next", "[work_queue]") {
    std::promise<void> gate;
    const std::shared_future<void> open = gate.get_future().share();
    std::atomic<int> done{0};
    {
        WorkQueue queue(2, 1);
        const auto wait = [&] {
            open.wait();
            ++done;
        };
        CHECK(queue.has_room());
        for (int i = 0; i < 3; ++i) CHECK(queue.submit(kGoesOn, wait));
        CHECK_FALSE(queue.has_room());
        CHECK_FALSE(queue.submit(kGoesOn, wait));
        while (queue.running() < 2) std::this_thread::yield();
        CHECK(queue.waiting() == 1);
        gate.set_value();
        while (done < 3) std::this_thread::yield();
        while (queue.running() > 0) std::this_thread::yield();
        CHECK(queue.has_room());
    }
    CHECK(done == 3);
}

TEST_CASE("work that nobody waits for any more makes room and is never run", "[work_queue]") {
    std::promise<void> gate;
    std::atomic<bool> stopped{false};
    std::atomic<int> ran{0};
    WorkQueue queue(1, 1);
    REQUIRE(queue.submit(kGoesOn, [open = gate.get_future().share()] { open.wait(); }));
    while (queue.running() < 1) std::this_thread::yield();
    REQUIRE(queue.submit([&] { return stopped.load(); }, [&] { ran += 100; }));
    CHECK_FALSE(queue.submit(kGoesOn, [&] { ++ran; }));
    stopped = true;
    CHECK(queue.submit(kGoesOn, [&] { ++ran; }));
    gate.set_value();
    while (ran == 0) std::this_thread::yield();
    CHECK(ran == 1);
}

TEST_CASE("a stopped queue drops what waits and takes nothing more", "[work_queue]") {
    std::promise<void> gate;
    std::atomic<int> ran{0};
    WorkQueue queue(1, 5);
    REQUIRE(queue.submit(kGoesOn, [&, open = gate.get_future().share()] {
        open.wait();
        ++ran;
    }));
    while (queue.running() < 1) std::this_thread::yield();
    REQUIRE(queue.submit(kGoesOn, [&] { ++ran; }));
    std::thread stopper([&] { queue.stop(); });
    while (queue.waiting() > 0) std::this_thread::yield();
    gate.set_value();
    stopper.join();
    CHECK(ran == 1);
    CHECK_FALSE(queue.submit(kGoesOn, [&] { ++ran; }));
}
