// WordPress: teasers end in "[…]", texts in a line that says where the post appeared.
// Its guid, "?p=<id>", outlives every change of the slug.
#include <algorithm>
#include <array>

#include "feed/adapter.h"
#include "feed/ascii.h"
#include "text/html.h"
#include "text/url.h"

namespace sotevahti::feed {
namespace {

constexpr std::size_t npos = std::string_view::npos;

// The line that WordPress adds under a post, in the languages met.
constexpr std::array<std::string_view, 4> appeared_first = {"appeared first on", "julkaistiin ensimmäisen kerran",
                                                            "ilmestyi ensimmäisen kerran", "dök först upp på"};

bool is_appeared_line(std::string_view line) {
  return std::any_of(appeared_first.begin(), appeared_first.end(),
                     [&](auto words) { return line.find(words) != npos; });
}

std::string without_trailer(std::string_view text) {
  const std::size_t last = text.rfind('\n');
  const std::string_view line = last == npos ? text : text.substr(last + 1);
  if (is_appeared_line(line)) text = last == npos ? std::string_view() : trimmed(text.substr(0, last));
  for (const std::string_view mark : {"[…]", "[...]", "[&hellip;]"}) {
    if (text.ends_with(mark)) return std::string(trimmed(text.substr(0, text.size() - mark.size()))) + " …";
  }
  return std::string(text);
}

// Drops the paragraph with that line, as our sanitiser has written it.
void drop_appeared_paragraph(text::SafeHtml& html) {
  const std::size_t last = html.view().rfind("<p>");
  if (last == npos || !is_appeared_line(html.view().substr(last))) return;
  html = text::sanitize(trimmed(html.view().substr(0, last)));
}

bool is_post_id(std::string_view guid) {
  const std::string id = text::query_parameter(guid, "p");
  return !id.empty() && std::all_of(id.begin(), id.end(), is_digit);
}

bool fits(const AdapterInput& input, const Item&) {
  const auto& generator = input.document.feed.generator;
  if (generator &&
      (contains_ignoring_case(generator->name, "wordpress") || generator->name.find("//wordpress.org/") != npos)) {
    return true;
  }
  return input.entry.id && is_post_id(*input.entry.id);
}

void refine(const AdapterInput&, Item& item) {
  item.text = text::PlainText::from(without_trailer(item.text.view()));
  drop_appeared_paragraph(item.html);
}

}  // namespace

const Adapter wordpress = {"wordpress", fits, refine};

}  // namespace sotevahti::feed
