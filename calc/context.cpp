#include "calc/context.h"

#include <algorithm>

namespace magscan::calc {
namespace {

std::vector<double> compound_amounts(const std::vector<parser::Statement>& statements) {
    std::vector<double> all;
    for (const parser::Statement& s : statements) {
        if (s.amount && s.subject == parser::Subject::kCompound) all.push_back(s.amount->mg);
        if (s.inner_compound) all.push_back(s.inner_compound->mg);
    }
    return all;
}

}  // namespace

Context context_of(const parser::Label& label) {
    Context context;
    context.market = label.jurisdiction;
    context.is_food = label.is_food;
    if (label.serving) {
        const parser::Serving& serving = *label.serving;
        context.unit = serving.unit;
        const bool counted = serving.units && serving.unit;
        const bool gram = counted && *serving.unit == "g", millilitre = counted && *serving.unit == "ml";
        if (counted && !(gram && *serving.units < 1)) context.capacity_units = serving.units;  // less is no serving
        if (counted && !gram && !millilitre) context.units_per_serving = serving.units;
        context.serving_grams = gram ? serving.units : serving.grams;
        context.serving_millilitres = millilitre ? serving.units : serving.millilitres;
    }
    context.front_names_form =
        std::any_of(label.statements.begin(), label.statements.end(),
                    [](const parser::Statement& s) { return s.bare_form && s.place == parser::Place::kFront; });
    context.compound_mg = compound_amounts(label.statements);
    return context;
}

}  // namespace magscan::calc
