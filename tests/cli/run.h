// Runs the built magscan as a user would, and keeps what it printed.
#pragma once

#include <filesystem>
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

// A folder of its own, removed with all that is in it.
class Scratch {
  public:
    Scratch();
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    std::string path(const std::string& name) const;
    // Writes a file and gives its path.
    std::string file(const std::string& name, const std::string& content) const;
    std::vector<std::string> names() const;  // of all files in it, sorted

  private:
    std::filesystem::path folder_;
};

std::string read_file(const std::string& path);

// A sample photo of the project: "magnesium/bottle_bisglycinate.jpg".
std::string sample(const std::string& name);
std::vector<std::string> all_samples();
