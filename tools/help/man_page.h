// Manual pages in the man(7) language, made of what --help says.
#pragma once

#include <string>

#include "tools/help/command_tree.h"

namespace magscan::tools::help {

struct ManFacts {
    std::string version;  // "0.1.0"
    std::string date;     // "2026-11-26"
};

// The page of the program, "magscan.1".
std::string man_page(const Command& program, const ManFacts& facts);

// The page of one of its commands, "magscan-scan.1".
std::string man_page(const Command& program, const Command& command, const ManFacts& facts);

}  // namespace magscan::tools::help
