// A table of photos: CSV whose first row names the columns, or JSON objects, one a line.
//
// Columns: "file" (from the manifest's folder on; required), "id" (else the file as written), "product" (rows that
// share one are photos of one product: a single item whose id is the product). All others are passed through.
#pragma once

#include <functional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "tools/batch/item.h"
#include "tools/batch/listing.h"

namespace magscan::tools::batch {

// Gives an item a row, and one a product after the last row; products are held in memory until then. A row that is
// wrong becomes an item with a refusal. `take` returns false to end. The answer is the names of the other columns; the
// error, without the file's name, is for what is no manifest at all.
tl::expected<std::vector<std::string>, std::string> read_manifest(const std::string& path,
                                                                  const std::function<bool(Item item)>& take,
                                                                  const RemoteId& remote = {});

}  // namespace magscan::tools::batch
