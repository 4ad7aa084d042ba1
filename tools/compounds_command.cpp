// magscan compounds: the table of compounds.
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "scan/compound_table.h"
#include "scan/dose_question.h"
#include "scan/topic_answer.h"
#include "tools/commands.h"
#include "tools/exit_code.h"
#include "tools/messages.h"

namespace magscan::tools {
namespace {

struct CompoundOptions {
    std::string id;
    bool json = false;
    bool csv = false;
};

constexpr const char* kFooter =
    "Examples:\n"
    "  magscan compounds                       all, with their share of magnesium\n"
    "  magscan compounds citrate-nonahydrate   all that is known of one, with its sources\n"
    "  magscan compounds Magtein               the same, by a name of a label\n"
    "  magscan compounds --csv > compounds.csv\n"
    "\n"
    "--json prints a list of objects, or one object for an ID. Shares are 0..1 of the compound's weight: fraction by\n"
    "the formula, declared_low to declared_high as labels and suppliers declare it. covers lists the compounds that\n"
    "a broad name may stand for. magscan explain ID tells of a source.";

tl::expected<const calc::Compound*, std::string> compound_of(const std::string& name) {
    if (const calc::Compound* compound = calc::find_compound(name)) return compound;
    return scan::compound_named(name);
}

std::string all(const CompoundOptions& options) {
    if (options.csv) return scan::compound_csv();
    if (!options.json) return scan::compound_table();
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (const calc::Compound& compound : calc::compounds()) rows.push_back(scan::compound_json(compound));
    return rows.dump() + "\n";
}

std::string one(const calc::Compound& compound, bool json) {
    if (json) return scan::compound_json(compound).dump() + "\n";
    std::string out;
    for (const calc::Topic* topic : calc::find_topics(compound.id))
        if (topic->kind == "compound") out = scan::topic_text(*topic);
    return out;
}

int show(const CompoundOptions& options) {
    if (options.id.empty()) return print_answer(all(options)) ? kAnswered : kCannotWrite;
    const auto compound = compound_of(options.id);
    if (!compound) {
        print_error(compound.error());
        return kUsage;
    }
    return print_answer(one(**compound, options.json)) ? kAnswered : kCannotWrite;
}

}  // namespace

void add_compounds_command(CLI::App& app, Run& run) {
    auto options = std::make_shared<CompoundOptions>();
    CLI::App* command = app.add_subcommand("compounds", "The compounds of magnesium and their share of it");
    CLI::Option* id =
        command->add_option("ID", options->id, "One of them, by its id or a name of a label")->type_name("");
    CLI::Option* json = command->add_flag("--json", options->json, "Print JSON");
    command->add_flag("--csv", options->csv, "Print comma-separated values")->excludes(json)->excludes(id);
    command->footer(kFooter);
    command->callback([options, &run] { run = [options] { return show(*options); }; });
}

}  // namespace magscan::tools
