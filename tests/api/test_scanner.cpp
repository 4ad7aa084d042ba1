#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <stop_token>
#include <thread>
#include <vector>

#include "samples.h"

using magscan::Error;
using magscan::Progress;
using magscan::Scanner;
using magscan::Stage;
using nlohmann::json;

TEST_CASE("eight threads share one scanner and get the same report", "[api]") {
    const magscan::Scanner copy = scanner();
    std::vector<json> reports(8);
    std::vector<std::thread> threads;
    for (json& report : reports) {
        threads.emplace_back([&] {
            const auto scanned = copy.scan(bytes_of(photo()), {.name = "screen.png"});
            if (scanned) report = untimed(*scanned);
        });
    }
    for (std::thread& thread : threads) thread.join();
    REQUIRE(reports[0].is_object());
    CHECK(reports[0]["elemental_magnesium"]["per_serving_mg"]["value"] == 120);
    CHECK(reports[0]["source"]["name"] == "screen.png");
    CHECK(reports[0]["source"]["images"][0]["name"] == "screen.png");
    for (const json& report : reports) CHECK(report == reports[0]);
}

TEST_CASE("no more photos are read at once than was asked for", "[api]") {
    const auto one_by_one = Scanner::create({.models = kModels, .max_scans = 1});
    REQUIRE(one_by_one.has_value());
    std::atomic<int> reading{0}, most{0}, done{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i) {
        threads.emplace_back([&] {
            magscan::ScanOptions options;
            options.on_progress = [&](const Progress& progress) {
                if (progress.stage == Stage::kDecode) most = std::max(most.load(), ++reading);
                if (progress.stage == Stage::kRead) --reading;  // the turn is given back a little later
            };
            done += one_by_one->scan(bytes_of(photo()), options).has_value() ? 1 : 0;
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(done == 3);
    CHECK(most == 1);
}

TEST_CASE("who waits for a turn can give up, and what is no picture needs none", "[api]") {
    const auto one_by_one = Scanner::create({.models = kModels, .max_scans = 1});
    REQUIRE(one_by_one.has_value());
    std::atomic<bool> holds{false}, go_on{false};
    std::thread other([&] {
        magscan::ScanOptions options;
        options.on_progress = [&](const Progress&) {
            holds = true;
            while (!go_on) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        };
        CHECK(one_by_one->scan(bytes_of(photo()), options).has_value());
    });
    while (!holds) std::this_thread::sleep_for(std::chrono::milliseconds(1));

    magscan::ScanOptions options;
    options.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(50);
    const auto late = one_by_one->scan(bytes_of(photo()), options);
    REQUIRE_FALSE(late.has_value());
    CHECK(late.error().kind == Error::Kind::kDeadline);
    CHECK(std::chrono::steady_clock::now() >= *options.deadline);
    const auto cancelled = one_by_one->scan(bytes_of(photo()), {.is_cancelled = [] { return true; }});
    REQUIRE_FALSE(cancelled.has_value());
    CHECK(cancelled.error().kind == Error::Kind::kCancelled);
    const auto text = one_by_one->scan(bytes_of("no photo"));
    REQUIRE_FALSE(text.has_value());
    CHECK(text.error().kind == Error::Kind::kNotAPicture);
    go_on = true;
    other.join();
    CHECK(one_by_one->scan(bytes_of(photo())).has_value());  // the turn came back
}

TEST_CASE("progress is told stage by stage, on the thread that asked", "[api]") {
    std::vector<Progress> told;
    const auto here = std::this_thread::get_id();
    magscan::ScanOptions options;
    options.on_progress = [&](const Progress& progress) {
        CHECK(std::this_thread::get_id() == here);
        told.push_back(progress);
    };
    const magscan::Photo pair[] = {{bytes_of(photo()), "a"}, {bytes_of(photo()), "b"}};
    options.name = "product 7";
    const auto report = scanner().scan_product(pair, options);
    REQUIRE(report.has_value());
    CHECK(report->source().name == "product 7");
    const std::vector<Stage> stages{Stage::kDecode, Stage::kDetect, Stage::kRead,      Stage::kDecode,
                                    Stage::kDetect, Stage::kRead,   Stage::kUnderstand};
    REQUIRE(told.size() == stages.size());
    for (std::size_t i = 0; i < told.size(); ++i) {
        CHECK(told[i].stage == stages[i]);
        CHECK(told[i].photo == (i < 3 ? 0U : 1U));
        CHECK(told[i].share >= (i == 0 ? 0 : told[i - 1].share));
        CHECK(told[i].share <= 1);
    }
}

TEST_CASE("a call is cancelled in each of its stages", "[api]") {
    for (const Stage at : {Stage::kDecode, Stage::kDetect, Stage::kRead}) {
        std::stop_source stop;
        magscan::ScanOptions options;
        options.on_progress = [&](const Progress& progress) {
            if (progress.stage == at) stop.request_stop();
        };
        options.is_cancelled = [token = stop.get_token()] { return token.stop_requested(); };
        const auto report = scanner().scan(bytes_of(photo()), options);
        REQUIRE_FALSE(report.has_value());
        CHECK(report.error().kind == Error::Kind::kCancelled);
    }
}

TEST_CASE("a deadline that passes while a photo is read ends the call", "[api]") {
    magscan::ScanOptions options;
    options.on_progress = [&](const Progress& progress) {
        if (progress.stage == Stage::kRead) options.deadline = std::chrono::steady_clock::now();
    };
    options.deadline = std::chrono::steady_clock::now() + std::chrono::hours(1);
    const auto late = scanner().scan(bytes_of(photo()), options);
    REQUIRE_FALSE(late.has_value());
    CHECK(late.error().kind == Error::Kind::kDeadline);
}

TEST_CASE("what a callback throws becomes an error, and the next call works", "[api]") {
    for (const Stage at : {Stage::kDecode, Stage::kRead, Stage::kUnderstand}) {
        magscan::ScanOptions options;
        options.on_progress = [&](const Progress& progress) {
            if (progress.stage == at) throw 7;
        };
        const auto report = scanner().scan(bytes_of(photo()), options);
        REQUIRE_FALSE(report.has_value());
        CHECK(report.error().kind == Error::Kind::kInternal);
    }
    const auto report = scanner().scan(bytes_of(photo()), {.is_cancelled = []() -> bool { throw std::string("no"); }});
    REQUIRE_FALSE(report.has_value());
    CHECK(report.error().kind == Error::Kind::kInternal);
    CHECK(scanner().scan(bytes_of(photo())).has_value());
}

TEST_CASE("what is wrong with a photo, an option or the set-up is told apart", "[api]") {
    const auto fails = [](const auto& outcome, Error::Kind expected) {
        REQUIRE_FALSE(outcome.has_value());
        CHECK(outcome.error().kind == expected);
        CHECK(outcome.error().message.size() > 10);
        CHECK(outcome.error().message.find('\n') == std::string::npos);
    };
    fails(scanner().scan(bytes_of("")), Error::Kind::kNotAPicture);
    fails(scanner().scan(bytes_of(photo().substr(0, photo().size() / 2))), Error::Kind::kNotAPicture);
    fails(scanner().scan(bytes_of(photo()), {.person = {.age_years = 300}}), Error::Kind::kUsage);
    fails(scanner().scan_product({}), Error::Kind::kUsage);
    const magscan::Photo pair[] = {{bytes_of(photo()), "a"}, {bytes_of("no photo"), "b"}};
    const auto second = scanner().scan_product(pair);
    fails(second, Error::Kind::kNotAPicture);
    CHECK(second.error().photo == 1);
    fails(Scanner::create({.models = "/nonexistent"}), Error::Kind::kSetUp);
    fails(Scanner::create({.models = kModels, .tessdata = "/nonexistent"}), Error::Kind::kSetUp);
    fails(Scanner::create({.models = kModels, .threads = -1}), Error::Kind::kUsage);
    fails(Scanner::create({.models = kModels, .max_scans = 100'000}), Error::Kind::kUsage);
    fails(Scanner::parse(std::string(magscan::kMaxTextBytes + 1, 'a')), Error::Kind::kUsage);
}

TEST_CASE("several photos are one report, named after the first or as asked", "[api]") {
    const magscan::Photo pair[] = {{bytes_of(photo()), "a.png"}, {bytes_of(photo()), "b.png"}};
    const auto report = scanner().scan_product(pair);
    REQUIRE(report.has_value());
    CHECK(report->source().kind == magscan::SourceKind::kPhotos);
    CHECK(report->source().name == "a.png");
    REQUIRE(report->source().images.size() == 2);
    CHECK(report->source().images[1].name == "b.png");
}

TEST_CASE("the detector is found where the options, the environment or the folders say", "[api]") {
    CHECK(scanner().has_detector());
    setenv("MAGSCAN_MODELS", kModels, 1);
    CHECK(Scanner::create()->has_detector());
    setenv("MAGSCAN_MODELS", "/nonexistent", 1);
    CHECK(Scanner::create().error().kind == Error::Kind::kSetUp);
    unsetenv("MAGSCAN_MODELS");
    // Beside the build folder there is no share/magscan: Tesseract has to find the lines, and the report says so.
    const auto bare = Scanner::create();
    REQUIRE(bare.has_value());
    CHECK_FALSE(bare->has_detector());
    const auto report = bare->scan(bytes_of(photo()));
    REQUIRE(report.has_value());
    bool warned = false;
    for (const auto& warning : report->warnings()) warned = warned || warning.code == "detector_missing";
    CHECK(warned);
}

TEST_CASE("doses are answered without a scanner", "[api]") {
    const auto dose = Scanner::calc({.form = "citrate", .amount = "500mg", .basis = magscan::Basis::kCompound});
    REQUIRE(dose.has_value());
    CHECK(dose->compound() == "citrate-unspecified");
    CHECK(dose->elemental().per_serving.low == Approx(52.5).margin(0.1));
    CHECK(dose->elemental().per_serving.high == Approx(82.5).margin(0.1));
    REQUIRE(dose->readings().size() == 1);
    CHECK(json::parse(dose->to_json()).is_object());
    CHECK(dose->to_text().find("52.5 to 82.5 mg") != std::string::npos);
    CHECK(Scanner::calc({.form = "citrate", .amount = "500mg"})->readings().size() == 2);
    const auto wrong = Scanner::calc({.form = "sand", .amount = "500mg"});
    REQUIRE_FALSE(wrong.has_value());
    CHECK(wrong.error().kind == Error::Kind::kUsage);
}

TEST_CASE("the version of the library is that of its headers", "[api]") {
    CHECK(magscan::version() == MAGSCAN_VERSION_STRING);
    CHECK(Scanner::parse(kLabel)->engine().magscan == MAGSCAN_VERSION_STRING);
}
