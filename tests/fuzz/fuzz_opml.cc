// Any bytes as OPML: refused, or a list that reads back the same when it is written.
#include <cstdint>
#include <string_view>

#include "feed/opml.h"
#include "fuzz/demand.h"
#include "text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sotevahti;
  using test_support::demand;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto feeds = feed::read_opml(input);
  if (!feeds) {
    demand(!feeds.error().message.empty(), "refused without a cause", input);
    return 0;
  }
  for (const auto& feed : *feeds) {
    std::string scheme(feed.url, 0, feed.url.find(':'));
    for (char& c : scheme) c |= ' ';  // in lower case
    demand(scheme == "http" || scheme == "https", "another scheme", feed.url);
    demand(text::is_valid_utf8(feed.title) && text::is_valid_utf8(feed.url), "invalid UTF-8", input);
  }
  const auto again = feed::read_opml(feed::write_opml("Syötteet", *feeds));
  demand(again.has_value() && again->size() == feeds->size(), "lost when written", input);
  for (std::size_t i = 0; i < feeds->size(); ++i)
    demand((*again)[i].url == (*feeds)[i].url && (*again)[i].row == (*feeds)[i].row, "another row when written",
           (*feeds)[i].url);
  return 0;
}
