#include "feed/vocabulary.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "feed/ascii.h"
#include "feed/namespaces.h"

namespace sotevahti::feed {
namespace {

// Longer than any name below.
constexpr std::size_t longest = 24;

const std::unordered_map<std::string_view, Role>& roles() {
  static const std::unordered_map<std::string_view, Role> table = {
      {"rss", Role::container},      {"rdf", Role::container},       {"channel", Role::container},
      {"feed", Role::container},     {"item", Role::item},           {"entry", Role::item},
      {"image", Role::group},        {"textinput", Role::group},     {"contributor", Role::group},
      {"author", Role::group},       {"description", Role::leaf},    {"guid", Role::leaf},
      {"pubdate", Role::leaf},       {"category", Role::leaf},       {"comments", Role::leaf},
      {"enclosure", Role::leaf},     {"copyright", Role::leaf},      {"language", Role::leaf},
      {"lastbuilddate", Role::leaf}, {"managingeditor", Role::leaf}, {"webmaster", Role::leaf},
      {"generator", Role::leaf},     {"docs", Role::leaf},           {"ttl", Role::leaf},
      {"updated", Role::leaf},       {"published", Role::leaf},      {"issued", Role::leaf},
      {"modified", Role::leaf},      {"created", Role::leaf},        {"id", Role::leaf},
      {"content", Role::leaf},       {"rights", Role::leaf},         {"subtitle", Role::leaf},
      {"tagline", Role::leaf},       {"abstract", Role::leaf},       {"title", Role::ambiguous},
      {"link", Role::ambiguous},     {"summary", Role::ambiguous},   {"source", Role::ambiguous},
  };
  return table;
}

bool is_module(Ns ns) {
  switch (ns) {
    case Ns::dublin_core:
    case Ns::dublin_terms:
    case Ns::content:
    case Ns::itunes:
    case Ns::media:
    case Ns::well_formed_web:
    case Ns::syndication: return true;
    default: return false;
  }
}

}  // namespace

Role role_of(std::string_view qualified_name) {
  const std::size_t colon = qualified_name.find(':');
  if (colon != std::string_view::npos) {
    const Ns ns = namespace_of_usual_prefix(qualified_name.substr(0, colon));
    if (is_module(ns)) {
      const std::string_view name = qualified_name.substr(colon + 1);
      return equal_ignoring_case(name, "group") || equal_ignoring_case(name, "owner") ? Role::group : Role::leaf;
    }
    if (!is_core(ns) && ns != Ns::rdf) return Role::none;
    qualified_name.remove_prefix(colon + 1);
  }
  if (qualified_name.size() > longest) return Role::none;
  std::array<char, longest> name{};
  std::transform(qualified_name.begin(), qualified_name.end(), name.begin(), [](char c) { return lower(c); });
  const auto found = roles().find(std::string_view(name.data(), qualified_name.size()));
  return found == roles().end() ? Role::none : found->second;
}

bool is_void_html(std::string_view name) {
  constexpr std::array<std::string_view, 5> names = {"br", "hr", "img", "wbr", "input"};
  return std::any_of(names.begin(), names.end(), [&](auto one) { return equal_ignoring_case(one, name); });
}

}  // namespace sotevahti::feed
