#include "web/http.h"

#include <algorithm>

#include "text/utf8.h"

namespace sotevahti::web {
namespace {

constexpr std::size_t most_pairs = 100;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// None on a `%` that two hexadecimal digits do not follow, or on bytes that are no UTF-8.
std::optional<std::string> decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  if (!text::is_valid_utf8(out) || out.find('\0') != out.npos) return std::nullopt;
  return out;
}

using Pairs = std::vector<std::pair<std::string, std::string>>;

// What cannot be decoded is left out; false where there was such a pair.
bool read_pairs(std::string_view text, Pairs& pairs) {
  bool is_whole = true;
  while (!text.empty() && pairs.size() < most_pairs) {
    const auto end = text.find('&');
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    const auto equals = pair.find('=');
    auto key = decode(pair.substr(0, equals), true);
    auto value = decode(equals == pair.npos ? std::string_view() : pair.substr(equals + 1), true);
    if (!key || !value) is_whole = false;
    else if (!key->empty()) pairs.emplace_back(std::move(*key), std::move(*value));
  }
  return is_whole;
}

}  // namespace

std::string_view Request::parameter(std::string_view name) const {
  for (const auto& [key, value] : query)
    if (key == name) return value;
  return {};
}

std::string_view Request::header(std::string_view lower_case_name) const {
  const auto at = headers.find(std::string(lower_case_name));
  return at == headers.end() ? std::string_view() : at->second;
}

std::vector<std::pair<std::string, std::string>> parse_form(std::string_view text) {
  Pairs pairs;
  read_pairs(text, pairs);
  return pairs;
}

std::optional<Target> parse_target(std::string_view target) {
  Target parsed;
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    target.remove_prefix(scheme.size());
    const auto end = std::min(target.find_first_of("/?#"), target.size());
    parsed.authority = target.substr(0, end);
    target.remove_prefix(end);
    if (parsed.authority.empty()) return std::nullopt;
    if (!target.starts_with('/')) parsed.path = "/";
  }
  target = target.substr(0, target.find('#'));
  const auto question = target.find('?');
  auto path = decode(target.substr(0, question), false);
  if (!path) return std::nullopt;
  parsed.path += *path;
  if (!parsed.path.starts_with('/')) return std::nullopt;
  // A question of which a part was lost on the way is another question.
  if (question != target.npos && !read_pairs(target.substr(question + 1), parsed.query)) return std::nullopt;
  return parsed;
}

}  // namespace sotevahti::web
