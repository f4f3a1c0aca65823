// A file of the repository that was put into the program at build (cmake/Room.cmake).
#pragma once
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace sotevahti::base {

struct EmbeddedFile {
  std::string_view name;  // its path below the folder it was taken from
  std::string_view content;
};

// What the program cannot do without: throws std::logic_error where it was not put in.
inline std::string_view content_of(std::span<const EmbeddedFile> files, std::string_view name) {
  for (const EmbeddedFile& file : files)
    if (file.name == name) return file.content;
  throw std::logic_error("no file of the program is called " + std::string(name));
}

}  // namespace sotevahti::base
