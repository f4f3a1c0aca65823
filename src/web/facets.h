// What a list of stories consists of, each part a link that narrows the list to it:
// area, topic, kind, language, source, time, with their numbers.
#pragma once
#include "archive/filter.h"
#include "archive/search.h"
#include "web/html.h"
#include "web/visit.h"

namespace sotevahti::web {

// The filter's facets, with the counts that the time's facet needs.
archive::Facets facets_of(const Visit& visit, const archive::Filter& filter);
void put_facets(Html& html, const Visit& visit, const archive::Filter& filter, const archive::Facets& facets);

// The conditions in force that a facet can take away again, above the list.
void put_conditions(Html& html, const Visit& visit, const archive::Filter& filter);

// What a reader calls the value of a condition.
std::string facet_name(const Visit& visit, archive::Filter::Kind kind, const std::string& value);

}  // namespace sotevahti::web
