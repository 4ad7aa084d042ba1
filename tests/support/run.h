// Runs the built magscan as a user would, and keeps what it printed. Needs MAGSCAN_EXECUTABLE and MAGSCAN_SOURCE_DIR.
#pragma once

#include <string>
#include <vector>

struct Run {
    int code = -1;  // exit code; 128 + signal where it was killed
    std::string out;
    std::string err;
    long peak_kilobytes = 0;  // most memory it held at once
};

// `input` is its standard input. `out_file` takes the place of a captured standard output.
Run magscan(const std::vector<std::string>& arguments, const std::string& input = "", const std::string& out_file = "");

// A sample photo of the project: "magnesium/bottle_bisglycinate.jpg".
std::string sample(const std::string& name);
