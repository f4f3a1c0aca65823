// What stands in a file, or comes from a pipe or a device as from one: never more than asked for,
// for /dev/zero has no end. Any thread.
#pragma once
#include <cstddef>
#include <filesystem>
#include <iosfwd>
#include <string>

#include "base/result.h"

namespace sotevahti::base {

// At most so many bytes; what follows stays unread.
std::string first_bytes(std::istream& in, std::size_t most);

// All of it, or why not, to stand behind the file's name: "cannot be read: Permission denied",
// "is a folder; name a file", "cannot be read to its end", "is larger than 64 MB".
Result<std::string> content_of(std::istream& in, std::size_t most);
Result<std::string> content_of(const std::filesystem::path& file, std::size_t most);
// The same of std::cin.
Result<std::string> content_of_standard_input(std::size_t most);

// To be asked where std::cin has come to its end, for it does not tell a failure from that: "cannot be read: Is a
// directory".
Result<Done> input_was_read();

}  // namespace sotevahti::base
