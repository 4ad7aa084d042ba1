// Runs a fuzz target over files and folders, in place of libFuzzer. Any crash ends the program.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "fuzz.h"

namespace {

int replay(const std::filesystem::path& path) {
    int files = 0;
    if (std::filesystem::is_directory(path)) {
        for (const auto& entry : std::filesystem::directory_iterator(path)) files += replay(entry.path());
        return files;
    }
    std::ifstream in(path, std::ios::binary);
    const std::vector<char> bytes(std::istreambuf_iterator<char>(in), {});
    std::printf("%s\n", path.c_str());
    std::fflush(stdout);
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    return 1;
}

}  // namespace

int main(int count, char** values) {
    int files = 0;
    for (int i = 1; i < count; ++i) files += replay(values[i]);
    std::printf("%d inputs\n", files);
    return files > 0 ? 0 : 1;
}
