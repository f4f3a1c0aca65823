#include "service/configuration.h"

namespace sotevahti::service {

base::Result<std::shared_ptr<const Configuration>> read_configuration(const std::string& given) {
  const auto file = config::find_settings_file(given);
  if (!file) return tl::unexpected(file.error());
  auto loaded = config::load_settings(*file);
  if (!loaded) return tl::unexpected(loaded.error());
  auto taxonomy = config::load_taxonomy(loaded->settings.tags.dir);
  if (!taxonomy) return tl::unexpected(taxonomy.error());
  if (auto found = config::find_catalogue(loaded->settings.feeds.dir); !found) return tl::unexpected(found.error());
  auto catalogue = config::load_catalogue(loaded->settings.feeds.dir, taxonomy->area_ids());
  if (!catalogue) return tl::unexpected(catalogue.error());
  return std::make_shared<const Configuration>(
      Configuration{std::move(*loaded), std::move(*taxonomy), std::move(*catalogue)});
}

}  // namespace sotevahti::service
