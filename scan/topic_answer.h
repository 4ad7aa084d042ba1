// Topics of the knowledge base for programs, for people and as a page of the documentation.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "calc/topics.h"

namespace magscan::scan {

// {"id", "kind", "title", "facts": {name: text}, "sources": [{"id", "title", "where", "kind"}]}
nlohmann::ordered_json topic_json(const calc::Topic& topic);

// A few lines for a terminal, at most kTextWidth letters wide where words allow it.
std::string topic_text(const calc::Topic& topic);

// All ids by kind, for a terminal.
std::string topic_list();

// All tables with their sources in Markdown: docs/knowledge.md.
std::string knowledge_page();

}  // namespace magscan::scan
