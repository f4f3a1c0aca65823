#include "base/content.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <system_error>

namespace sotevahti::base {

std::string first_bytes(std::istream& in, std::size_t most) {
  constexpr std::size_t a_piece = std::size_t{64} << 10;
  std::string bytes;
  while (in && bytes.size() < most) {
    const std::size_t had = bytes.size();
    bytes.resize(had + std::min(a_piece, most - had));
    in.read(bytes.data() + had, static_cast<std::streamsize>(bytes.size() - had));
    bytes.resize(had + static_cast<std::size_t>(in.gcount()));
  }
  return bytes;
}

Result<std::string> content_of(std::istream& in, std::size_t most) {
  std::string bytes = first_bytes(in, most + 1);
  if (in.bad()) return fail("cannot be read to its end");
  if (bytes.size() > most) return fail(fmt::format("is larger than {} MB", most >> 20));
  return bytes;
}

Result<std::string> content_of(const std::filesystem::path& file, std::size_t most) {
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) return fail("is a folder; name a file");
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail("cannot be read: " + std::generic_category().message(errno == 0 ? EIO : errno));
  return content_of(in, most);
}

Result<std::string> content_of_standard_input(std::size_t most) {
  auto bytes = content_of(std::cin, most);
  if (auto read = input_was_read(); !read) return tl::unexpected(read.error());
  return bytes;
}

Result<Done> input_was_read() {
  if (std::ferror(stdin) == 0) return Done{};
  char ignored = 0;
  errno = 0;
  if (::read(STDIN_FILENO, &ignored, 1) >= 0) return fail("cannot be read to its end");
  return fail("cannot be read: " + std::generic_category().message(errno));
}

}  // namespace sotevahti::base
