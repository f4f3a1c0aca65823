// An error of the API and the output feeds: problem+json (RFC 9457).
#pragma once
#include <string>

#include "archive/filter.h"
#include "web/http.h"

namespace sotevahti::web {

Response problem(int status, const std::string& title, const std::string& detail);
// With the place in the filter as "position", and "suggestion" where there is one.
Response filter_problem(const archive::FilterError& error);

}  // namespace sotevahti::web
