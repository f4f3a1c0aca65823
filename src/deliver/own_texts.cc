#include "deliver/own_texts.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <vector>

namespace sotevahti::deliver {
namespace {

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
    std::ifstream in(file.path(), std::ios::binary);
    if (!in) return base::fail(fmt::format("{} cannot be read", file.path().string()));
    overrides.push_back(
        {std::filesystem::relative(file.path(), folder).string(), {std::istreambuf_iterator<char>(in), {}}});
  }
  auto texts = digest::Texts::with(overrides);
  if (!texts) return base::fail(fmt::format("{}/{}", folder.string(), texts.error().message));
  return texts;
}

}  // namespace sotevahti::deliver
