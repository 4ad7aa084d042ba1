// The C functions give what the C++ ones give, and take whatever a foreign language may pass.
#include <magscan/magscan.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <string>
#include <vector>

#include "samples.h"

using nlohmann::json;

namespace {

struct Answer {
    magscan_status status;
    std::string text;
    std::size_t photo;
};

// Takes the result over. By reference: the call that sets it may come later among the arguments.
Answer take(magscan_status status, magscan_result*& result) {
    CHECK(magscan_result_status(result) == status);
    CHECK(std::strlen(magscan_result_text(result)) == magscan_result_size(result));
    Answer out{status, magscan_result_text(result), magscan_result_photo(result)};
    magscan_result_free(result);
    return out;
}

magscan_scanner* shared() {
    static magscan_scanner* const made = [] {
        magscan_scanner_options options;
        magscan_scanner_default_options(&options, sizeof options);
        options.models = kModels;
        magscan_scanner* out = nullptr;
        magscan_scanner_create(&options, &out, nullptr);
        return out;
    }();
    return made;
}

Answer scan(const std::string& bytes, const magscan_scan_options* options) {
    magscan_result* result = nullptr;
    const magscan_status status = magscan_scan(shared(), bytes.data(), bytes.size(), options, &result);
    return take(status, result);
}

magscan_scan_options defaults() {
    magscan_scan_options options;
    magscan_scan_default_options(&options, sizeof options);
    return options;
}

}  // namespace

TEST_CASE("C: a photo's report is that of C++", "[api][c]") {
    REQUIRE(shared() != nullptr);
    CHECK(magscan_scanner_has_detector(shared()) == 1);
    magscan_scan_options options = defaults();
    options.name = "screen.png";
    options.person = "age=12,sex=f";
    options.jurisdiction = "uk";
    const Answer answer = scan(photo(), &options);
    REQUIRE(answer.status == MAGSCAN_OK);
    const auto report = scanner().scan(bytes_of(photo()), {.name = "screen.png",
                                                           .person = *magscan::person_from("age=12,sex=f"),
                                                           .jurisdiction = magscan::Jurisdiction::kUk});
    CHECK(untimed(answer.text) == untimed(*report));
}

TEST_CASE("C: pixels, products, texts, pages and doses are those of C++", "[api][c]") {
    const std::vector<unsigned char> grey(static_cast<std::size_t>(64) * 64, 200);
    const magscan_pixels pixels{grey.data(), 64, 64, 0, MAGSCAN_GRAY8};
    magscan_result* result = nullptr;
    Answer answer = take(magscan_scan_pixels(shared(), &pixels, nullptr, &result), result);
    CHECK(untimed(answer.text) ==
          untimed(*scanner().scan(magscan::Pixels{grey.data(), 64, 64, 0, magscan::PixelFormat::kGray8})));

    const magscan_photo photos[] = {{photo().data(), photo().size(), nullptr, "a"}, {nullptr, 0, &pixels, "b"}};
    answer = take(magscan_scan_product(shared(), photos, 2, nullptr, &result), result);
    const magscan::Photo pair[] = {{bytes_of(photo()), "a"},
                                   {magscan::Pixels{grey.data(), 64, 64, 0, magscan::PixelFormat::kGray8}, "b"}};
    CHECK(untimed(answer.text) == untimed(*scanner().scan_product(pair)));

    answer = take(magscan_parse_text(kLabel, std::strlen(kLabel), nullptr, &result), result);
    CHECK(untimed(answer.text) == untimed(*magscan::Scanner::parse(kLabel)));

    const std::string page = file("tests/pages/box_citrate_de.json");
    answer = take(magscan_parse_page(page.data(), page.size(), nullptr, &result), result);
    CHECK(untimed(answer.text) == untimed(*magscan::Scanner::parse(*magscan::page_from_json(page))));
    const std::string pages = "[" + page + "]";
    answer = take(magscan_parse_page(pages.data(), pages.size(), nullptr, &result), result);
    CHECK(untimed(answer.text) ==
          untimed(*magscan::Scanner::parse(std::vector<magscan::Page>{*magscan::page_from_json(page)})));

    magscan_dose_question question;
    magscan_dose_default_question(&question, sizeof question);
    question.form = "citrate";
    question.amount = "500mg";
    question.basis = "compound";
    question.servings_per_day = 2;
    answer = take(magscan_calc(&question, &result), result);
    CHECK(answer.text ==
          magscan::Scanner::calc(
              {.form = "citrate", .amount = "500mg", .basis = magscan::Basis::kCompound, .servings_per_day = 2})
              ->to_json());
}

TEST_CASE("C: callbacks hear of the stages and can end a call", "[api][c]") {
    std::vector<int> stages;
    magscan_scan_options options = defaults();
    options.user_data = &stages;
    options.on_progress = [](std::int32_t stage, double, std::size_t, void* user) {
        static_cast<std::vector<int>*>(user)->push_back(stage);
    };
    CHECK(scan(photo(), &options).status == MAGSCAN_OK);
    CHECK(stages ==
          std::vector<int>{MAGSCAN_STAGE_DECODE, MAGSCAN_STAGE_DETECT, MAGSCAN_STAGE_READ, MAGSCAN_STAGE_UNDERSTAND});
    options.is_cancelled = [](void*) -> std::int32_t { return 1; };
    CHECK(scan(photo(), &options).status == MAGSCAN_CANCELLED);
    options = defaults();
    options.deadline_ms = 1;
    CHECK(scan(photo(), &options).status == MAGSCAN_DEADLINE);
    options.deadline_ms = INT64_MAX;
    CHECK(scan(photo(), &options).status == MAGSCAN_OK);
}

TEST_CASE("C: what is missing or wrong is a status with a message, never a crash", "[api][c]") {
    magscan_result* result = nullptr;
    CHECK(take(magscan_scan(nullptr, "a", 1, nullptr, &result), result).status == MAGSCAN_USAGE);
    CHECK(take(magscan_scan(shared(), nullptr, 5, nullptr, &result), result).status == MAGSCAN_NOT_A_PICTURE);
    CHECK(take(magscan_scan_pixels(shared(), nullptr, nullptr, &result), result).status == MAGSCAN_NOT_A_PICTURE);
    const magscan_pixels odd{"", 64, 64, 0, 77};
    CHECK(take(magscan_scan_pixels(shared(), &odd, nullptr, &result), result).status == MAGSCAN_USAGE);
    CHECK(take(magscan_scan_product(shared(), nullptr, 2, nullptr, &result), result).status == MAGSCAN_USAGE);
    const magscan_photo pair[] = {{photo().data(), photo().size(), nullptr, nullptr},
                                  {"no photo", 8, nullptr, nullptr}};
    const Answer second = take(magscan_scan_product(shared(), pair, 2, nullptr, &result), result);
    CHECK(second.status == MAGSCAN_NOT_A_PICTURE);
    CHECK(second.photo == 1);
    CHECK(take(magscan_parse_text(nullptr, 0, nullptr, &result), result).status == MAGSCAN_OK);
    CHECK(take(magscan_parse_page(nullptr, 0, nullptr, &result), result).status == MAGSCAN_USAGE);
    CHECK(take(magscan_parse_page("[]", 2, nullptr, &result), result).status == MAGSCAN_USAGE);
    CHECK(take(magscan_calc(nullptr, &result), result).status == MAGSCAN_USAGE);
    magscan_scan_options options = defaults();
    options.person = "cat";
    CHECK(scan(photo(), &options).status == MAGSCAN_USAGE);
    options = defaults();
    options.deadline_ms = -1;
    CHECK(scan(photo(), &options).status == MAGSCAN_USAGE);

    magscan_scanner_options wrong;
    magscan_scanner_default_options(&wrong, sizeof wrong);
    wrong.models = "/nonexistent";
    auto* scanner = reinterpret_cast<magscan_scanner*>(&wrong);
    CHECK(take(magscan_scanner_create(&wrong, &scanner, &result), result).status == MAGSCAN_SET_UP);
    CHECK(scanner == nullptr);
    CHECK(take(magscan_scanner_create(&wrong, nullptr, &result), result).status == MAGSCAN_USAGE);

    // Nobody has to look at a result, or to have one.
    CHECK(magscan_scan(shared(), "a", 1, nullptr, nullptr) == MAGSCAN_NOT_A_PICTURE);
    CHECK(magscan_result_status(nullptr) == MAGSCAN_INTERNAL);
    CHECK(std::strlen(magscan_result_text(nullptr)) == magscan_result_size(nullptr));
    CHECK(magscan_scanner_has_detector(nullptr) == 0);
    magscan_result_free(nullptr);
    magscan_scanner_free(nullptr);
    magscan_scan_default_options(nullptr, 8);
}

TEST_CASE("C: structs of older and newer versions are taken, and what is not known is refused", "[api][c]") {
    struct Newer {
        magscan_scan_options known;
        void* unknown[3];
    } newer;
    std::memset(&newer, 0x55, sizeof newer);
    magscan_scan_default_options(&newer.known, sizeof newer);
    CHECK(newer.known.size == sizeof newer);
    for (const void* value : newer.unknown) CHECK(value == nullptr);
    CHECK(scan("no photo", &newer.known).status == MAGSCAN_NOT_A_PICTURE);
    newer.unknown[1] = &newer;
    CHECK(scan("no photo", &newer.known).status == MAGSCAN_USAGE);

    magscan_scan_options unset{};
    const Answer answer = scan(photo(), &unset);
    CHECK(answer.status == MAGSCAN_USAGE);
    CHECK_THAT(answer.text, Catch::Contains("magscan_scan_default_options"));

    // The memory behind a smaller struct stays as it was.
    unsigned char small[sizeof(std::size_t) + 4];
    std::memset(small, 0x55, sizeof small);
    magscan_scan_default_options(reinterpret_cast<magscan_scan_options*>(small), sizeof(std::size_t));
    CHECK(small[sizeof(std::size_t)] == 0x55);
}
