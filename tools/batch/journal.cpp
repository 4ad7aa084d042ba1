#include "tools/batch/journal.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <unordered_set>

#include "tools/batch/line_reader.h"
#include "tools/batch/plan.h"

namespace magscan::tools::batch {
namespace {

using nlohmann::ordered_json;

constexpr auto kSyncEvery = std::chrono::seconds(1);

using Keep = std::function<bool(const ordered_json& line)>;

using See = std::function<void(const ordered_json& line, const std::string& text)>;

// Whole lines, valid or not; nothing of a file that is not there. The answer is where the last of them ends.
Expected<std::size_t> each_whole_line(const std::string& path, const See& see) {
    std::error_code failed;
    if (!std::filesystem::exists(path, failed)) return 0;
    auto lines = LineReader::open(path);
    if (!lines) return problem(kNotAPicture, path + ": " + lines.error());
    std::string text;
    std::size_t whole = 0;
    while (lines->next(text) && lines->whole()) {
        whole = lines->offset();
        see(ordered_json::parse(text, nullptr, false), text);
    }
    if (!lines->error().empty()) return problem(kNotAPicture, path + ": " + lines->error());
    return whole;
}

// Cuts off what stands behind the last whole line.
Expected<> cut_torn(const std::string& path, std::size_t whole) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(path, failed);
    if (failed || size <= whole || ::truncate(path.c_str(), static_cast<off_t>(whole)) == 0) return {};
    return problem(kCannotWrite, path + ": can't be written: " + std::strerror(errno) + ". Check its permissions");
}

Expected<> rewrite(const std::string& path, const Keep& keep) {
    std::error_code failed;
    if (!std::filesystem::exists(path, failed)) return {};
    auto out = WholeFile::create(path);
    if (!out) return tl::unexpected(out.error());
    const auto read = each_whole_line(path, [&](const ordered_json& line, const std::string& text) {
        if (!id_of_line(line).empty() && keep(line)) out->write(text + "\n");
    });
    if (!read) return tl::unexpected(read.error());
    return out->commit();
}

}  // namespace

Expected<Journal> Journal::open(const std::string& folder) {
    auto reports = LineFile::open(path_in(folder, kReportsFile));
    if (!reports) return tl::unexpected(reports.error());
    auto failures = LineFile::open(path_in(folder, kFailuresFile));
    if (!failures) return tl::unexpected(failures.error());
    return Journal(std::move(*reports), std::move(*failures));
}

Expected<> Journal::add(const Result& result) {
    if (auto added = (result.is_report ? reports_ : failures_).append(result.line); !added) return added;
    const auto now = std::chrono::steady_clock::now();
    if (now - synced_ < kSyncEvery) return {};
    synced_ = now;
    return sync();
}

Expected<> Journal::sync() {
    if (auto synced = reports_.sync(); !synced) return synced;
    return failures_.sync();
}

Expected<> each_line(const std::string& folder, const std::function<void(const ordered_json& line)>& see) {
    for (const char* file : {kReportsFile, kFailuresFile}) {
        const auto read = each_whole_line(path_in(folder, file), [&](const ordered_json& line, const std::string&) {
            if (!id_of_line(line).empty()) see(line);
        });
        if (!read) return tl::unexpected(read.error());
    }
    return {};
}

IdKey photos_key(const std::vector<std::string>& hashes) {
    std::string all;
    for (const std::string& hash : hashes) {
        if (hash.empty()) return {};
        all += hash + " ";
    }
    return hashes.empty() ? IdKey{} : key_of(all);
}

std::string id_of_line(const ordered_json& line) {
    if (!line.is_object() || !line.contains("source") || !line["source"].is_object()) return {};
    const ordered_json& source = line["source"];
    const bool named = source.contains("name") && source["name"].is_string();
    return named ? source["name"].get<std::string>() : std::string();
}

DoneItem done_item(const ordered_json& line) {
    std::vector<std::string> hashes;
    const ordered_json images = line["source"].value("images", ordered_json::array());
    for (const ordered_json& image : images) {
        const bool known = image.is_object() && image.contains("sha256") && image["sha256"].is_string();
        hashes.push_back(known ? image["sha256"].get<std::string>() : std::string());
    }
    return {photos_key(hashes), !line.contains("error")};
}

Expected<DoneItems> read_done(const std::string& folder) {
    DoneItems done;
    for (const char* file : {kReportsFile, kFailuresFile}) {
        const std::string path = path_in(folder, file);
        const bool of_reports = std::string_view(file) == kReportsFile;
        bool clean = true;
        const auto whole = each_whole_line(path, [&](const ordered_json& line, const std::string&) {
            const std::string id = id_of_line(line);
            clean = clean && !id.empty();
            if (!id.empty()) clean = done.try_emplace(key_of(id), done_item(line)).second && clean;
        });
        if (!whole) return tl::unexpected(whole.error());
        if (auto cut = cut_torn(path, *whole); !cut) return tl::unexpected(cut.error());
        if (clean) continue;
        std::unordered_set<IdKey, IdKeyHash> seen;
        const auto written = rewrite(path, [&](const ordered_json& line) {
            const IdKey id = key_of(id_of_line(line));
            return done.at(id).is_report == of_reports && seen.insert(id).second;
        });
        if (!written) return tl::unexpected(written.error());
    }
    return done;
}

Expected<> drop_lines(const std::string& folder, const std::function<bool(const IdKey& id)>& stale) {
    for (const char* file : {kReportsFile, kFailuresFile}) {
        const auto written =
            rewrite(path_in(folder, file), [&](const ordered_json& line) { return !stale(key_of(id_of_line(line))); });
        if (!written) return written;
    }
    return {};
}

}  // namespace magscan::tools::batch
