// magscan explain: what a word of a report means, and where that comes from.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "calc/wording.h"
#include "scan/dose_question.h"
#include "scan/nearest.h"
#include "scan/topic_answer.h"
#include "tools/commands.h"
#include "tools/exit_code.h"
#include "tools/messages.h"

namespace magscan::tools {
namespace {

struct ExplainOptions {
    std::string topic;
    bool json = false;
    bool page = false;
};

constexpr const char* kFooter =
    "Examples:\n"
    "  magscan explain US-3                   a rule or check of a report\n"
    "  magscan explain citrate-nonahydrate    a compound; also as labels spell it: \"Magnesiumcitrat\"\n"
    "  magscan explain glare_over_text        a warning\n"
    "  magscan explain us-dv                  what 100 % means\n"
    "  magscan explain                        all topics\n"
    "\n"
    "--json prints {\"id\", \"kind\", \"title\", \"facts\", \"sources\"}, one object a line; without a topic, all of "
    "them.\n"
    "--page prints all tables in Markdown, as docs/knowledge.md shows them.";

std::vector<std::string> all_ids() {
    std::vector<std::string> ids;
    for (const calc::TopicTable& table : calc::topic_tables())
        for (const calc::Topic& topic : table.topics) ids.push_back(topic.id);
    return ids;
}

// By the id, and the compound that a label calls so.
std::vector<const calc::Topic*> topics_named(const std::string& name) {
    auto topics = calc::find_topics(name);
    if (const auto compound = scan::compound_named(name)) {
        for (const calc::Topic* topic : calc::find_topics((*compound)->id))
            if (std::find(topics.begin(), topics.end(), topic) == topics.end()) topics.push_back(topic);
    }
    return topics;
}

std::string unknown(const std::string& name) {
    const auto near = scan::nearest(name, all_ids());
    const std::string out = "nothing is known of \"" + name.substr(0, 60) + "\"";
    if (near.empty()) return out + ". magscan explain lists all topics";
    return out + ". Did you mean " + calc::listed(near, "or") + "? magscan explain lists all topics";
}

std::string json_of_all() {
    std::string out;
    for (const calc::TopicTable& table : calc::topic_tables())
        for (const calc::Topic& topic : table.topics) out += scan::topic_json(topic).dump() + "\n";
    return out;
}

int explain(const ExplainOptions& options) {
    std::string out;
    if (options.page) {
        out = scan::knowledge_page();
    } else if (options.topic.empty()) {
        out = options.json ? json_of_all() : scan::topic_list();
    } else {
        for (const calc::Topic* topic : topics_named(options.topic))
            out += options.json ? scan::topic_json(*topic).dump() + "\n"
                                : (out.empty() ? "" : "\n") + scan::topic_text(*topic);
        if (out.empty()) {
            print_error(unknown(options.topic));
            return kUsage;
        }
    }
    return print_answer(out) ? kAnswered : kCannotWrite;
}

}  // namespace

void add_explain_command(CLI::App& app, Run& run) {
    auto options = std::make_shared<ExplainOptions>();
    CLI::App* command = app.add_subcommand("explain", "What a rule, a check, a compound or a warning means");
    CLI::Option* topic =
        command->add_option("TOPIC", options->topic, "An id of a report or a name of a label; nothing: all topics")
            ->type_name("");
    command->add_flag("--json", options->json, "Print a JSON object a line");
    command->add_flag("--page", options->page, "Print all that is known, in Markdown")->excludes(topic);
    command->footer(kFooter);
    command->callback([options, &run] { run = [options] { return explain(*options); }; });
}

}  // namespace magscan::tools
