#include "digest/messages.h"

#include <fmt/format.h>

#include <span>
#include <vector>

namespace sotevahti::digest {
namespace {

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::string fill(std::string_view pattern, std::span<const std::pair<std::string_view, std::string_view>> values) {
  std::string out;
  while (!pattern.empty()) {
    const auto open = pattern.find('{');
    out += pattern.substr(0, open);
    if (open == std::string_view::npos) break;
    const auto close = pattern.find('}', open);
    if (close == std::string_view::npos) return out += pattern.substr(open);
    const std::string_view name = pattern.substr(open + 1, close - open - 1);
    for (const auto& [key, value] : values)
      if (key == name) out += value;
    pattern.remove_prefix(close + 1);
  }
  return out;
}

}  // namespace

base::Result<Messages> Messages::read(std::string_view file_name, std::string_view content, const Messages* like) {
  Messages messages;
  int line_number = 0;
  while (!content.empty()) {
    ++line_number;
    const auto end = content.find('\n');
    const std::string_view line = trim(content.substr(0, end));
    content.remove_prefix(end == std::string_view::npos ? content.size() : end + 1);
    if (line.empty() || line.front() == '#') continue;
    const auto equals = line.find('=');
    const std::string key(trim(line.substr(0, equals)));
    if (equals == std::string_view::npos || key.empty())
      return base::fail(fmt::format("{}:{}: a line is `key = text`", file_name, line_number));
    if (!messages.texts_.emplace(key, trim(line.substr(equals + 1))).second)
      return base::fail(fmt::format("{}:{}: {} stands here twice", file_name, line_number, key));
  }
  if (like) {
    for (const auto& [key, text] : like->texts_)
      if (!messages.has(key)) return base::fail(fmt::format("{}: {} is missing", file_name, key));
  }
  return messages;
}

std::string Messages::say(std::string_view key, Values values) const {
  const auto found = texts_.find(key);
  return found == texts_.end() ? std::string(key) : fill(found->second, {values.begin(), values.size()});
}

std::string Messages::count(std::string_view key, std::size_t n, Values values) const {
  const auto found = texts_.find(fmt::format("{}.{}", key, n == 1 ? "one" : "other"));
  if (found == texts_.end()) return std::string(key);
  std::string digits = std::to_string(n);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, say("number.group"));
  std::vector<std::pair<std::string_view, std::string_view>> all(values);
  all.emplace_back("n", digits);
  return fill(found->second, all);
}

}  // namespace sotevahti::digest
