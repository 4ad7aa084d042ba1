// From a score of the evidence to the probability that the answer is right: how often figures with such a score were
// right on labels whose truth is known (calc/data/calibration.json, made by tools/bench/calibrate). Loaded once; safe
// to read from any number of threads.
#pragma once

#include <vector>

#include "parser/label.h"

namespace magscan::calc {

// A photo's words may be misread, a text's are what the label prints.
enum class Medium { kPhoto, kText };

// A statement is a photo's where any of its words has a place.
Medium medium_of(const parser::Statement& statement);

struct Knot {
    double score = 0;        // 0..1
    double probability = 0;  // 0..1
};

struct Calibration {
    std::vector<Knot> knots;   // rising in both
    double proved_from = 0;    // score from which a second witness confirms the figure
    double unproved_most = 0;  // the highest probability of what nothing confirms
};

const Calibration& calibration(Medium medium);

// 0..1. Rises with the score, straight from knot to knot, from 0 for a score of 0; scores outside 0..1 and NaN count as
// the nearest, NaN as 0. A figure that nothing confirms stays at or below `unproved_most`, however often such figures
// were right: one misread digit there shows nowhere.
double probability(double score, Medium medium);

}  // namespace magscan::calc
