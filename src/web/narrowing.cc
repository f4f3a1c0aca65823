#include "web/narrowing.h"

#include <algorithm>

#include "text/url.h"

namespace sotevahti::web {

using archive::Filter;

namespace {

std::vector<Filter> conditions(Filter filter) {
  if (filter.kind == Filter::Kind::everything) return {};
  if (filter.kind == Filter::Kind::both) return std::move(filter.parts);
  std::vector<Filter> one;
  one.push_back(std::move(filter));
  return one;
}

Filter all_of(std::vector<Filter> parts) {
  if (parts.empty()) return {};
  if (parts.size() == 1) return std::move(parts.front());
  return {Filter::Kind::both, {}, std::move(parts)};
}

}  // namespace

Filter widened(Filter filter, Filter::Kind kind) {
  std::vector<Filter> parts = conditions(std::move(filter));
  std::erase_if(parts, [&](const Filter& part) { return part.kind == kind; });
  return all_of(std::move(parts));
}

Filter narrowed(Filter filter, Filter::Kind kind, std::string_view value) {
  std::vector<Filter> parts = conditions(widened(std::move(filter), kind));
  parts.push_back({kind, {std::string(value)}, {}});
  return all_of(std::move(parts));
}

std::vector<std::string> chosen(const Filter& filter, Filter::Kind kind) {
  std::vector<std::string> values;
  for (const Filter& part : conditions(filter))
    if (part.kind == kind) values.insert(values.end(), part.values.begin(), part.values.end());
  return values;
}

std::string page_of(std::string_view filter, std::string_view path) {
  std::string address(path);
  if (!filter.empty()) address.append("?q=").append(text::percent_encode(filter));
  return address;
}

std::string page_of(const Filter& filter, std::string_view path) {
  return page_of(archive::print_filter(filter), path);
}

}  // namespace sotevahti::web
