// The places whose limits, recommendations and label bases can be asked for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "parser/label.h"

namespace magscan::calc {

enum class Jurisdiction { kUs, kEu, kUk, kCanada, kAustralia, kGermany, kNorway, kJapan };

// "us", "eu", "uk", "ca", "au", "de", "no", "jp": on the command line and in the data files.
std::string_view id_of(Jurisdiction place);

// As a line of the report begins: "US", "EU", "Canada".
std::string_view short_name(Jurisdiction place);

// By its id, in any case of letters. The error says which there are.
tl::expected<Jurisdiction, std::string> parse_jurisdiction(std::string_view text);

// Whose rules hold there too: the EU's in Germany.
std::optional<Jurisdiction> part_of(Jurisdiction place);

// Which labels are usual there; kUnknown for those that magscan does not tell apart.
parser::Jurisdiction market_of(Jurisdiction place);

// Where labels of a market come from; nothing for kUnknown.
std::optional<Jurisdiction> home_of(parser::Jurisdiction market);

}  // namespace magscan::calc
