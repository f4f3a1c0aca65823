// What every use of libcurl here shares: owners that clean up, the library's one
// initialisation, and the guard that judges the true address of a new connection.
// A handle belongs to one thread at a time.
#pragma once
#include <curl/curl.h>

#include <memory>
#include <string>

#include "net/address.h"

namespace sotevahti::net {

struct EasyCleanup {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct UrlCleanup {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using EasyHandle = std::unique_ptr<CURL, EasyCleanup>;
using UrlHandle = std::unique_ptr<CURLU, UrlCleanup>;

// A new handle; the first call initialises the library. Throws std::bad_alloc.
EasyHandle make_easy();
UrlHandle make_url();

// For CURLOPT_OPENSOCKETFUNCTION: a socket to an address that the policy permits. Otherwise
// CURL_SOCKET_BAD, and the address as text in blocked.
curl_socket_t open_judged_socket(const AddressPolicy& policy, const curl_sockaddr& address, std::string& blocked);

}  // namespace sotevahti::net
