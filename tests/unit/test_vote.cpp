#include "ocr/vote.h"

#include <catch2/catch.hpp>

using namespace magscan::ocr;

namespace {

struct Seen {
    std::string text;
    float confidence;
    float x;
    float width;
};

Reading reading(const std::vector<Seen>& words, cv::Point2f start = {0, 100}, cv::Point2f along = {1, 0}) {
    Reading out;
    out.line.start = start;
    out.line.along = along;
    out.line.length = 600;
    out.line.height = 30;
    for (const Seen& word : words) out.words.push_back({word.text, word.confidence, {word.x, -12, word.width, 24}, {}});
    weigh(out);
    return out;
}

std::vector<std::string> texts(const Reading& read) {
    std::vector<std::string> out;
    for (const PlacedWord& word : read.words) out.push_back(word.text);
    return out;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a single reading is kept as it is", "[vote]") {
    const Reading read = vote({reading({{"Magnesium", 0.9F, 0, 180}, {"200", 0.7F, 200, 60}})});
    CHECK(texts(read) == Texts{"Magnesium", "200"});
    CHECK(read.words[1].confidence == Approx(0.7));
    CHECK(read.words[1].alternatives.empty());
    CHECK(vote({reading({})}).words.empty());
}

TEST_CASE("the majority at a word's place is taken, in the best reading's frame", "[vote]") {
    const Reading read =
        vote({reading({{"Glycinate", 0.6F, 204, 180}}), reading({{"Zinc", 0.9F, 0, 90}, {"Glycinatc", 0.8F, 200, 180}}),
              reading({{"Glycinate", 0.7F, 196, 180}})});
    CHECK(texts(read) == Texts{"Zinc", "Glycinate"});
    CHECK(read.words[1].confidence == Approx(0.7));  // the surest of those who saw it
    CHECK(read.words[1].place.x == Approx(200));
    CHECK(read.words[1].alternatives.empty());  // no digits
    CHECK(read.confidence == Approx((0.9 * 4 + 0.7 * 9) / 13));
    CHECK(read.score == Approx(0.81 * 4 + 0.49 * 9));
}

TEST_CASE("a sure reading outweighs two doubtful ones", "[vote]") {
    CHECK(texts(vote({reading({{"Malate", 0.9F, 0, 120}}), reading({{"Ma1ate", 0.5F, 0, 120}}),
                      reading({{"Ma1ate", 0.6F, 0, 120}})})) == Texts{"Malate"});
}

TEST_CASE("words at other places have no vote", "[vote]") {
    CHECK(texts(vote({reading({{"Malate", 0.7F, 0, 120}}), reading({{"Citrus", 0.65F, 70, 60}}),
                      reading({{"Oxide", 0.69F, 0, 50}})})) == Texts{"Malate"});
}

TEST_CASE("a word that lost an end gives way to the whole word", "[vote]") {
    CHECK(texts(vote({reading({{"rato", 0.95F, 60, 80}}), reading({{"Citrato", 0.6F, 0, 140}})})) == Texts{"Citrato"});
    CHECK(texts(vote({reading({{"Citr", 0.95F, 0, 80}}), reading({{"Citrato", 0.6F, 0, 140}})})) == Texts{"Citrato"});
    // As wide as the whole: another word, not a piece of it.
    CHECK(texts(vote({reading({{"rato", 0.95F, 0, 140}}), reading({{"Citrato", 0.6F, 0, 140}})})) == Texts{"rato"});
    // The middle of a word is not what is left of it; two letters tell nothing.
    CHECK(texts(vote({reading({{"itrat", 0.95F, 20, 100}}), reading({{"Citrato", 0.6F, 0, 140}})})) == Texts{"itrat"});
    CHECK(texts(vote({reading({{"to", 0.95F, 40, 22}}), reading({{"ato", 0.55F, 22, 40}})})) == Texts{"to"});
}

TEST_CASE("a word seen whole takes the place of all its pieces", "[vote]") {
    const Reading pieces = reading({{"GL", 0.8F, 0, 42}, {"YCINATE", 0.77F, 56, 160}, {"Forte", 0.9F, 240, 90}});
    const Reading whole = reading({{"GLYCINATE", 0.84F, 0, 216}});
    const Reading read = vote({pieces, whole});
    CHECK(texts(read) == Texts{"GLYCINATE", "Forte"});
    CHECK(read.words[0].place.x == Approx(0));
    CHECK(read.words[0].place.width == Approx(216));
    // A mark in place of a letter, and a figure, which no word swallows.
    CHECK(texts(vote({reading({{"€", 0.7F, 0, 20}, {"OMPLEX", 0.92F, 26, 130}}),
                      reading({{"COMPLEX", 0.96F, 0, 156}})})) == Texts{"COMPLEX"});
    CHECK(texts(vote({reading({{"50", 0.7F, 0, 20}, {"OMPLEX", 0.92F, 26, 130}}),
                      reading({{"COMPLEX", 0.8F, 0, 156}})})) == Texts{"50", "COMPLEX"});
}

TEST_CASE("a word does not spread over a figure that another reading took for a part of it", "[vote]") {
    const Reading sure = reading({{"1", 0.9F, 40, 40}, {"daily", 0.9F, 140, 310}});
    const Reading read = vote({sure, reading({{"daily", 0.3F, 39, 411}})});
    CHECK(texts(read) == Texts{"1", "daily"});
    CHECK(read.words[1].place.x == 140);
}

TEST_CASE("a figure is never completed, both readings are kept", "[vote]") {
    const Reading read = vote({reading({{"50", 0.95F, 20, 40}}), reading({{"350", 0.6F, 0, 60}})});
    CHECK(texts(read) == Texts{"50"});
    REQUIRE(read.words[0].alternatives.size() == 1);
    CHECK(read.words[0].alternatives[0].text == "350");
    CHECK(read.words[0].confidence < 0.75F);
}

TEST_CASE("digits that differ become alternatives and cost confidence by their share", "[vote]") {
    const Reading read = vote({reading({{"200", 0.9F, 0, 60}}), reading({{"260", 0.8F, 0, 60}}),
                               reading({{"Z00", 0.5F, 0, 60}}), reading({{"200", 0.6F, 0, 60}})});
    REQUIRE(texts(read) == Texts{"200"});
    const double share = (0.81 + 0.36) / (0.81 + 0.36 + 0.64 + 0.25);
    CHECK(read.words[0].confidence == Approx(0.9 * share));
    REQUIRE(read.words[0].alternatives.size() == 2);
    CHECK(read.words[0].alternatives[0].text == "260");
    CHECK(read.words[0].alternatives[0].confidence == Approx(0.8));
    CHECK(read.words[0].alternatives[1].text == "Z00");
    CHECK(read.confidence == Approx(0.9 * share));
    // A figure that only another reading saw as one is doubtful too.
    const Reading letters = vote({reading({{"ZOO", 0.9F, 0, 60}}), reading({{"200", 0.8F, 0, 60}})});
    CHECK(letters.words[0].confidence < 0.6F);
    CHECK(letters.words[0].alternatives.size() == 1);
}

TEST_CASE("readings that agree on a figure leave it as sure as the surest", "[vote]") {
    const Reading read = vote({reading({{"200", 0.8F, 0, 60}}), reading({{"200", 0.9F, 0, 60}})});
    CHECK(read.words[0].confidence == Approx(0.9));
    CHECK(read.words[0].alternatives.empty());
}

TEST_CASE("four alternatives at most", "[vote]") {
    std::vector<Reading> readings;
    for (int i = 0; i < 8; ++i) readings.push_back(reading({{"20" + std::to_string(i), 0.9F, 0, 60}}));
    CHECK(vote(readings).words[0].alternatives.size() == 4);
}

TEST_CASE("sure words that the best reading missed are added in their place, once", "[vote]") {
    const Reading best = reading({{"Magnesium", 0.9F, 0, 180}, {"Capsules", 0.9F, 400, 160}});
    const Reading other = reading({{"Citrate", 0.85F, 200, 140}});
    const Reading read = vote({other, best, other});
    CHECK(texts(read) == Texts{"Magnesium", "Citrate", "Capsules"});
    CHECK(read.score == Approx(0.81 * 17 + 0.85 * 0.85 * 7));
}

TEST_CASE("unsure, short and overlapping words are not added", "[vote]") {
    const Reading best = reading({{"Magnesium", 0.9F, 0, 180}, {"Capsules", 0.9F, 400, 160}});
    CHECK(texts(vote({best, reading({{"Citrate", 0.79F, 200, 140}})})) == Texts{"Magnesium", "Capsules"});
    CHECK(texts(vote({best, reading({{"mg", 0.95F, 200, 40}})})) == Texts{"Magnesium", "Capsules"});
    CHECK(texts(vote({best, reading({{"Citrate", 0.85F, 120, 140}})})) == Texts{"Magnesium", "Capsules"});
}

TEST_CASE("a band that starts elsewhere is laid over the best one", "[vote]") {
    const Reading best = reading({{"Magnesium", 0.9F, 0, 180}, {"Capsules", 0.9F, 400, 160}}, {100, 100});
    const Reading other = reading({{"Magnesium", 0.8F, 30, 180}, {"Citrate", 0.9F, 230, 140}}, {70, 100});
    const Reading read = vote({best, other});
    REQUIRE(texts(read) == Texts{"Magnesium", "Citrate", "Capsules"});
    CHECK(read.words[1].place.x == Approx(200));
    CHECK(read.line.start.x == Approx(100));
}

TEST_CASE("what was read from the other end is left out", "[vote]") {
    const Reading best = reading({{"680", 0.9F, 0, 60}, {"Capsules", 0.9F, 300, 160}});
    const Reading turned = reading({{"089", 0.85F, 0, 60}, {"Malate", 0.85F, 100, 120}}, {0, 100}, {-1, 0});
    const Reading read = vote({best, turned, turned});
    CHECK(texts(read) == Texts{"680", "Capsules"});
    CHECK(read.words[0].alternatives.empty());
    CHECK(read.words[0].confidence == Approx(0.9));
}

TEST_CASE("words that differ only in marks at their ends vote together", "[vote]") {
    const Reading read = vote({reading({{"Magnesiun", 0.85F, 0, 180}}), reading({{"\u201cMagnesium", 0.7F, 0, 180}}),
                               reading({{"/Magnesium", 0.7F, 0, 180}})});
    CHECK(texts(read) == Texts{"Magnesium"});
}
