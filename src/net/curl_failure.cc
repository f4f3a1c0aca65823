#include "net/curl_failure.h"

#include <fmt/format.h>

#include "base/log.h"

namespace sotevahti::net {
namespace {

NetError class_of(CURLcode code) {
  switch (code) {
    case CURLE_URL_MALFORMAT: return NetError::bad_url;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY: return NetError::dns;
    case CURLE_COULDNT_CONNECT: return NetError::connect;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_SHUTDOWN_FAILED:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS: return NetError::tls;
    case CURLE_OPERATION_TIMEDOUT: return NetError::timeout;
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE: return NetError::reset;
    case CURLE_TOO_MANY_REDIRECTS: return NetError::too_many_redirects;
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WRITE_ERROR: return NetError::packing;      // what we ourselves refuse to take is told before
    case CURLE_OUT_OF_MEMORY: return NetError::too_large;  // curl's word for a header line over 100 KiB
    default: return NetError::protocol;                    // an unsupported scheme is refused before curl sees it
  }
}

// How far it had come says what to look at.
NetFailure timed_out(CURL* easy, std::string_view text) {
  double resolved = 0;
  double connected = 0;
  double answered = 0;
  curl_easy_getinfo(easy, CURLINFO_NAMELOOKUP_TIME, &resolved);
  curl_easy_getinfo(easy, CURLINFO_CONNECT_TIME, &connected);
  curl_easy_getinfo(easy, CURLINFO_STARTTRANSFER_TIME, &answered);
  if (resolved <= 0) return {NetError::dns, fmt::format("the name was not resolved in time ({})", text)};
  if (connected <= 0) return {NetError::timeout, fmt::format("no connection ({})", text)};
  if (answered <= 0) return {NetError::timeout, fmt::format("no answer ({})", text)};
  return {NetError::timeout, fmt::format("the answer did not end ({})", text)};
}

// Where curl speaks of itself ("Failed writing received data to disk").
std::string_view own_words(CURLcode code) {
  switch (code) {
    case CURLE_WRITE_ERROR: return "the body is not packed as its Content-Encoding says, or something follows it";
    case CURLE_OUT_OF_MEMORY: return "a header line of more than 100 KiB, or no memory left";
    default: return {};
  }
}

}  // namespace

NetFailure to_failure(CURL* easy, CURLcode code, std::string_view text) {
  if (text.empty()) text = curl_easy_strerror(code);
  if (const std::string_view own = own_words(code); !own.empty()) text = own;
  const std::string safe = base::one_line(text);
  if (code == CURLE_OPERATION_TIMEDOUT) return timed_out(easy, safe);
  return {class_of(code), safe};
}

std::string not_public(std::string_view address) { return fmt::format("{} is not a public address", address); }

std::string_view to_string(NetError error) {
  switch (error) {
    case NetError::bad_url: return "bad-url";
    case NetError::dns: return "dns";
    case NetError::connect: return "connect";
    case NetError::tls: return "tls";
    case NetError::timeout: return "timeout";
    case NetError::too_large: return "too-large";
    case NetError::too_many_redirects: return "too-many-redirects";
    case NetError::blocked_address: return "blocked-address";
    case NetError::reset: return "reset";
    case NetError::protocol: return "protocol";
    case NetError::packing: return "packing";
    case NetError::cancelled: return "cancelled";
  }
  return "protocol";
}

}  // namespace sotevahti::net
