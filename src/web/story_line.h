// A story in a list: title, who tells it and when, what it is about, what closes.
#pragma once
#include <span>
#include <vector>

#include "archive/entry.h"
#include "archive/search.h"
#include "web/html.h"
#include "web/visit.h"

namespace sotevahti::web {

// Stories under headings of their days, as they are given.
void put_by_day(Html& html, const Visit& visit, const std::vector<archive::EntrySummary>& entries);
// One after the other, each with its day.
void put_list(Html& html, const Visit& visit, const std::vector<archive::EntrySummary>& entries);
// Areas and topics as links to what else there is about them.
void put_tags(Html& html, const Visit& visit, const archive::EntrySummary& entry);
void put_deadline(Html& html, const Visit& visit, const archive::StoredDeadline& stored);
// Deadlines in the order given, each with its entry's title as a link.
void put_closing(Html& html, const Visit& visit, std::span<const archive::DeadlineRow> rows);

}  // namespace sotevahti::web
