// Who may use the service. A key is shown once, when it is made; its file holds hashes.
//
// A line of the file is NAME, the SHA-256 of the key in hex and, where it differs from --rate, the requests a minute:
//
//     # the Android app
//     android 3f0c...e1 600
//
// The keys are 256 random bits, so that a plain hash can't be turned back and needs neither salt nor stretching.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "tools/service/crypto.h"

namespace magscan::service {

struct ApiKey {
    std::string name;  // letters, digits, '.', '_' and '-'; at most 64
    Digest hash{};
    std::optional<double> per_minute;
};

class ApiKeys {
  public:
    // The error names the line and what is wrong with it. Comments and empty lines are passed over.
    static tl::expected<ApiKeys, std::string> parse(std::string_view text);
    static tl::expected<ApiKeys, std::string> load(const std::string& path);

    bool empty() const { return keys_.empty(); }
    std::size_t size() const { return keys_.size(); }

    // Null where no key has this hash. Takes as long whichever it is, and whether it is one.
    const ApiKey* find(std::string_view secret) const;

  private:
    std::vector<ApiKey> keys_;
};

// Makes a key, appends its hash to the file (made for its owner alone where there is none) and returns the key.
tl::expected<std::string, std::string> add_key(const std::string& path, const std::string& name);

}  // namespace magscan::service
