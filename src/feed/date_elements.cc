// Dates. Of two elements that mean the same the last in the document counts; one
// that is no date says nothing.
#include <array>

#include "feed/place.h"
#include "text/feed_date.h"

namespace sotevahti::feed {
namespace {

template <Boxed<Date> Part::*member>
void read_date(const Element& element, Place& place) {
  std::string words = element.text();
  if (const auto time = text::parse_feed_date(words)) place.part.*member = Date{*time, std::move(words)};
}

constexpr std::array rows = {
    ElementRow{Ns::rss, "pubdate", read_date<&Part::published>},
    ElementRow{Ns::rss, "published", read_date<&Part::published>},
    ElementRow{Ns::rss, "issued", read_date<&Part::published>},
    ElementRow{Ns::dublin_terms, "issued", read_date<&Part::published>},
    ElementRow{Ns::rss, "updated", read_date<&Part::updated>},
    ElementRow{Ns::rss, "modified", read_date<&Part::updated>},
    ElementRow{Ns::rss, "lastbuilddate", read_date<&Part::updated>},
    ElementRow{Ns::dublin_core, "date", read_date<&Part::updated>},
    ElementRow{Ns::dublin_terms, "modified", read_date<&Part::updated>},
    ElementRow{Ns::rss, "created", read_date<&Part::created>},
    ElementRow{Ns::dublin_terms, "created", read_date<&Part::created>},
    ElementRow{Ns::rss, "expirationdate", read_date<&Part::expired>},
};

}  // namespace

std::span<const ElementRow> date_elements() { return rows; }

}  // namespace sotevahti::feed
