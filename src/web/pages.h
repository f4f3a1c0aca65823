// The pages, one file each. Each answers one request; what it throws becomes a 500.
#pragma once
#include "web/http.h"
#include "web/visit.h"

namespace sotevahti::web {

Response front_page(const Visit& visit);
Response entry_page(const Visit& visit, archive::EntryId id);

}  // namespace sotevahti::web
