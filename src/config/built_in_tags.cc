// load_taxonomy(): the built-in tags.d, or a folder's.
#include "config/embedded_built_in_tags.h"
#include "config/taxonomy_bytes.h"

namespace sotevahti::config {

base::Result<Taxonomy> load_taxonomy(const std::filesystem::path& dir) {
  if (dir.empty()) return from_bytes(base::content_of(built_in_tags(), "tags.bin"));
  return read_taxonomy(dir, dir);
}

}  // namespace sotevahti::config
