// The fields of a form, whether they came in a body or behind a "?". Plain values.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/http.h"

namespace sotevahti::web {

class Form {
 public:
  // Of a POST its body, else what stands behind the "?".
  static Form of(const Request& request);

  bool has(std::string_view field) const;
  // The first value of that name, or "".
  std::string_view value(std::string_view field) const;
  std::vector<std::string> values(std::string_view field) const;

 private:
  explicit Form(std::vector<std::pair<std::string, std::string>> fields) : fields_(std::move(fields)) {}
  std::vector<std::pair<std::string, std::string>> fields_;
};

// A browser's POST that another site's page began. Programs that are no browsers say nothing of
// where they come from, and are let in (Fetch Metadata; Origin where a browser has only that). Our own
// pages are of the host that was asked, or, behind a proxy that asks by another, of `public_url`.
bool is_from_elsewhere(const Request& request, std::string_view public_url);

}  // namespace sotevahti::web
