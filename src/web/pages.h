// The pages, one file each. Each answers one request, on a worker and by its reader of the archive; what it throws
// becomes a 500.
#pragma once
#include <string_view>

#include "web/http.h"
#include "web/visit.h"

namespace sotevahti::web {

Response front_page(const Visit& visit);
Response entry_page(const Visit& visit, archive::EntryId id);
Response areas_page(const Visit& visit);
Response area_page(const Visit& visit, std::string_view id);
Response topic_page(const Visit& visit, std::string_view id);
Response coverage_page(const Visit& visit);
Response deadlines_page(const Visit& visit);
Response feeds_page(const Visit& visit);
Response metrics_page(const Visit& visit);
Response digest_page(const Visit& visit, std::string_view token);
// They take POST too.
Response subscribe_page(const Visit& visit);
Response subscribe_sent_page(const Visit& visit);
// Behind mailed links.
Response confirm_page(const Visit& visit, std::string_view token);
Response unsubscribe_page(const Visit& visit, std::string_view token);
Response manage_page(const Visit& visit, std::string_view token);

}  // namespace sotevahti::web
