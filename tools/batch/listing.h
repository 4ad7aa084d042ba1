// What the INPUT of a batch names, one item after another: nothing is opened but folders, lists and manifests.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "tools/batch/item.h"
#include "tools/batch/problem.h"

namespace magscan::tools::batch {

// Takes an item; false ends the listing.
using Take = std::function<bool(Item item)>;

struct Listing {
    std::vector<std::string> columns;  // that the manifests have beside file, id and product, each once
    std::size_t passed_over = 0;       // files in folders that are no pictures by their names
};

// `inputs`: folders, photos, "@list.txt", "-" (a list on standard input), manifests (.csv, .tsv, .jsonl). The same
// inputs give the same items in the same order while no file comes or goes. Ids may repeat.
//
// An item's id is its path within the folder, its path as it was written, or what the manifest says; never an absolute
// path. What is wrong with one row or one file makes an item with a refusal; an INPUT that is missing is a problem.
Expected<Listing> list_items(const std::vector<std::string>& inputs, const Take& take);

// "/home/me/photos/a.jpg", "./photos/a.jpg" and "../photos/a.jpg" in /home/me: "photos/a.jpg". Absolute paths outside
// the current folder: "a.jpg".
std::string id_of_path(const std::string& path);

}  // namespace magscan::tools::batch
