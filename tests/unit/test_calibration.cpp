#include "calc/calibration.h"

#include <catch2/catch.hpp>

#include <limits>

#include "calc/assess.h"
#include "parser/label_parser.h"

using namespace magscan;
using calc::Medium;
using calc::probability;

namespace {

// A panel's row; its words have a place on the photo unless they are those of a text.
parser::Statement row(double mg, bool photographed) {
    parser::Statement s;
    s.place = parser::Place::kPanel;
    s.amount = parser::Amount{mg, 1, "mg", false};
    s.amount_confidence = 0.99;
    s.evidence = {{0, "Magnesium", 0.99, {}}};
    if (photographed) s.evidence[0].polygon = {{10, 100}, {200, 100}, {200, 120}, {10, 120}};
    return s;
}

calc::Assessment assessed(const parser::Statement& statement) {
    parser::Label label;
    label.names_magnesium = true;
    label.jurisdiction = parser::Jurisdiction::kUs;
    label.statements = {statement};
    return calc::assess(label);
}

}  // namespace

TEST_CASE("a probability rises with the score and stays within 0 and 1", "[calibration]") {
    for (const Medium medium : {Medium::kPhoto, Medium::kText}) {
        double last = 0;
        for (int i = 0; i <= 1000; ++i) {
            const double p = probability(i / 1000.0, medium);
            INFO(i);
            CHECK(p >= last);
            CHECK(p <= 1);
            last = p;
        }
        CHECK(last > 0.8);
        CHECK(probability(0, medium) == 0);
        CHECK(probability(-1, medium) == 0);
        CHECK(probability(7, medium) == last);
        CHECK(probability(std::numeric_limits<double>::quiet_NaN(), medium) == 0);
    }
}

TEST_CASE("only a score that a second witness gave reaches 0.8", "[calibration]") {
    for (const Medium medium : {Medium::kPhoto, Medium::kText}) {
        for (double score = 0; score < 0.7999; score += 0.0001) {
            if (probability(score, medium) >= 0.8) FAIL(score);
        }
        CHECK(probability(0.85, medium) >= 0.8);  // two photos that show the same
    }
}

TEST_CASE("stronger evidence is more probable", "[calibration]") {
    const Medium photo = Medium::kPhoto;
    CHECK(probability(0.97, photo) > probability(0.85, photo));
    CHECK(probability(0.85, photo) > probability(0.79, photo));
    CHECK(probability(0.79, photo) > probability(0.5, photo));
    // What is misread on photos is not in a text.
    CHECK(probability(0.97, Medium::kText) > probability(0.97, photo));
}

TEST_CASE("an assessment gives the score and the probability that it stands for", "[calibration]") {
    for (const bool photographed : {true, false}) {
        INFO(photographed);
        const Medium medium = photographed ? Medium::kPhoto : Medium::kText;
        parser::Statement proved = row(200, photographed);
        proved.percent = 48;
        for (const calc::Assessment& a : {assessed(row(200, photographed)), assessed(proved)}) {
            REQUIRE(a.entries.size() == 1);
            CHECK(a.score > 0);
            CHECK(a.confidence == probability(a.score, medium));
            CHECK(a.entries[0].score == a.score);
            CHECK(a.entries[0].confidence == a.confidence);
        }
    }
}

TEST_CASE("a lone figure of a photo is never sure, of a text it may be", "[calibration]") {
    CHECK(assessed(row(200, true)).confidence < 0.8);
    CHECK(assessed(row(200, false)).confidence >= 0.8);
    parser::Statement proved = row(200, true);
    proved.percent = 48;
    CHECK(assessed(proved).confidence >= 0.8);
}

TEST_CASE("two amounts of one compound prove a text's figure, not a photo's", "[calibration]") {
    const auto amount_of = [](double mg, float y, bool photographed) {
        parser::Statement s = row(mg, photographed);
        s.place = parser::Place::kFront;
        s.subject = parser::Subject::kCompound;
        parser::Form form;
        form.family = "malate";
        form.compound = "malate-unspecified";
        form.text = "magnesium malate";
        s.forms = {form};
        for (ocr::Point& p : s.evidence[0].polygon) p.y += y;
        return s;
    };
    for (const bool photographed : {true, false}) {
        parser::Label label;
        label.names_magnesium = true;
        label.statements = {amount_of(1000, 0, photographed), amount_of(113, 200, photographed)};
        const calc::Assessment a = calc::assess(label);
        INFO(photographed);
        CHECK(a.status == calc::Status::kDerived);
        CHECK((a.confidence >= 0.8) == !photographed);
    }
}
