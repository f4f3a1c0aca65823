// A story in a list: title, who tells it and when, what it is about, what closes.
#pragma once
#include <vector>

#include "archive/entry.h"
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

}  // namespace sotevahti::web
