// What the INPUT of a batch names, one item after another: nothing is opened but folders, lists and manifests.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
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

// Knows files that are elsewhere by how they are written, such as URLs. Nothing for a file of this machine; the id of
// one that is elsewhere, which is empty where it can't be read from there.
using RemoteId = std::function<std::optional<std::string>(const std::string& written)>;

// `inputs`: folders, photos, "@list.txt", "-" (a list on standard input), manifests (.csv, .tsv, .jsonl). The same
// inputs give the same items in the same order while no file comes or goes. Ids may repeat.
//
// An item's id is its path within the folder, its path as it was written, or what the manifest says; never an absolute
// path. What is wrong with one row or one file makes an item with a refusal; an INPUT that is missing is a problem.
// Without `remote` all files are of this machine.
Expected<Listing> list_items(const std::vector<std::string>& inputs, const Take& take, const RemoteId& remote = {});

// What a file is called in a report, and where it is, as it is written in a manifest of `folder`, a list or an INPUT.
Item item_of_written(const std::string& written, const std::string& folder, const RemoteId& remote);

// "/home/me/photos/a.jpg", "./photos/a.jpg" and "../photos/a.jpg" in /home/me: "photos/a.jpg". Absolute paths outside
// the current folder: "a.jpg".
std::string id_of_path(const std::string& path);

}  // namespace magscan::tools::batch
