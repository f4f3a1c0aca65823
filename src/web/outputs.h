// What a filter finds, in the forms of others: Atom (RFC 4287, paged by RFC 5005), JSON
// Feed 1.1, iCalendar (RFC 5545), CSV and JSON Lines; and the catalogue as OPML 2.0.
// One file a form.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "web/html.h"
#include "web/http.h"
#include "web/question.h"
#include "web/visit.h"

namespace sotevahti::web {

Response atom_feed(const Visit& visit);
Response json_feed(const Visit& visit);
Response deadlines_calendar(const Visit& visit);
Response entries_csv(const Visit& visit);
Response entries_json_lines(const Visit& visit);
Response catalogue_opml(const Visit& visit);

// "https://sote.example.org", as readers see this site, without a slash at its end.
std::string public_url(const Visit& visit);
// The configured WebSub hub and the feed's own address as links of the answer itself, where
// WebSub looks first (section 4); nothing where there is no hub.
void name_hub(const Visit& visit, const std::string& own_address, Response& response);
// The site's name in identifiers that are for ever: a host, the same whoever asks.
std::string authority(const Visit& visit);
// "tag:sote.example.org,2026:entry/17": an entry's name for ever (RFC 4151).
std::string entry_tag(const Visit& visit, archive::EntryId id);
// "sotevahti: area:lappi".
std::string feed_title(std::string_view asked);
// The publisher's own page; ours where it named none.
std::string address_of(const Visit& visit, const archive::EntrySummary& entry);
// Who tells it; never empty.
std::string author_of(const archive::EntrySummary& entry);
// When an entry last changed: its last edit, or its arrival.
base::Time updated_at(const archive::EntryDetail& entry);

// What Atom and JSON Feed tell alike: a page of entries, whole.
struct FeedPage {
  Question question;
  std::vector<archive::EntryDetail> entries;
  std::string next;  // cursor; empty at the end
};
base::Result<FeedPage, Response> read_feed_page(const Visit& visit);

// On a page: the ways to subscribe to what a filter finds, and to take it along.
void put_outputs(Html& html, const Visit& visit, std::string_view filter);
// In a page's head: the same for programs.
void put_output_links(Html& html, const Visit& visit, std::string_view filter, std::string_view title);

}  // namespace sotevahti::web
