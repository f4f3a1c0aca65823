// What libcurl's error codes mean to a person who reads why a source could not be had.
// Pure, but for what the handle knows of its transfer.
#pragma once
#include <curl/curl.h>

#include <string>
#include <string_view>

#include "net/http_client.h"

namespace sotevahti::net {

// Right after the transfer on that handle has ended; text is its CURLOPT_ERRORBUFFER.
// The detail is one line, whatever a server put into it.
NetFailure to_failure(CURL* easy, CURLcode code, std::string_view text);
std::string not_public(std::string_view address);

}  // namespace sotevahti::net
