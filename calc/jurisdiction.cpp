#include "calc/jurisdiction.h"

#include <algorithm>
#include <array>

namespace magscan::calc {
namespace {

struct Entry {
    Jurisdiction place;
    std::string_view id;
    std::string_view name;
    parser::Jurisdiction market;
};

// The United Kingdom kept the EU's reference values, and Norway has them by the EEA.
constexpr std::array kPlaces = {
    Entry{Jurisdiction::kUs, "us", "US", parser::Jurisdiction::kUs},
    Entry{Jurisdiction::kEu, "eu", "EU", parser::Jurisdiction::kEu},
    Entry{Jurisdiction::kUk, "uk", "UK", parser::Jurisdiction::kEu},
    Entry{Jurisdiction::kCanada, "ca", "Canada", parser::Jurisdiction::kCanada},
    Entry{Jurisdiction::kAustralia, "au", "Australia", parser::Jurisdiction::kAustralia},
    Entry{Jurisdiction::kGermany, "de", "Germany", parser::Jurisdiction::kEu},
    Entry{Jurisdiction::kNorway, "no", "Norway", parser::Jurisdiction::kEu},
    Entry{Jurisdiction::kJapan, "jp", "Japan", parser::Jurisdiction::kJapan},
};

const Entry& entry_of(Jurisdiction place) {
    return *std::find_if(kPlaces.begin(), kPlaces.end(), [&](const Entry& entry) { return entry.place == place; });
}

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

}  // namespace

std::string_view id_of(Jurisdiction place) {
    return entry_of(place).id;
}

std::string_view short_name(Jurisdiction place) {
    return entry_of(place).name;
}

tl::expected<Jurisdiction, std::string> parse_jurisdiction(std::string_view text) {
    std::string id(text);
    std::transform(id.begin(), id.end(), id.begin(), lower);
    std::string all;
    for (const Entry& entry : kPlaces) {
        if (entry.id == id) return entry.place;
        all += (all.empty() ? "" : ", ") + std::string(entry.id);
    }
    return tl::unexpected("\"" + std::string(text) + "\" is no place that magscan knows. Choose one of " + all);
}

std::optional<Jurisdiction> part_of(Jurisdiction place) {
    return place == Jurisdiction::kGermany ? std::optional(Jurisdiction::kEu) : std::nullopt;
}

parser::Jurisdiction market_of(Jurisdiction place) {
    return entry_of(place).market;
}

std::optional<Jurisdiction> home_of(parser::Jurisdiction market) {
    switch (market) {
        case parser::Jurisdiction::kUs:
            return Jurisdiction::kUs;
        case parser::Jurisdiction::kEu:
            return Jurisdiction::kEu;
        case parser::Jurisdiction::kCanada:
            return Jurisdiction::kCanada;
        case parser::Jurisdiction::kAustralia:
            return Jurisdiction::kAustralia;
        case parser::Jurisdiction::kJapan:
            return Jurisdiction::kJapan;
        case parser::Jurisdiction::kRussia:
        case parser::Jurisdiction::kUnknown:
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace magscan::calc
