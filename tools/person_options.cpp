#include "tools/person_options.h"

namespace magscan::tools {

const char* const kPersonHelp =
    "--profile and --jurisdiction choose whose limits the amount is held against; they change nothing of what is "
    "read:\n"
    "  --profile age=12,sex=f --jurisdiction uk       a girl of 12 years in the United Kingdom\n"
    "  --profile pregnant,age=31                      --profile lactating    --profile age=6m (months)\n"
    "Limits count magnesium from supplements and medicines, never from food; the recommended intake counts all of it.\n"
    "Without --jurisdiction the limits of the label's own market come first, then US, EU, UK, Canada and Australia. "
    "With\n"
    "it: that place's, then the strictest of any other; it also says what 100 % means where the label does not show "
    "its\n"
    "market. Where an authority sets no limit for such a person, the report says so instead of using the adults'.";

void add_person_options(CLI::App& command, scan::ReportOptions& options) {
    command
        .add_option_function<std::string>(
            "--profile",
            [&options](const std::string& text) {
                const auto profile = calc::parse_profile(text);
                if (!profile) throw CLI::ValidationError("--profile", profile.error());
                options.profile = *profile;
            },
            "For whom: adult (default), pregnant, lactating, age=YEARS, sex=f|m, joined by commas")
        ->type_name("WHO");
    command
        .add_option_function<std::string>(
            "--jurisdiction",
            [&options](const std::string& text) {
                const auto place = calc::parse_jurisdiction(text);
                if (!place) throw CLI::ValidationError("--jurisdiction", place.error());
                options.jurisdiction = *place;
            },
            "Whose limits come first")
        ->type_name("us|eu|uk|ca|au|de|no|jp");
}

}  // namespace magscan::tools
