// A filter with one condition more, less or other, for the links by which a page narrows
// itself. Pure; any thread.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "archive/filter.h"

namespace sotevahti::web {

// With `kind:value` in the place of such conditions as stand at the top of the filter.
archive::Filter narrowed(archive::Filter filter, archive::Filter::Kind kind, std::string_view value);
archive::Filter widened(archive::Filter filter, archive::Filter::Kind kind);
// The values of the conditions of that kind at the top of the filter.
std::vector<std::string> chosen(const archive::Filter& filter, archive::Filter::Kind kind);

// "/?q=area%3Alappi": a page that takes a filter, with this one.
std::string page_of(const archive::Filter& filter, std::string_view path = "/");
std::string page_of(std::string_view filter, std::string_view path = "/");

}  // namespace sotevahti::web
