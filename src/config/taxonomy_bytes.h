// The taxonomy as bytes. The built-in tags.d is read and checked when the program is built
// (compile_tags/main.cc) and stands in it as these bytes: a start takes them as they are,
// where the files would cost 9 ms. They are for the program that was built with them, for
// nobody else, and are trusted. Pure; any thread.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "config/taxonomy.h"

namespace sotevahti::config {

std::string to_bytes(const Taxonomy& taxonomy);
Taxonomy from_bytes(std::string_view bytes);

// The files of a folder, as load_taxonomy() says. `called`: what messages call the folder.
base::Result<Taxonomy> read_taxonomy(const std::filesystem::path& dir, const std::filesystem::path& called);

}  // namespace sotevahti::config
