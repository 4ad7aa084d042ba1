#include "tools/progress_option.h"

#include <unistd.h>

#include <map>

namespace magscan::tools {
namespace {

const std::map<std::string, batch::ProgressKind> kProgress = {
    {"none", batch::ProgressKind::kNone}, {"bar", batch::ProgressKind::kBar}, {"json", batch::ProgressKind::kJson}};

}  // namespace

void add_progress_option(CLI::App& command, std::string& word) {
    command.add_option("--progress", word, "A bar on standard error, or JSON lines on standard output")
        ->check(CLI::IsMember({"auto", "none", "bar", "json"}).description(""))
        ->type_name("auto|none|bar|json");
}

batch::ProgressKind progress_of(const std::string& word) {
    if (word == "auto") return isatty(STDERR_FILENO) != 0 ? batch::ProgressKind::kBar : batch::ProgressKind::kNone;
    return kProgress.at(word);
}

std::string written_option(const CLI::App& command, const std::string& option) {
    const auto& words = command.get_option(option)->results();
    return words.empty() ? "" : words.back();
}

}  // namespace magscan::tools
