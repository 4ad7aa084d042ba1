// Small pictures for the page of a batch.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace magscan::tools::batch {

// data: URIs, some kilobytes each; empty where there is none.
struct Pictures {
    std::string photo;  // the whole photo
    std::string crop;   // the words that the figure rests on, or where magnesium is named, the right way up
};

// `report`: a line of reports.jsonl; `files`: the paths of its photos, in its order. Nothing of a photo that is gone or
// is another one by now.
Pictures pictures_of(const nlohmann::ordered_json& report, const std::vector<std::string>& files);

}  // namespace magscan::tools::batch
