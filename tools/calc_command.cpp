// magscan calc: how much magnesium an amount of a named form is, without a label.
#include <memory>
#include <string>

#include "scan/dose_answer.h"
#include "scan/dose_question.h"
#include "tools/commands.h"
#include "tools/exit_code.h"
#include "tools/messages.h"

namespace magscan::tools {
namespace {

struct CalcOptions {
    scan::AskedDose asked;
    bool json = false;
};

constexpr const char* kFooter =
    "Examples:\n"
    "  magscan calc --form citrate --amount 500mg\n"
    "  magscan calc --form \"magnesium oxide\" --amount 400mg --basis compound\n"
    "  magscan calc --form bisglycinate --amount 200mg --basis elemental --units-per-serving 2 --servings-per-day 2\n"
    "  magscan calc --form Magtein --amount 2g --json\n"
    "\n"
    "--form takes what labels print (\"Magnesiumcitrat\", \"buffered glycinate\", \"Epsom salt\"), a family of the\n"
    "reports (citrate, l-threonate) or an id of magscan compounds. A broad name gives bounds over all that it may\n"
    "stand for; id:malate is exactly the compound of that id.\n"
    "--amount is a serving's, in mg, g, mcg, mmol or mEq, with a decimal point or comma. Moles count magnesium.\n"
    "--basis says whose weight it is: the compound's, magnesium's (elemental), or unknown, as on many fronts of\n"
    "packs; both answers are then given, and from 700 mg on the compound's alone, for no serving holds so much\n"
    "magnesium.\n"
    "--json prints one object in one line, as docs/calc.schema.json describes it.";

int calculate(const CalcOptions& options) {
    const auto question = scan::dose_question(options.asked);
    if (!question) {
        print_error(question.error());
        return kUsage;
    }
    const auto dose = calc::dose(*question);
    if (!dose) {
        print_error(dose.error());
        return kUsage;
    }
    return print_answer(options.json ? scan::dose_json(*dose).dump() + "\n" : scan::dose_text(*dose)) ? kAnswered
                                                                                                      : kCannotWrite;
}

}  // namespace

void add_calc_command(CLI::App& app, Run& run) {
    auto options = std::make_shared<CalcOptions>();
    scan::AskedDose& asked = options->asked;
    CLI::App* command = app.add_subcommand("calc", "How much magnesium an amount of a form is");
    command->add_option("--form", asked.form, "The form, as a label names it")->required()->type_name("NAME");
    command->add_option("--amount", asked.amount, "Of one serving, with its unit")->required()->type_name("AMOUNT");
    command->add_option("--basis", asked.basis, "Whose weight it is; unknown without it")
        ->type_name("compound|elemental|unknown");
    command->add_option("--units-per-serving", asked.units_per_serving, "Capsules, tablets ... in a serving")
        ->type_name("N");
    command->add_option("--servings-per-day", asked.servings_per_day, "Servings taken a day")->type_name("N");
    command->add_flag("--json", options->json, "Print one JSON object (docs/calc.schema.json)");
    command->footer(kFooter);
    command->callback([options, &run] { run = [options] { return calculate(*options); }; });
}

}  // namespace magscan::tools
