#include "net/transfer.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <utility>

#include "base/log.h"
#include "net/curl_failure.h"
#include "net/host_name.h"
#include "net/request_url.h"

namespace sotevahti::net {
namespace {

constexpr std::size_t max_header_bytes = std::size_t{64} << 10;  // of one answer, its 1xx forerunners too
constexpr std::size_t max_headers = 256;
// The body of a redirect is read only to keep the connection; past this it is not worth it.
constexpr std::size_t max_redirect_body = std::size_t{64} << 10;
constexpr long least_bytes_per_second = 64;
constexpr const char* packings = "gzip, br";

std::string to_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view white = " \t\r\n";
  const auto first = text.find_first_not_of(white);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(white) - first + 1);
}

// A stray CR or NUL in a header line becomes a space (RFC 9110, 5.5), so that a validator can be sent back.
std::string safe_value(std::string_view value) {
  std::string out(value);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
  return out;
}

bool breaks_line(std::string_view text) { return text.find_first_of(std::string_view("\r\n\0", 3)) != text.npos; }

bool is_credential(std::string_view line) {
  const std::string name = to_lower(line.substr(0, line.find_first_of(":;")));
  return name == "authorization" || name == "cookie";
}

tl::unexpected<NetFailure> fail(NetError error, std::string detail) {
  return tl::unexpected<NetFailure>(NetFailure{error, std::move(detail)});
}

}  // namespace

Transfer::Transfer(const HttpClient::Options& options, const AddressPolicy& policy)
    : options_(options), policy_(policy), easy_(make_easy()) {
  set_constants();
}

void Transfer::set_constants() {
  CURL* const easy = easy_.get();
  curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error_text_.data());
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  // Without it a lookup that hangs would hold the whole loop when its transfer ends.
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);

  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Transfer::open_socket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
  curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &Transfer::before_request);
  curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Transfer::take_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::take_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);

  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_HTTP09_ALLOWED, 0L);
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);             // follow() does, with each hop under the limits
  curl_easy_setopt(easy, CURLOPT_PROXY, options_.proxy.c_str());  // "" shuts out the environment's
  curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, packings);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, least_bytes_per_second);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(options_.stall_timeout.count()));

  // With a folder of certificates curl would parse them all at each connection; one file it keeps parsed.
  curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
  if (!options_.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, options_.ca_file.c_str());
}

NetResult<base::Done> Transfer::begin(HttpRequest request) {
  clear();
  request_ = std::move(request);
  started_ = std::chrono::steady_clock::now();
  if (is_unpacked_ != request_.unpacked) set_packings(request_.unpacked);
  auto url = request_url(request_.url);
  if (!url) return fail(NetError::bad_url, url.error().message);
  if (auto set = set_headers(); !set) return set;
  link_headers(true);
  set_method();
  curl_easy_setopt(easy(), CURLOPT_CONNECTTIMEOUT_MS,
                   std::max(1L, static_cast<long>(request_.connect_timeout.count())));
  return set_hop(std::move(*url));
}

void Transfer::set_method() {
  curl_easy_setopt(easy(), CURLOPT_NOBODY, request_.method == Method::head ? 1L : 0L);
  if (request_.method == Method::get) curl_easy_setopt(easy(), CURLOPT_HTTPGET, 1L);
  if (request_.method == Method::post) {
    curl_easy_setopt(easy(), CURLOPT_POST, 1L);
    curl_easy_setopt(easy(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    curl_easy_setopt(easy(), CURLOPT_POSTFIELDS, request_.body.data());
  }
  if (user_agent_ != request_.user_agent) {
    user_agent_ = request_.user_agent;
    curl_easy_setopt(easy(), CURLOPT_USERAGENT, user_agent_.empty() ? nullptr : user_agent_.c_str());
  }
}

NetResult<base::Done> Transfer::set_headers() {
  header_count_ = 0;
  const auto next_line = [&]() -> std::string& {
    if (header_count_ == header_lines_.size()) header_lines_.emplace_back();
    return header_lines_[header_count_++];
  };
  for (const auto& [name, value] : request_.headers) {
    if (name.empty() || breaks_line(name) || breaks_line(value)) {
      return fail(NetError::protocol, fmt::format("the header \"{}\" to be sent has a line break", name));
    }
    // curl's spelling: "Name;" sends the name alone, "Name:" would send nothing.
    next_line().assign(name).append(value.empty() ? ";" : ": ").append(value);
  }
  if (request_.method == Method::post) next_line().assign("Expect:");
  if (breaks_line(request_.user_agent)) return fail(NetError::protocol, "the user agent has a line break");
  return base::Done{};
}

// curl reads the list and never changes it, so it can point into strings of ours.
void Transfer::link_headers(bool with_credentials) {
  header_list_.clear();
  for (std::size_t i = 0; i < header_count_; ++i) {
    if (with_credentials || !is_credential(header_lines_[i]))
      header_list_.push_back({header_lines_[i].data(), nullptr});
  }
  for (std::size_t i = 1; i < header_list_.size(); ++i) header_list_[i - 1].next = &header_list_[i];
  curl_easy_setopt(easy(), CURLOPT_HTTPHEADER, header_list_.empty() ? nullptr : header_list_.data());
}

NetResult<base::Done> Transfer::set_hop(std::string url) {
  url_ = std::move(url);
  header_bytes_ = headers_seen_ = redirect_bytes_ = 0;
  blocked_.clear();
  too_large_.clear();
  if (!options_.proxy.empty() && !permits_by_proxy(host_of(url_))) {
    return fail(NetError::blocked_address, not_public(host_of(url_)));
  }
  const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started_);
  curl_easy_setopt(easy(), CURLOPT_TIMEOUT_MS, std::max(1L, static_cast<long>((request_.timeout - spent).count())));
  // Worth waiting for another transfer's handshake only where that may bring HTTP/2.
  curl_easy_setopt(easy(), CURLOPT_PIPEWAIT, is_https(url_) ? 1L : 0L);
  curl_easy_setopt(easy(), CURLOPT_URL, url_.c_str());
  return base::Done{};
}

// The sockets lead to the proxy, which looks names up itself: what can be judged is what the URL says.
bool Transfer::permits_by_proxy(const std::string& host) const {
  if (AddressPolicy::is_address(host)) return policy_.permits(host);
  return !is_loopback_host(host) || policy_.permits("127.0.0.1");
}

bool Transfer::is_redirect() const {
  return request_.follow_redirects && request_.method != Method::post && reply_.is_redirect();
}

NetResult<bool> Transfer::follow(CURLcode code) {
  curl_off_t body = 0;
  long headers = 0;
  curl_easy_getinfo(easy(), CURLINFO_SIZE_DOWNLOAD_T, &body);
  curl_easy_getinfo(easy(), CURLINFO_HEADER_SIZE, &headers);
  reply_.wire_bytes += static_cast<std::size_t>(body) + static_cast<std::size_t>(headers);

  // A redirect's own body is of no use, whether it was too long or packed in an odd way.
  if ((code != CURLE_OK && !is_body_unreadable(code)) || !is_redirect()) return false;
  if (reply_.redirects.size() >= static_cast<std::size_t>(std::max(0, request_.max_redirects))) {
    return fail(NetError::too_many_redirects, fmt::format("more than {} redirects", request_.max_redirects));
  }
  auto next = redirect_url(url_, reply_.header("location"));
  if (!next) {
    return fail(NetError::bad_url,
                base::one_line(fmt::format("redirected ({}) to \"{}\": {}", reply_.status,
                                           reply_.header("location").substr(0, 200), next.error().message)));
  }
  reply_.redirects.push_back({reply_.status, *next});
  if (!same_origin(url_, *next)) link_headers(false);
  if (auto set = set_hop(std::move(*next)); !set) return tl::unexpected(set.error());
  return true;
}

bool Transfer::is_body_unreadable(CURLcode code) const {
  return (code == CURLE_WRITE_ERROR || code == CURLE_BAD_CONTENT_ENCODING) && too_large_.empty();
}

void Transfer::set_packings(bool unpacked) {
  is_unpacked_ = unpacked;
  curl_easy_setopt(easy(), CURLOPT_ACCEPT_ENCODING, is_unpacked_ ? "identity" : packings);
  curl_easy_setopt(easy(), CURLOPT_HTTP_CONTENT_DECODING, is_unpacked_ ? 0L : 1L);
}

// Gzip can be told by its bytes, Brotli only by what it is not: the beginning of a document.
bool Transfer::came_packed() const {
  if (reply_.body.starts_with("\x1f\x8b")) return true;
  const std::string_view body = trimmed(reply_.body);
  return to_lower(reply_.header("content-encoding")) == "br" && !body.starts_with('<') && !body.starts_with('{') &&
         !body.starts_with("\xef\xbb\xbf");
}

NetResult<HttpReply> Transfer::take_reply(CURLcode code) {
  if (is_body_unreadable(code) && (reply_.status < 200 || reply_.status > 299)) {
    // Neither a redirect nor an error is judged by its body: what else it says counts (Retry-After, 410).
    reply_.body.clear();
    code = CURLE_OK;
  }
  if (code == CURLE_OK && is_unpacked_ && came_packed()) code = CURLE_WRITE_ERROR;
  if (code != CURLE_OK) return tl::unexpected(failure(code));
  reply_.effective_url = std::move(url_);
  return std::move(reply_);
}

void Transfer::clear() {
  request_ = HttpRequest();
  reply_ = HttpReply();
}

NetFailure Transfer::failure(CURLcode code) const {
  if (!too_large_.empty()) return {NetError::too_large, too_large_};
  if (!blocked_.empty()) return {NetError::blocked_address, not_public(blocked_)};
  return to_failure(easy(), code, error_text_.data());
}

curl_socket_t Transfer::open_socket(void* transfer, curlsocktype, curl_sockaddr* address) {
  auto& self = *static_cast<Transfer*>(transfer);
  static const AddressPolicy any = AddressPolicy::parse({"0.0.0.0/0", "::/0"}).value();
  return open_judged_socket(self.options_.proxy.empty() ? self.policy_ : any, *address, self.blocked_);
}

// open_socket is not asked for a connection that is used again.
int Transfer::before_request(void* transfer, char* peer, char*, int, int) {
  auto& self = *static_cast<Transfer*>(transfer);
  if (!self.options_.proxy.empty() || self.policy_.permits(peer)) {
    self.blocked_.clear();  // another address of the same host was permitted
    return CURL_PREREQFUNC_OK;
  }
  self.blocked_ = peer;
  return CURL_PREREQFUNC_ABORT;
}

std::size_t Transfer::take_header(char* data, std::size_t size, std::size_t count, void* transfer) {
  return static_cast<Transfer*>(transfer)->accept_header({data, size * count}) ? size * count : 0;
}

bool Transfer::accept_header(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > max_header_bytes || ++headers_seen_ > max_headers) {
    too_large_ = fmt::format("more than {} headers or {} KiB of them", max_headers, max_header_bytes >> 10);
    return false;
  }
  if (line.starts_with("HTTP/")) {
    long status = 0;
    curl_easy_getinfo(easy(), CURLINFO_RESPONSE_CODE, &status);
    reply_.status = static_cast<int>(status);
    reply_.headers.clear();
    return true;
  }
  const auto colon = line.find(':');
  if (colon == line.npos) return true;
  reply_.headers.emplace_back(to_lower(line.substr(0, colon)), safe_value(trimmed(line.substr(colon + 1))));
  return true;
}

// Feeds shrink to a fifth or less when packed. Only a guess, so a small one.
std::size_t Transfer::likely_size() const {
  constexpr curl_off_t most = 256 << 10;
  curl_off_t announced = -1;
  curl_easy_getinfo(easy(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
  if (announced > 0 && !reply_.header("content-encoding").empty()) announced *= 6;
  return std::min(request_.max_bytes, static_cast<std::size_t>(std::clamp<curl_off_t>(announced, 0, most)));
}

std::size_t Transfer::take_body(char* data, std::size_t size, std::size_t count, void* transfer) {
  return static_cast<Transfer*>(transfer)->accept_body({data, size * count}) ? size * count : 0;
}

// The bytes are decoded: CURLOPT_MAXFILESIZE would count neither a body without a length nor a gzip bomb.
bool Transfer::accept_body(std::string_view bytes) {
  if (is_redirect()) {
    redirect_bytes_ += bytes.size();
    return redirect_bytes_ <= max_redirect_body;
  }
  if (!may_hold(reply_.body.size() + bytes.size())) return false;
  try {  // above us is curl, which is C
    if (reply_.body.empty()) reply_.body.reserve(likely_size());
    reply_.body.append(bytes);
  } catch (const std::bad_alloc&) {
    too_large_ = fmt::format("more than there is memory for, after {} bytes", reply_.body.size());
    reply_.body = {};
    return false;
  }
  return true;
}

bool Transfer::may_hold(std::size_t bytes) {
  if (bytes > request_.max_bytes) {
    too_large_ = fmt::format("more than {} bytes", request_.max_bytes);
    return false;
  }
  if (bytes > request_.modest_bytes && request_.may_grow) {
    if (!std::exchange(request_.may_grow, nullptr)()) {
      too_large_ = "too many large answers at once";
      return false;
    }
  }
  return true;
}

}  // namespace sotevahti::net
