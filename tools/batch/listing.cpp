#include "tools/batch/listing.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "tools/batch/line_reader.h"
#include "tools/batch/manifest.h"
#include "tools/files.h"

namespace magscan::tools::batch {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 13> kPictureEndings = {
    ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".heic", ".heif", ".hif", ".avif", ".tif", ".tiff", ".bmp"};

std::string lower_ending(const fs::path& path) {
    std::string ending = path.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return ending;
}

bool is_picture_name(const fs::path& path) {
    const std::string ending = lower_ending(path);
    return std::find(kPictureEndings.begin(), kPictureEndings.end(), ending) != kPictureEndings.end();
}

Item item_of_file(const std::string& id, const fs::path& path) {
    Item item;
    item.id = as_utf8(id);
    std::error_code failed;
    const fs::path absolute = fs::absolute(path, failed);
    if (failed || as_utf8(absolute.string()) != absolute.string()) {
        item.refusal = "its path is no UTF-8. Rename it";
    } else {
        item.files = {absolute.lexically_normal().string()};
    }
    return item;
}

class Lister {
  public:
    Lister(const Take& take, const RemoteId& remote) : take_(take), remote_(remote) {}

    Expected<> input(const std::string& name) {
        if (name == "-") return list("-", "standard input");
        if (name.size() > 1 && name.front() == '@') return list(name.substr(1), name.substr(1));
        if (remote_ && remote_(name)) {
            give(item_of_written(name, "", remote_));
            return {};
        }
        std::error_code failed;
        if (fs::is_directory(name, failed)) return folder(name);
        const std::string ending = lower_ending(name);
        if (ending == ".csv" || ending == ".tsv" || ending == ".jsonl" || ending == ".ndjson") return manifest(name);
        if (const auto checked = check_file(name, SIZE_MAX); !checked) {
            return problem(kNotAPicture, name + ": " + checked.error());
        }
        give(item_of_file(id_of_path(name), name));
        return {};
    }

    Listing take_listing() { return std::move(listing_); }
    bool wanted() const { return wanted_; }

  private:
    void give(Item item) {
        if (wanted_) wanted_ = take_(std::move(item));
    }

    // Folders that links lead to are left out: they may lead in a circle.
    void walk(const fs::path& folder, const fs::path& within) {
        std::error_code failed;
        std::vector<fs::directory_entry> entries;
        for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed)) {
            const std::string name = it->path().filename().string();
            if (name.front() != '.') entries.push_back(*it);  // hidden ones are no photos of the user's
        }
        if (failed) {
            Item item = item_of_file((within / "").string(), folder);
            item.refusal = "the folder can't be read: " + failed.message() + ". Check its permissions";
            give(std::move(item));
        }
        std::sort(entries.begin(), entries.end());
        for (const fs::directory_entry& entry : entries) {
            if (!wanted_) return;
            const fs::path id = within / entry.path().filename();
            if (entry.is_directory(failed)) {
                if (!entry.is_symlink(failed)) walk(entry.path(), id);
            } else if (is_picture_name(entry.path())) {
                give(item_of_file(id.string(), entry.path()));
            } else {
                ++listing_.passed_over;
            }
        }
    }

    Expected<> folder(const std::string& name) {
        std::error_code failed;
        const fs::directory_iterator readable(name, failed);
        if (failed)
            return problem(kNotAPicture, name + ": can't be read: " + failed.message() + ". Check its permissions");
        walk(name, "");
        return {};
    }

    // Paths, a line each; of find -print0 too.
    Expected<> list(const std::string& path, const std::string& title) {
        auto lines = LineReader::open(path);
        if (!lines) return problem(kNotAPicture, title + ": " + lines.error());
        std::string line;
        while (wanted_ && lines->next(line)) {
            if (line.ends_with('\r')) line.pop_back();
            for (std::size_t at = 0; at < line.size();) {
                const std::size_t end = std::min(line.find('\0', at), line.size());
                const std::string file = line.substr(at, end - at);
                if (!file.empty()) give(item_of_written(file, "", remote_));
                at = end + 1;
            }
        }
        if (!lines->error().empty()) return problem(kNotAPicture, title + ": " + lines->error());
        return {};
    }

    Expected<> manifest(const std::string& path) {
        const auto give_next = [this](Item item) {
            give(std::move(item));
            return wanted_;
        };
        auto columns = read_manifest(path, give_next, remote_);
        if (!columns) return problem(kNotAPicture, path + ": " + columns.error());
        for (std::string& column : *columns) {
            auto& all = listing_.columns;
            if (std::find(all.begin(), all.end(), column) == all.end()) all.push_back(std::move(column));
        }
        return {};
    }

    const Take& take_;
    const RemoteId& remote_;
    Listing listing_;
    bool wanted_ = true;
};

}  // namespace

std::string id_of_path(const std::string& path) {
    fs::path id = fs::path(path).lexically_normal();
    if (id.is_absolute()) {
        std::error_code failed;
        const fs::path here = fs::current_path(failed);
        const fs::path within = failed ? fs::path() : id.lexically_relative(here);
        id = within.empty() || *within.begin() == ".." ? id.filename() : within;
    }
    fs::path below;
    for (const fs::path& part : id) {
        if (part != "..") below /= part;
    }
    return below.string();
}

Item item_of_written(const std::string& written, const std::string& folder, const RemoteId& remote) {
    const auto id = remote ? remote(written) : std::nullopt;
    if (!id) return item_of_file(id_of_path(written), fs::path(folder) / written);
    Item item;
    item.id = as_utf8(id->empty() ? written : *id);
    if (id->empty() || as_utf8(written) != written)
        item.refusal = "is no URL that a picture can be fetched from. Correct it";
    else
        item.files = {written};
    return item;
}

Expected<Listing> list_items(const std::vector<std::string>& inputs, const Take& take, const RemoteId& remote) {
    Lister lister(take, remote);
    for (const std::string& input : inputs) {
        if (!lister.wanted()) break;
        if (const auto listed = lister.input(input); !listed) return tl::unexpected(listed.error());
    }
    return lister.take_listing();
}

}  // namespace magscan::tools::batch
