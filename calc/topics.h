// The knowledge of the data files as topics that people and programs can look up: rules, compounds, reference values,
// sources and so on. Loaded once; safe to read from any number of threads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace magscan::calc {

struct Fact {
    std::string name;  // "declared share"
    std::string text;
};

// A row of a data file.
struct Topic {
    std::string id;                    // "US-1", "citrate-tri"; unique within its kind
    std::string kind;                  // "rule"
    std::string title;                 // what it is, in a few words or a sentence
    std::vector<Fact> facts;           // in the order of the file
    std::vector<std::string> sources;  // ids of topics of the kind "source"
};

// A list of a data file.
struct TopicTable {
    std::string kind;     // of its topics: "rule"
    std::string heading;  // "Rules"
    std::string file;     // "calc/data/rules.json"
    std::string about;    // what the file says of itself
    std::vector<Topic> topics;
};

// In the order in which a reader wants them, the sources last.
const std::vector<TopicTable>& topic_tables();

// All topics of that id, in whatever case; most ids are of one kind only. Empty for an unknown id.
std::vector<const Topic*> find_topics(std::string_view id);

}  // namespace magscan::calc
