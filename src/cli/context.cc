#include "cli/context.h"

#include <fmt/format.h>

#include <filesystem>

#include "cli/terminal.h"

namespace sotevahti::cli {

const config::LoadedSettings& Context::loaded() {
  if (!loaded_) {
    const auto file = value_or_throw<ConfigurationError>(config::find_settings_file(config_file_));
    loaded_ = value_or_throw<ConfigurationError>(config::load_settings(file));
  }
  return *loaded_;
}

const config::Taxonomy& Context::taxonomy() {
  if (!taxonomy_) taxonomy_ = value_or_throw<ConfigurationError>(config::load_taxonomy(settings().tags.dir));
  return *taxonomy_;
}

const config::Catalogue& Context::catalogue() {
  if (!catalogue_)
    catalogue_ = value_or_throw<ConfigurationError>(
        config::load_catalogue(settings().feeds.dir, [this] { return taxonomy().area_ids(); }));
  return *catalogue_;
}

std::unique_ptr<archive::Database> Context::open_archive(archive::Access access) {
  const auto& file = settings().archive.path;
  if (access == archive::Access::read && !std::filesystem::exists(file))
    throw std::runtime_error(
        fmt::format("there is no archive at {} yet: `sotevahti poll` or the service makes it", file.string()));
  archive::OpenOptions options;
  options.access = access;
  options.lexicon_cache_bytes = settings().language.cache_bytes / 2;
  options.progress = show_progress;
  return value_or_throw<std::runtime_error>(archive::Database::open(file, options));
}

archive::FilterNames Context::filter_names() {
  archive::FilterNames names;
  names.areas = taxonomy().area_ids();
  for (const auto& topic : taxonomy().topics) names.topics.push_back(topic.id);
  for (const auto& feed : catalogue().feeds()) names.feeds.push_back(feed.id);
  return names;
}

archive::Filter Context::filter(const std::string& text) {
  auto filter = archive::parse_filter(text, filter_names());
  if (!filter) throw UsageError(filter.error().for_person(text));
  return std::move(*filter);
}

}  // namespace sotevahti::cli
