#include "feed/person.h"

#include <algorithm>

#include "feed/ascii.h"

namespace sotevahti::feed {
namespace {

constexpr std::size_t npos = std::string_view::npos;

bool is_local_char(char c) { return is_alpha(c) || is_digit(c) || c == '_' || c == '-' || c == '.' || c == '+'; }
bool is_domain_char(char c) { return is_alpha(c) || is_digit(c) || c == '-' || c == '.'; }

struct Address {
  std::size_t begin = npos;
  std::size_t end = npos;
};

// The first thing in the text that has the form of a mail address.
Address find_address(std::string_view text) {
  for (std::size_t at = text.find('@'); at != npos; at = text.find('@', at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && is_local_char(text[begin - 1])) --begin;
    std::size_t end = at + 1;
    while (end < text.size() && is_domain_char(text[end])) ++end;
    while (end > at + 1 && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
    const std::string_view domain = text.substr(at + 1, end - at - 1);
    if (begin < at && domain.find('.') != npos && domain[0] != '.') return {begin, end};
  }
  return {};
}

// What brackets and words stood around the address alone.
std::string name_without(std::string_view before, std::string_view after) {
  if (equal_ignoring_case(before.substr(before.size() - std::min<std::size_t>(7, before.size())), "mailto:")) {
    before.remove_suffix(7);
  }
  if (after.starts_with("?subject=")) after.remove_prefix(std::min(after.find_first_of(" )>"), after.size()));
  before = trimmed(before);
  after = trimmed(after);
  const bool bracketed = !before.empty() && !after.empty() &&
                         ((before.back() == '<' && after[0] == '>') || (before.back() == '(' && after[0] == ')'));
  if (bracketed) {
    before.remove_suffix(1);
    after.remove_prefix(1);
  }
  std::string name(trimmed(before));
  if (!name.empty() && !trimmed(after).empty()) name += ' ';
  name += trimmed(after);
  std::string_view bare = name;
  if (bare.size() >= 2 && bare.front() == '(' && bare.back() == ')') bare = trimmed(bare.substr(1, bare.size() - 2));
  if (bare.size() >= 2 && bare.front() == '"' && bare.back() == '"') bare = trimmed(bare.substr(1, bare.size() - 2));
  return std::string(bare);
}

}  // namespace

Person person_of_text(std::string_view text) {
  text = trimmed(text);
  const Address address = find_address(text);
  Person person;
  if (address.begin == npos) {
    person.name = text;
    return person;
  }
  person.email = text.substr(address.begin, address.end - address.begin);
  person.name = name_without(text.substr(0, address.begin), text.substr(address.end));
  return person;
}

}  // namespace sotevahti::feed
