#include "net/curl_handle.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <new>

namespace sotevahti::net {
namespace {

void initialise_once() {
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (initialised != CURLE_OK) throw std::bad_alloc();
}

std::string text_of(const sockaddr& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void* bytes = nullptr;
  if (address.sa_family == AF_INET) bytes = &reinterpret_cast<const sockaddr_in*>(&address)->sin_addr;
  if (address.sa_family == AF_INET6) bytes = &reinterpret_cast<const sockaddr_in6*>(&address)->sin6_addr;
  if (bytes == nullptr || inet_ntop(address.sa_family, bytes, text.data(), text.size()) == nullptr) return "?";
  return text.data();
}

}  // namespace

EasyHandle make_easy() {
  initialise_once();
  EasyHandle easy(curl_easy_init());
  if (!easy) throw std::bad_alloc();
  return easy;
}

UrlHandle make_url() {
  initialise_once();
  UrlHandle url(curl_url());
  if (!url) throw std::bad_alloc();
  return url;
}

curl_socket_t open_judged_socket(const AddressPolicy& policy, const curl_sockaddr& address, std::string& blocked) {
  if (!policy.permits(address.addr)) {
    blocked = text_of(address.addr);
    return CURL_SOCKET_BAD;
  }
  return socket(address.family, address.socktype | SOCK_CLOEXEC, address.protocol);
}

}  // namespace sotevahti::net
