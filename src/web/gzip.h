// Bodies in gzip (RFC 9110 8.4.1.3, RFC 1952), for clients that take it. Never for what is one
// reader's own: the length of a packed page would tell of the secrets in it.
#pragma once
#include <string>
#include <string_view>

#include "web/http.h"

namespace sotevahti::web {

std::string gzip(std::string_view plain);
// Of our own gzip(); throws std::runtime_error where it is not that.
std::string gunzip(std::string_view packed);

// By its Accept-Encoding (RFC 9110 12.5.3).
bool takes_gzip(const Request& request);

// Packs the body, where that is worth it.
void pack(Response& response);
// Unpacks it again for a client that does not take gzip.
void unpack_unless_taken(const Request& request, Response& response);

}  // namespace sotevahti::web
