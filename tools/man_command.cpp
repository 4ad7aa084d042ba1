// magscan man-pages: not for people; the build makes the manual with it.
#include <memory>
#include <string>

#include "tools/commands.h"
#include "tools/exit_code.h"
#include "tools/files.h"
#include "tools/help/man_page.h"
#include "tools/messages.h"

namespace magscan::tools {
namespace {

bool write_page(const std::string& folder, const std::string& name, const std::string& page) {
    const std::string path = folder + "/" + name + ".1";
    const auto written = write_file(path, bytes_of(page));
    if (!written) print_error(path, written.error());
    return written.has_value();
}

int write_pages(const CLI::App& app, const std::string& folder, const std::string& date) {
    const help::Command program = help::command_tree(app);
    const help::ManFacts facts{.version = MAGSCAN_VERSION, .date = date};
    bool written = write_page(folder, program.name, help::man_page(program, facts));
    for (const help::Command& command : program.commands) {
        if (written)
            written = write_page(folder, program.name + "-" + command.name, help::man_page(program, command, facts));
    }
    return written ? kAnswered : kCannotWrite;
}

}  // namespace

void add_man_command(CLI::App& app, Run& run) {
    struct Line {
        std::string folder, date;
    };
    auto line = std::make_shared<Line>();
    CLI::App* command = app.add_subcommand("man-pages", "")->group("");
    command->add_option("DIR", line->folder)->required();
    command->add_option("--date", line->date)->required();
    command->callback(
        [line, &app, &run] { run = [line, &app] { return write_pages(app, line->folder, line->date); }; });
}

}  // namespace magscan::tools
