// "/api/v1": entries, stories, areas, topics, feeds, deadlines and coverage as JSON, read
// only; described by /api/v1/openapi.json, to which tests hold it. One file a group.
#pragma once
#include <string_view>

#include "web/http.h"
#include "web/visit.h"

namespace sotevahti::web {

// `rest` of the path after "/api/". None of ours: a problem of status 404.
Response api(const Visit& visit, std::string_view rest);

Response api_entries(const Visit& visit);
Response api_entry(const Visit& visit, archive::EntryId id);
Response api_stories(const Visit& visit);
Response api_story(const Visit& visit, archive::StoryId id);
Response api_areas(const Visit& visit);
Response api_topics(const Visit& visit);
Response api_feeds(const Visit& visit);
Response api_deadlines(const Visit& visit);
Response api_coverage(const Visit& visit);

}  // namespace sotevahti::web
