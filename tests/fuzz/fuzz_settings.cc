// Any bytes as a configuration, as a file of feeds.d and as one of tags.d: read, or refused
// with FILE:LINE on every line of the reason, or the folder where a whole table is missing.
#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include "config/catalogue.h"
#include "config/settings.h"
#include "config/taxonomy.h"
#include "fuzz/demand.h"
#include "support/temp_folder.h"

namespace {

using namespace sotevahti;

void demand_places(const std::string& message, const std::string& file) {
  test_support::demand(!message.empty(), "refused without a cause", file);
  std::istringstream lines(message);
  for (std::string line; std::getline(lines, line);)
    test_support::demand(line.find(".toml:") != std::string::npos || line.find("tags.d: ") != std::string::npos,
                         "a cause without its place", message);
}

void write(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const test_support::TempFolder folder;
  static const auto settings_file = folder / "sotevahti.toml";
  static const auto feeds_dir = folder / "feeds.d", tags_dir = folder / "tags.d";
  std::filesystem::create_directory(feeds_dir);
  std::filesystem::create_directory(tags_dir);
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  write(settings_file, input);
  write(feeds_dir / "a.toml", input);
  write(tags_dir / "a.toml", input);

  if (const auto settings = config::load_settings(settings_file); !settings)
    demand_places(settings.error().message, "settings");
  else config::effective_values(settings->settings);
  if (const auto feeds = config::load_catalogue(feeds_dir, std::vector<std::string>{"lappi"}); !feeds)
    demand_places(feeds.error().message, "feeds");
  if (const auto tags = config::load_taxonomy(tags_dir); !tags) demand_places(tags.error().message, "tags");
  return 0;
}
