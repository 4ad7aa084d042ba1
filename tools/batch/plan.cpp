#include "tools/batch/plan.h"

#include <filesystem>
#include <unordered_map>
#include <utility>

#include "scan/json_line.h"
#include "tools/batch/out_file.h"
#include "tools/files.h"

namespace magscan::tools::batch {
namespace {

using nlohmann::ordered_json;

constexpr int kVersion = 1;
constexpr std::size_t kMaxPlanBytes = 16'000'000;

// Writes the items of one share, and holds no more of the others than tells ids apart.
class ItemWriter {
  public:
    ItemWriter(WholeFile& out, Plan& plan) : out_(out), plan_(plan) {}

    bool take(const Item& item) {
        const IdKey files = key_of(item_line({"", item.files, ordered_json::object(), item.refusal}));
        const auto [known, is_new] = known_.try_emplace(key_of(item.id), files);
        if (!is_new) {
            if (known->second != files && clash_.empty()) clash_ = item.id;
            return clash_.empty();  // the same photo named twice is one item
        }
        ++plan_.all_items;
        if (belongs(item.id, {plan_.shards.front(), plan_.of})) {
            ++plan_.items;
            out_.write(item_line(item) + "\n");
        }
        return !out_.failed();
    }

    const std::string& clash() const { return clash_; }

  private:
    WholeFile& out_;
    Plan& plan_;
    std::unordered_map<IdKey, IdKey, IdKeyHash> known_;
    std::string clash_;
};

}  // namespace

std::string path_in(const std::string& folder, const char* file) {
    return (std::filesystem::path(folder) / file).string();
}

Expected<Plan> make_plan(const std::string& folder, Plan plan, const std::vector<std::string>& inputs,
                         const RemoteId& remote) {
    auto out = WholeFile::create(path_in(folder, kItemsFile));
    if (!out) return tl::unexpected(out.error());
    plan.items = plan.all_items = 0;
    ItemWriter writer(*out, plan);
    auto listing = list_items(
        inputs, [&](const Item& item) { return writer.take(item); }, remote);
    if (!listing) return tl::unexpected(listing.error());
    if (!writer.clash().empty()) {
        return problem(kUsage, "two photos have the id \"" + writer.clash() +
                                   "\". Give them ids of their own in a manifest, or run the folders one by one");
    }
    if (plan.all_items == 0) {
        return problem(kNotAPicture,
                       "no photos among the INPUT (" + std::to_string(listing->passed_over) +
                           " other files were passed over). Name a folder, a list or a manifest of photos");
    }
    plan.columns = std::move(listing->columns);
    if (const auto written = out->commit(); !written) return tl::unexpected(written.error());
    if (const auto written = write_plan(folder, plan); !written) return tl::unexpected(written.error());
    return plan;
}

Expected<> write_plan(const std::string& folder, const Plan& plan) {
    auto out = WholeFile::create(path_in(folder, kPlanFile));
    if (!out) return tl::unexpected(out.error());
    const ordered_json json = {{"batch", kVersion},       {"magscan", plan.magscan}, {"shards", plan.shards},
                               {"of", plan.of},           {"items", plan.items},     {"all_items", plan.all_items},
                               {"columns", plan.columns}, {"options", plan.options}, {"inputs", plan.inputs}};
    out->write(scan::json_line(json) + "\n");
    return out->commit();
}

Expected<std::optional<Plan>> read_plan(const std::string& folder) {
    const std::string path = path_in(folder, kPlanFile);
    std::error_code failed;
    if (!std::filesystem::exists(path, failed)) return std::nullopt;
    const auto bytes = read_file(path, kMaxPlanBytes);
    if (!bytes) return problem(kNotAPicture, path + ": " + bytes.error());
    try {
        const ordered_json json = ordered_json::parse(text_of(*bytes));
        if (json.at("batch") != kVersion) throw std::runtime_error("of another version");
        Plan plan;
        json.at("magscan").get_to(plan.magscan);
        json.at("shards").get_to(plan.shards);
        json.at("of").get_to(plan.of);
        json.at("items").get_to(plan.items);
        json.at("all_items").get_to(plan.all_items);
        json.at("columns").get_to(plan.columns);
        json.at("inputs").get_to(plan.inputs);
        plan.options = json.at("options");
        if (plan.shards.empty() || plan.of < 1) throw std::runtime_error("without shares");
        return plan;
    } catch (const std::exception&) {
        return problem(kNotAPicture, path + ": is no plan of a batch. Begin anew with --overwrite");
    }
}

Expected<PlannedItems> PlannedItems::open(const std::string& folder) {
    const std::string path = path_in(folder, kItemsFile);
    auto lines = LineReader::open(path);
    if (!lines) return problem(kNotAPicture, path + ": " + lines.error());
    return PlannedItems(std::move(*lines));
}

std::optional<Item> PlannedItems::next() {
    std::string line;
    while (lines_.next(line)) {
        if (auto item = item_of(line)) return item;
    }
    return std::nullopt;
}

}  // namespace magscan::tools::batch
