// GET /v1/compounds and /v1/compounds/{id}.
#include <nlohmann/json.hpp>

#include "calc/compounds.h"
#include "tools/service/problem.h"
#include "tools/service/router.h"
#include "tools/service/routes.h"

namespace magscan::service {
namespace {

using nlohmann::ordered_json;

ordered_json if_any(const std::string& text) {
    return text.empty() ? ordered_json(nullptr) : ordered_json(text);
}

ordered_json if_any(double value) {
    return value > 0 ? ordered_json(value) : ordered_json(nullptr);
}

ordered_json compound_json(const calc::Compound& compound) {
    return {
        {"id", compound.id},
        {"name", compound.name},
        {"family", compound.family},
        {"definition", calc::name_of(compound.definition)},
        {"formula", if_any(compound.formula)},
        {"molar_mass_g_per_mol", if_any(compound.molar_mass)},
        {"magnesium_fraction", if_any(compound.fraction)},
        {"declared_fraction",
         {{"low", compound.declared_low}, {"typical", compound.declared_typical}, {"high", compound.declared_high}}},
        {"covers", compound.covers},
        {"cas", compound.cas ? ordered_json(*compound.cas) : ordered_json(nullptr)},
        {"additive", compound.additive ? ordered_json(*compound.additive) : ordered_json(nullptr)},
        {"eu_status", calc::name_of(compound.eu_status)},
        {"why", compound.why}};
}

Reply json_reply(const ordered_json& json) {
    Reply reply;
    reply.content_type = "application/json";
    reply.body = json.dump() + "\n";
    reply.headers = {{"Cache-Control", "private, max-age=3600"}};  // it changes with the program alone
    return reply;
}

}  // namespace

Handled compounds_route(Service&, const Request&) {
    ordered_json rows = ordered_json::array();
    for (const calc::Compound& compound : calc::compounds()) rows.push_back(compound_json(compound));
    return json_reply({{"compounds", std::move(rows)}});
}

Handled compound_route(Service&, const Request& request) {
    const calc::Compound* compound = calc::find_compound(last_step(request.path));
    if (compound == nullptr) return problem("compound_unknown", "The ids are listed at /v1/compounds.");
    return json_reply(compound_json(*compound));
}

}  // namespace magscan::service
