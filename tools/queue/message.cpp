#include "tools/queue/message.h"

#include <algorithm>
#include <cctype>

#include "scan/json_line.h"

namespace magscan::tools::queue {
namespace {

using nlohmann::ordered_json;

constexpr int kVersion = 1;

bool is_ours(const ordered_json& json) {
    return json.is_object() && json.contains("version") && json["version"] == kVersion;
}

}  // namespace

JobQueues queues_of(const std::string& job) {
    const std::string start = "magscan." + job + ".";
    return {start + "plan", start + "reports", start + "failures", start + "ledger"};
}

bool is_job_name(const std::string& name) {
    constexpr std::size_t kLongest = 64;
    const auto is_plain = [](unsigned char c) { return std::isalnum(c) != 0 && c < 0x80; };
    return !name.empty() && name.size() <= kLongest && is_plain(static_cast<unsigned char>(name.front())) &&
           std::all_of(name.begin(), name.end(), [&](char c) {
               return is_plain(static_cast<unsigned char>(c)) || c == '.' || c == '_' || c == '-';
           });
}

std::string item_message(const ItemMessage& message) {
    ordered_json head = {{"version", kVersion}, {"job", message.job}, {"item", batch::item_json(message.item)}};
    ordered_json sizes = ordered_json::array();
    for (const std::string& picture : message.pictures) sizes.push_back(picture.size());
    head["pictures"] = sizes;
    std::string out = scan::json_line(head) + "\n";
    for (const std::string& picture : message.pictures) out += picture;
    return out;
}

std::optional<ItemMessage> item_message_of(const std::string& body) {
    const std::size_t line_end = std::min(body.find('\n'), body.size());
    const ordered_json head = ordered_json::parse(body.substr(0, line_end), nullptr, false);
    if (!is_ours(head) || !head.contains("job") || !head["job"].is_string() || !head.contains("item"))
        return std::nullopt;
    auto item = batch::item_of_json(head["item"]);
    ItemMessage out{head["job"].get<std::string>(), {}, {}};
    if (!item || !is_job_name(out.job)) return std::nullopt;
    out.item = std::move(*item);
    std::size_t at = line_end + 1;
    for (const ordered_json& size : head.value("pictures", ordered_json::array())) {
        if (!size.is_number_unsigned()) return std::nullopt;
        const auto count = size.get<std::size_t>();
        if (at > body.size() || count > body.size() - at) return std::nullopt;
        out.pictures.push_back(body.substr(at, count));
        at += count;
    }
    const bool complete = at >= body.size() && (out.pictures.empty() || out.pictures.size() == out.item.files.size());
    return complete ? std::optional(std::move(out)) : std::nullopt;
}

std::string plan_message(const PlanMessage& message) {
    ordered_json items = ordered_json::array();
    for (const batch::Item& item : message.items) items.push_back(batch::item_json(item));
    const batch::Plan& plan = message.plan;
    return scan::json_line(
        ordered_json({{"version", kVersion},
                      {"run", message.run},
                      {"plan", {{"magscan", plan.magscan}, {"columns", plan.columns}, {"options", plan.options}}},
                      {"items", items}}));
}

std::optional<PlanMessage> plan_message_of(const std::string& body) {
    const ordered_json json = ordered_json::parse(body, nullptr, false);
    if (!is_ours(json)) return std::nullopt;
    try {
        PlanMessage out;
        json.at("run").get_to(out.run);
        json.at("plan").at("magscan").get_to(out.plan.magscan);
        json.at("plan").at("columns").get_to(out.plan.columns);
        out.plan.options = json.at("plan").at("options");
        for (const ordered_json& item : json.at("items")) {
            auto read = batch::item_of_json(item);
            if (!read) return std::nullopt;
            out.items.push_back(std::move(*read));
        }
        return out;
    } catch (const ordered_json::exception&) {
        return std::nullopt;
    }
}

}  // namespace magscan::tools::queue
