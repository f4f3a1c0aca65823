// A file of the repository that was put into the program at build (cmake/Room.cmake).
#pragma once
#include <string_view>

namespace sotevahti::base {

struct EmbeddedFile {
  std::string_view name;  // its path below the folder it was taken from
  std::string_view content;
};

}  // namespace sotevahti::base
