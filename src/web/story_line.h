// A story in a list: title, who tells it and when, what it is about, what closes.
#pragma once
#include "archive/entry.h"
#include "web/html.h"
#include "web/visit.h"

namespace sotevahti::web {

void put_story(Html& html, const Visit& visit, const archive::EntrySummary& entry);
// Areas and topics as links to what else there is about them.
void put_tags(Html& html, const Visit& visit, const archive::EntrySummary& entry);
void put_deadline(Html& html, const Visit& visit, const archive::StoredDeadline& stored);

}  // namespace sotevahti::web
