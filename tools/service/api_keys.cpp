#include "tools/service/api_keys.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <sstream>

#include "tools/files.h"

namespace magscan::service {
namespace {

constexpr std::size_t kMaxFileBytes = 4'000'000;
constexpr std::size_t kMaxNameLetters = 64;

bool is_name(std::string_view name) {
    constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    return !name.empty() && name.size() <= kMaxNameLetters &&
           name.find_first_not_of(kLetters) == std::string_view::npos;
}

std::optional<Digest> digest_of(std::string_view hex) {
    Digest digest{};
    if (hex.size() != 2 * digest.size()) return std::nullopt;
    for (std::size_t i = 0; i < digest.size(); ++i) {
        const char* end = hex.data() + 2 * i + 2;
        if (std::from_chars(hex.data() + 2 * i, end, digest[i], 16).ptr != end) return std::nullopt;
    }
    return digest;
}

tl::expected<ApiKey, std::string> key_of(const std::vector<std::string>& words) {
    ApiKey key;
    if (words.size() < 2 || words.size() > 3) return tl::unexpected(std::string("is not NAME HASH [PER_MINUTE]"));
    key.name = words[0];
    if (!is_name(key.name))
        return tl::unexpected(std::string("the name holds more than letters, digits, '.', '_', '-'"));
    const auto digest = digest_of(words[1]);
    if (!digest) return tl::unexpected(std::string("the hash is not 64 hexadecimal digits"));
    key.hash = *digest;
    if (words.size() < 3) return key;
    double rate = 0;
    const char* end = words[2].data() + words[2].size();
    const auto [rest, error] = std::from_chars(words[2].data(), end, rate);
    if (error != std::errc() || rest != end || !(rate > 0) || rate > 1e6) {
        return tl::unexpected(std::string("the requests a minute are no number from above 0 to 1,000,000"));
    }
    key.per_minute = rate;
    return key;
}

bool append(const std::string& path, const std::string& line) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) return false;
    const bool written = tools::write_all(fd, tools::bytes_of(line)) && ::fsync(fd) == 0;
    const int reason = errno;
    ::close(fd);
    errno = reason;
    return written;
}

}  // namespace

tl::expected<ApiKeys, std::string> ApiKeys::parse(std::string_view text) {
    ApiKeys out;
    std::istringstream lines{std::string(text)};
    std::string line;
    for (std::size_t number = 1; std::getline(lines, line); ++number) {
        std::istringstream in(line);
        std::vector<std::string> words;
        for (std::string word; in >> word;) words.push_back(word);
        if (words.empty() || words.front().front() == '#') continue;
        auto key = key_of(words);
        const auto same = [&](const ApiKey& other) { return key && other.name == key->name; };
        if (!key || std::any_of(out.keys_.begin(), out.keys_.end(), same)) {
            return tl::unexpected("line " + std::to_string(number) + ": " +
                                  (key ? "the name " + key->name + " is taken" : key.error()) + ". Correct it");
        }
        out.keys_.push_back(std::move(*key));
    }
    return out;
}

tl::expected<ApiKeys, std::string> ApiKeys::load(const std::string& path) {
    const auto bytes = tools::read_file(path, kMaxFileBytes);
    if (!bytes) return tl::unexpected(bytes.error());
    return parse(tools::text_of(*bytes));
}

const ApiKey* ApiKeys::find(std::string_view secret) const {
    const Digest hash = sha256(secret);
    const ApiKey* found = nullptr;
    for (const ApiKey& key : keys_) {
        if (same_digest(key.hash, hash)) found = &key;
    }
    return found;
}

tl::expected<std::string, std::string> add_key(const std::string& path, const std::string& name) {
    if (!is_name(name)) {
        return tl::unexpected(std::string("a key's name has 1 to 64 letters, digits, '.', '_' or '-'. Choose another"));
    }
    std::string before;
    if (::access(path.c_str(), F_OK) == 0) {
        const auto bytes = tools::read_file(path, kMaxFileBytes);
        if (!bytes) return tl::unexpected(bytes.error());
        before = tools::text_of(*bytes);
    }
    const std::string secret = "mgs_" + to_base64url(random_bytes(32));
    const std::string line =
        (before.empty() || before.back() == '\n' ? "" : "\n") + name + " " + to_hex(sha256(secret)) + "\n";
    if (const auto together = ApiKeys::parse(before + line); !together) return tl::unexpected(together.error());
    if (!append(path, line)) return tl::unexpected(std::string("can't be written: ") + std::strerror(errno));
    return secret;
}

}  // namespace magscan::service
