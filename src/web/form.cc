#include "web/form.h"

#include <algorithm>

#include "text/words.h"

namespace sotevahti::web {

Form Form::of(const Request& request) {
  return Form(request.method == "POST" ? parse_form(request.body) : request.query);
}

bool Form::has(std::string_view field) const {
  return std::any_of(fields_.begin(), fields_.end(), [&](const auto& each) { return each.first == field; });
}

std::string_view Form::value(std::string_view field) const {
  for (const auto& [name, value] : fields_)
    if (name == field) return value;
  return {};
}

std::vector<std::string> Form::values(std::string_view field) const {
  std::vector<std::string> all;
  for (const auto& [name, value] : fields_)
    if (name == field) all.push_back(value);
  return all;
}

bool is_from_elsewhere(const Request& request, std::string_view public_url) {
  if (const auto site = request.header("sec-fetch-site"); !site.empty()) return site != "same-origin" && site != "none";
  const std::string origin = text::lower(request.header("origin"));
  if (origin.empty()) return false;
  const auto host = origin.find("://");
  if (host == origin.npos) return true;  // "null"
  const std::string ours = text::lower(public_url.substr(0, public_url.find('/', public_url.find("://") + 3)));
  return origin != ours && origin.substr(host + 3) != text::lower(request.header("host"));
}

}  // namespace sotevahti::web
