#include "net/request_url.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/host_name.h"
#include "net/curl_handle.h"

namespace sotevahti::net {
namespace {

struct CurlFree {
  void operator()(char* text) const { curl_free(text); }
};

std::string part_of(CURLU* url, CURLUPart part, unsigned flags = 0) {
  char* raw = nullptr;
  if (curl_url_get(url, part, &raw, flags) != CURLUE_OK) return {};
  const std::unique_ptr<char, CurlFree> text(raw);
  return text.get();
}

bool starts_with_scheme(std::string_view url, std::string_view scheme) {
  return url.size() > scheme.size() && std::equal(scheme.begin(), scheme.end(), url.begin(), [](char a, char b) {
           return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b);
         });
}

bool is_http_or_https(std::string_view url) {
  return starts_with_scheme(url, "http://") || starts_with_scheme(url, "https://");
}

bool is_plain(std::string_view url) {
  return std::all_of(url.begin(), url.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return (c >= 0 && c < 0x20) || c == 0x7f; });
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view white = " \t\r\n\f";
  const auto first = text.find_first_not_of(white);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(white) - first + 1);
}

// Sets an address (relative to what the handle already holds, if it does) and makes it ASCII.
base::Result<std::string> encoded(CURLU* url, std::string_view address) {
  const CURLUcode code =
      curl_url_set(url, CURLUPART_URL, std::string(address).c_str(), CURLU_URLENCODE | CURLU_ALLOW_SPACE);
  if (code != CURLUE_OK) return base::fail(curl_url_strerror(code));
  const std::string host = part_of(url, CURLUPART_HOST);
  if (!base::is_ascii(host)) {
    const auto ascii = base::ascii_host(host);
    if (!ascii) return tl::unexpected(ascii.error());
    if (curl_url_set(url, CURLUPART_HOST, ascii->c_str(), 0) != CURLUE_OK) return base::fail("no host name");
  }
  std::string out = part_of(url, CURLUPART_URL);
  if (!is_http_or_https(out)) return base::fail("neither http nor https");
  if (!is_plain(out)) return base::fail("forbidden characters");
  return out;
}

}  // namespace

base::Result<std::string> request_url(std::string_view address) {
  const std::string_view text = trimmed(address);
  if (!is_http_or_https(text)) return base::fail("the address begins with neither http:// nor https://");
  if (is_plain(text)) return std::string(text);
  if (has_control(text)) return base::fail("the address has control characters");
  const UrlHandle url = make_url();
  return encoded(url.get(), text);
}

base::Result<std::string> redirect_url(const std::string& from, std::string_view location) {
  const std::string_view text = trimmed(location);
  if (has_control(text)) return base::fail("control characters");
  const UrlHandle url = make_url();
  if (curl_url_set(url.get(), CURLUPART_URL, from.c_str(), 0) != CURLUE_OK) return base::fail("no base address");
  auto next = encoded(url.get(), text);
  // They would be sent, and shown where the feed's address is.
  if (next && !(part_of(url.get(), CURLUPART_USER) + part_of(url.get(), CURLUPART_PASSWORD)).empty())
    return base::fail("a user name or password in the address");
  return next;
}

bool is_https(std::string_view url) { return starts_with_scheme(url, "https://"); }

bool same_origin(const std::string& a, const std::string& b) {
  const UrlHandle one = make_url();
  const UrlHandle other = make_url();
  if (curl_url_set(one.get(), CURLUPART_URL, a.c_str(), 0) != CURLUE_OK) return false;
  if (curl_url_set(other.get(), CURLUPART_URL, b.c_str(), 0) != CURLUE_OK) return false;
  const auto equal = [&](CURLUPart part) {
    return part_of(one.get(), part, CURLU_DEFAULT_PORT) == part_of(other.get(), part, CURLU_DEFAULT_PORT);
  };
  return equal(CURLUPART_SCHEME) && equal(CURLUPART_HOST) && equal(CURLUPART_PORT);
}

std::string host_of(const std::string& url) {
  const UrlHandle parsed = make_url();
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return {};
  std::string host = part_of(parsed.get(), CURLUPART_HOST);
  if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
  std::transform(host.begin(), host.end(), host.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return host;
}

}  // namespace sotevahti::net
