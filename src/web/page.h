// What every page shares: head, heading, search, languages, foot.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "web/html.h"
#include "web/visit.h"

namespace sotevahti::web {

struct Page {
  std::string title;                   // of the window; the site's name is added
  std::string filter;                  // what stands in the search box
  std::optional<std::string> outputs;  // the filter whose feeds and calendar the page offers
  Html main;
  int status = 200;
};

Response finish(const Visit& visit, Page page);

// A page that says one thing, and leads home.
Response notice_page(const Visit& visit, std::string title, std::string_view what);
// The same of what went wrong, and what to do.
Response error_page(const Visit& visit, int status, std::string_view what);

// What is wrong with a filter, in the reader's language.
std::string mistake_words(const Visit& visit, const archive::FilterError& error);
// A filter that cannot be read: where, why, and what may have been meant.
Response filter_error_page(const Visit& visit, std::string_view asked, const archive::FilterError& error);

// The same address with lang=.
std::string same_page_in(const Request& request, std::string_view language);

}  // namespace sotevahti::web
