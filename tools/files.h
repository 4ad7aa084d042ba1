// Files in and out. Every error is one line that says what is wrong and what to do, without the file's name.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace magscan::tools {

// The whole file, at most `limit` bytes. The size is asked for before anything is read; pipes are read up to the limit.
tl::expected<std::vector<std::byte>, std::string> read_file(const std::string& path, std::size_t limit);

// What read_file finds out before it opens the file: that it exists, is no folder or device and is not too large.
tl::expected<void, std::string> check_file(const std::string& path, std::size_t limit);

// As read_file, of standard input.
tl::expected<std::vector<std::byte>, std::string> read_stdin(std::size_t limit);

// Writes a file at once or not at all: into a file beside it, which then takes its place. An existing file that is no
// regular one (a device, a pipe) is written to as it is.
tl::expected<void, std::string> write_file(const std::string& path, std::span<const std::byte> bytes);

// Writes all of it to a descriptor, in as many pieces as it takes. False, with errno set, where it can't.
bool write_all(int fd, std::span<const std::byte> bytes);

// What to say where writing failed with that errno.
std::string write_failure(int reason);

// Bytes as text, and the other way round; neither is copied.
std::string_view text_of(std::span<const std::byte> bytes);
std::span<const std::byte> bytes_of(std::string_view text);

// The last component of a path: "a/b.jpg" -> "b.jpg".
std::string base_name(const std::string& path);

// Whether both paths lead to the same existing file.
bool same_file(const std::string& a, const std::string& b);

}  // namespace magscan::tools
