#include "scan/topic_answer.h"

#include <algorithm>
#include <vector>

#include "scan/text_fields.h"

namespace magscan::scan {
namespace {

using calc::Fact;
using calc::Topic;
using calc::TopicTable;
using nlohmann::ordered_json;

const Topic* source_of(const std::string& id) {
    for (const Topic* topic : calc::find_topics(id))
        if (topic->kind == "source") return topic;
    return nullptr;
}

std::string fact_of(const Topic& topic, const std::string& name) {
    const auto found =
        std::find_if(topic.facts.begin(), topic.facts.end(), [&](const Fact& fact) { return fact.name == name; });
    return found == topic.facts.end() ? "" : found->text;
}

std::string source_words(const Topic& source) {
    std::string out = source.title;
    if (const std::string where = fact_of(source, "where"); !where.empty()) out += ". " + where;
    return out + " (" + fact_of(source, "kind") + ")";
}

// The names of all facts of a table, in the order in which they come.
std::vector<std::string> columns_of(const TopicTable& table) {
    std::vector<std::string> names;
    for (const Topic& topic : table.topics)
        for (const Fact& fact : topic.facts)
            if (std::find(names.begin(), names.end(), fact.name) == names.end()) names.push_back(fact.name);
    return names;
}

// Text in the cell of a Markdown table.
std::string cell(const std::string& text) {
    std::string out;
    for (const char letter : text) {
        if (letter == '|' || letter == '*' || letter == '_' || letter == '<' || letter == '`') out += '\\';
        out += letter == '\n' ? ' ' : letter;
    }
    return out;
}

std::string link_to(const std::string& source) {
    return "[" + source + "](#" + source + ")";
}

void add_row(std::string& out, const std::vector<std::string>& cells) {
    out += "|";
    for (const std::string& text : cells) out += " " + text + " |";
    out += "\n";
}

void add_table(std::string& out, const TopicTable& table) {
    const bool titled =
        std::any_of(table.topics.begin(), table.topics.end(), [](const Topic& topic) { return !topic.title.empty(); });
    const bool is_sources = table.kind == "source";
    const auto columns = columns_of(table);
    std::vector<std::string> head = {table.kind};
    if (titled) head.emplace_back("what");
    head.insert(head.end(), columns.begin(), columns.end());
    if (!is_sources) head.emplace_back("sources");
    out += "\n## " + table.heading + "\n\nFrom `" + table.file + "`. " + cell(table.about) + "\n\n";
    add_row(out, head);
    add_row(out, std::vector<std::string>(head.size(), "---"));
    for (const Topic& topic : table.topics) {
        std::vector<std::string> cells = {(is_sources ? "<a id=\"" + topic.id + "\"></a>" : "") + cell(topic.id)};
        if (titled) cells.push_back(cell(topic.title));
        for (const std::string& column : columns) cells.push_back(cell(fact_of(topic, column)));
        std::string links;
        for (const std::string& source : topic.sources) links += (links.empty() ? "" : ", ") + link_to(source);
        if (!is_sources) cells.push_back(links);
        add_row(out, cells);
    }
}

}  // namespace

ordered_json topic_json(const Topic& topic) {
    ordered_json facts = ordered_json::object();
    for (const Fact& fact : topic.facts) facts[fact.name] = fact.text;
    ordered_json sources = ordered_json::array();
    for (const std::string& id : topic.sources) {
        const Topic* source = source_of(id);
        if (source == nullptr) continue;
        sources.push_back({{"id", id},
                           {"title", source->title},
                           {"where", fact_of(*source, "where")},
                           {"kind", fact_of(*source, "kind")}});
    }
    return {{"id", topic.id}, {"kind", topic.kind}, {"title", topic.title}, {"facts", facts}, {"sources", sources}};
}

std::string topic_text(const Topic& topic) {
    std::size_t width = kFieldWidth;
    for (const Fact& fact : topic.facts) width = std::max(width, fact.name.size() + 2);
    std::string out;
    const auto add = [&](std::string name, const std::string& text) {
        name.resize(width, ' ');
        add_wrapped(out, name, std::string(width, ' '), text);
    };
    add(topic.kind, topic.id);
    if (!topic.title.empty()) add("", topic.title);
    for (const Fact& fact : topic.facts) add(fact.name, fact.text);
    std::string name = "sources";
    for (const std::string& id : topic.sources) {
        if (const Topic* source = source_of(id)) add(name, id + ": " + source_words(*source));
        name.clear();
    }
    return out;
}

namespace {

constexpr char kNoBreak = '\x1f';  // stands for a space at which no line is broken

std::string kept_together(std::string id) {
    std::replace(id.begin(), id.end(), ' ', kNoBreak);
    return id;
}

}  // namespace

std::string topic_list() {
    std::string out;
    for (const TopicTable& table : calc::topic_tables()) {
        out += (out.empty() ? "" : "\n") + table.heading + " (" + table.file + ")\n";
        std::string ids;
        for (const Topic& topic : table.topics) ids += (ids.empty() ? "" : ", ") + kept_together(topic.id);
        add_wrapped(out, "  ", "  ", ids);
    }
    std::replace(out.begin(), out.end(), kNoBreak, ' ');
    return out;
}

std::string knowledge_page() {
    std::string out =
        "# What magscan knows\n\n"
        "Every table that magscan decides and computes by, row by row, with where each fact comes from. This page is "
        "made of the data files: `build/magscan explain --page > docs/knowledge.md` writes it anew, and a test fails "
        "where it is behind. `magscan explain ID` shows one row with its sources.\n\n";
    for (const TopicTable& table : calc::topic_tables())
        out += "- [" + table.heading + "](#" +
               [&] {
                   std::string anchor = table.heading;
                   for (char& letter : anchor)
                       letter = letter == ' '                    ? '-'
                                : letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32)
                                                                 : letter;
                   return anchor;
               }() +
               "): " + std::to_string(table.topics.size()) + " rows\n";
    for (const TopicTable& table : calc::topic_tables()) add_table(out, table);
    return out;
}

}  // namespace magscan::scan
