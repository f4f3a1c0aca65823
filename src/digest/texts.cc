#include "digest/texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "digest/embedded_texts.h"
#include "digest/template.h"

namespace sotevahti::digest {
namespace {

constexpr std::string_view languages[] = {"fi", "sv", "en"};

std::string_view embedded(std::string_view name) {
  for (const base::EmbeddedFile& file : texts())
    if (file.name == name) return file.content;
  return {};
}

}  // namespace

const Texts& Texts::builtin() {
  static const Texts instance = [] {
    auto read = with({});
    if (!read) throw std::logic_error(read.error().message);
    return std::move(*read);
  }();
  return instance;
}

base::Result<Texts> Texts::with(const std::vector<Override>& overrides) {
  Texts made;
  for (const base::EmbeddedFile& file : texts()) made.files_.emplace(file.name, file.content);
  for (const Override& given : overrides) {
    const auto found = made.files_.find(given.name);
    if (found == made.files_.end())
      return base::fail(
          fmt::format("{}: a digest has no such file; its files are {}", given.name, fmt::join(names(), ", ")));
    found->second = given.content;
  }
  if (auto checked = made.check(); !checked) return tl::unexpected(checked.error());
  return made;
}

base::Result<base::Done> Texts::check() {
  // The built-in Finnish file says which keys there are.
  const auto complete = Messages::read("messages/fi.txt", embedded("messages/fi.txt"));
  if (!complete) return tl::unexpected(complete.error());
  for (const std::string_view language : languages) {
    const std::string name = fmt::format("messages/{}.txt", language);
    auto read = Messages::read(name, files_[name], &*complete);
    if (!read) return tl::unexpected(read.error());
    messages_.emplace(language, std::move(*read));
  }
  for (const auto& [name, content] : files_) {
    if (!name.starts_with("templates/")) continue;
    if (const auto fault = Template::fault(content)) return base::fail(fmt::format("{}: {}", name, *fault));
  }
  return base::Done{};
}

std::vector<std::string> Texts::names() {
  std::vector<std::string> all;
  for (const base::EmbeddedFile& file : texts()) all.emplace_back(file.name);
  return all;
}

const Messages& Texts::messages(std::string_view language) const {
  const auto found = messages_.find(language);
  return found == messages_.end() ? messages_.find("fi")->second : found->second;
}

bool Texts::has_language(std::string_view language) {
  return std::find(std::begin(languages), std::end(languages), language) != std::end(languages);
}

}  // namespace sotevahti::digest
