#include "deliver/own_texts.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "base/content.h"

namespace sotevahti::deliver {
namespace {

constexpr std::size_t most_bytes = std::size_t{4} << 20;  // of a template

// What editors leave, and what is hidden, is nobody's template.
bool is_meant(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  return !name.starts_with('.') && !name.ends_with('~');
}

}  // namespace

base::Result<digest::Texts> load_texts(const std::filesystem::path& folder) {
  std::vector<digest::Texts::Override> overrides;
  if (folder.empty()) return digest::Texts::with(overrides);
  if (!std::filesystem::is_directory(folder))
    return base::fail(fmt::format("{}: there is no such folder", folder.string()));
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (!file.is_regular_file() || !is_meant(file.path())) continue;
    auto text = base::content_of(file.path(), most_bytes);
    if (!text) return base::fail(fmt::format("{} {}", file.path().string(), text.error().message));
    overrides.push_back({std::filesystem::relative(file.path(), folder).string(), std::move(*text)});
  }
  auto texts = digest::Texts::with(overrides);
  if (!texts) return base::fail(fmt::format("{}/{}", folder.string(), texts.error().message));
  return texts;
}

}  // namespace sotevahti::deliver
