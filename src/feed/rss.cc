// RSS 0.90 to 2.0. Items stand in the channel, or beside it in RSS 0.90 and 1.0.
#include <algorithm>
#include <array>
#include <utility>

#include "feed/ascii.h"
#include "feed/formats.h"

namespace sotevahti::feed {
namespace {

Format version_of_rdf(const Element& root) {
  if (root.scope().binds(Ns::rss10)) return Format::rss10;
  if (root.scope().binds(Ns::rss090)) return Format::rss090;
  return Format::rss;
}

Format version_of_rss(const Element& root) {
  constexpr std::array<std::pair<std::string_view, Format>, 4> versions = {
      {{"0.91", Format::rss091}, {"0.92", Format::rss092}, {"0.93", Format::rss093}, {"0.94", Format::rss094}}};
  const std::string version = root.attribute_or("version");
  const auto known = std::find_if(versions.begin(), versions.end(), [&](auto& one) { return one.first == version; });
  if (known != versions.end()) return known->second;
  return version.starts_with("2.") ? Format::rss20 : Format::rss;
}

}  // namespace

void read_rss(const Element& root, Document& document, const ParseOptions& options) {
  const bool rdf = equal_ignoring_case(root.name(), "rdf");
  document.format = rdf ? version_of_rdf(root) : version_of_rss(root);
  Place feed(document, document.feed, nullptr);
  root.each_child([&](const Element& child) {
    if (child.is_core("channel")) {
      if (auto about = child.attribute("about"); about && !about->empty()) document.feed.id = std::move(about);
      read_feed(child, feed, options.max_entries);
    } else if (child.is_core("item") || child.is_core("entry")) {
      read_entry(child, document, options.max_entries);
    } else if (child.is_core("image")) {
      read_element(child, feed);
    }
  });
  finish(feed);
}

}  // namespace sotevahti::feed
