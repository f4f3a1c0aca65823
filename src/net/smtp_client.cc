#include "net/smtp_client.h"

#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>

#include "base/log.h"
#include "net/curl_failure.h"
#include "net/curl_handle.h"
#include "net/host_name.h"
#include "net/mail_address.h"

namespace sotevahti::net {
namespace {

struct ListCleanup {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::string host_in(const std::string& url) {
  const UrlHandle parsed = make_url();
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK) return {};
  char* raw = nullptr;
  if (curl_url_get(parsed.get(), CURLUPART_HOST, &raw, 0) != CURLUE_OK) return {};
  std::string host = raw;
  curl_free(raw);
  return host;
}

// A bare CR or LF is where servers disagree on what a line is (CVE-2023-51764).
bool has_bare_line_end(std::string_view text) {
  for (auto at = text.find_first_of("\r\n"); at != text.npos; at = text.find_first_of("\r\n", at)) {
    if (text.substr(at, 2) != "\r\n") return true;
    at += 2;
  }
  return false;
}

SmtpReply refusal(SmtpVerdict verdict, SmtpPhase phase, std::string text) {
  SmtpReply reply;
  reply.verdict = verdict;
  reply.phase = phase;
  reply.text = std::move(text);
  return reply;
}

}  // namespace

class SmtpRelay::Impl {
 public:
  explicit Impl(Options options) : options_(std::move(options)), easy_(make_easy()) { set_constants(); }
  ~Impl() { wait_for_no_answer(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  SmtpReply send(const SmtpMessage& message) {
    const auto from = envelope_address(message.from);
    if (!from) return refusal(SmtpVerdict::bad_relay, SmtpPhase::prepare, from.error().message);
    const auto to = envelope_address(message.to);
    if (!to) return refusal(SmtpVerdict::bad_recipient, SmtpPhase::prepare, to.error().message);
    if (has_bare_line_end(message.content)) {
      return refusal(SmtpVerdict::bad_message, SmtpPhase::prepare, "the message has a CR or LF that is not CR LF");
    }
    SmtpReply reply = perform(*from, *to, message.content);
    // A relay may close an idle connection, or say 421 to the next mail on it; nothing was handed over yet.
    const bool was_closed = reply.phase <= SmtpPhase::mail && (reply.code == 0 || reply.code == 421);
    if (reply.verdict == SmtpVerdict::later && was_closed && is_reused()) {
      curl_easy_setopt(easy_.get(), CURLOPT_FRESH_CONNECT, 1L);
      reply = perform(*from, *to, message.content);
      curl_easy_setopt(easy_.get(), CURLOPT_FRESH_CONNECT, 0L);
    }
    return reply;
  }

  void stop() { is_stopped_ = true; }

 private:
  void set_constants();
  SmtpReply perform(const std::string& from, const std::string& to, std::string_view content);
  SmtpReply reply_to(CURLcode code);
  bool is_reused();
  void wait_for_no_answer();

  static curl_socket_t open_socket(void* relay, curlsocktype, curl_sockaddr* address);
  static std::size_t give_content(char* room, std::size_t size, std::size_t count, void* relay);
  static std::size_t take_answer(char* line, std::size_t size, std::size_t count, void* relay);
  static int note_command(CURL*, curl_infotype type, char* data, std::size_t size, void* relay);
  static int check_stop(void* relay, curl_off_t, curl_off_t, curl_off_t, curl_off_t);

  const Options options_;
  std::atomic<bool> is_stopped_{false};
  EasyHandle easy_;
  std::array<char, CURL_ERROR_SIZE> error_text_{};
  std::string_view content_;  // what is still to be sent
  SmtpPhase phase_ = SmtpPhase::connect;
  int code_ = 0;
  std::string answer_;           // the relay's last one, without codes
  bool is_answer_open_ = false;  // "250-": more lines follow
  bool is_over_ = false;         // QUIT was said; what comes now is no verdict
  std::string blocked_;
};

void SmtpRelay::Impl::set_constants() {
  CURL* const easy = easy_.get();
  const bool is_at_risk = !options_.username.empty() && !is_loopback_host(host_in(options_.url));
  const bool needs_tls = options_.tls == SmtpTls::required || (options_.tls == SmtpTls::when_offered && is_at_risk);
  const bool verifies = needs_tls || options_.url.starts_with("smtps:");
  // For good: on a connection that is open already, a later CURLUSESSL_ALL would send in clear.
  const curl_usessl use = needs_tls ? CURLUSESSL_ALL : options_.tls == SmtpTls::none ? CURLUSESSL_NONE : CURLUSESSL_TRY;
  curl_easy_setopt(easy, CURLOPT_USE_SSL, static_cast<long>(use));
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, verifies ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, verifies ? 2L : 0L);
  curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
  if (!options_.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, options_.ca_file.c_str());

  const std::string url =
      options_.hello_name.empty() ? options_.url : fmt::format("{}/{}", options_.url, options_.hello_name);
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  if (!options_.username.empty()) {
    curl_easy_setopt(easy, CURLOPT_USERNAME, options_.username.c_str());
    curl_easy_setopt(easy, CURLOPT_PASSWORD, options_.password.c_str());
  }
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout.count()));
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.timeout.count()));
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error_text_.data());
  curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);

  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Impl::open_socket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
  curl_easy_setopt(easy, CURLOPT_READFUNCTION, &Impl::give_content);
  curl_easy_setopt(easy, CURLOPT_READDATA, this);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Impl::take_answer);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, &Impl::check_stop);
  curl_easy_setopt(easy, CURLOPT_XFERINFODATA, this);
  curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
  // The commands are seen in no other way; nothing of it is printed.
  curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, &Impl::note_command);
  curl_easy_setopt(easy, CURLOPT_DEBUGDATA, this);
  curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
}

SmtpReply SmtpRelay::Impl::perform(const std::string& from, const std::string& to, std::string_view content) {
  if (is_stopped_) return refusal(SmtpVerdict::later, SmtpPhase::prepare, "stopped");
  content_ = content;
  phase_ = SmtpPhase::connect;
  code_ = 0;
  answer_.clear();
  is_answer_open_ = false;
  is_over_ = false;
  blocked_.clear();
  const std::unique_ptr<curl_slist, ListCleanup> recipients(curl_slist_append(nullptr, to.c_str()));
  curl_easy_setopt(easy_.get(), CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(easy_.get(), CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(easy_.get(), CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(content.size()));
  const CURLcode code = curl_easy_perform(easy_.get());
  curl_easy_setopt(easy_.get(), CURLOPT_MAIL_RCPT, nullptr);
  return reply_to(code);
}

SmtpReply SmtpRelay::Impl::reply_to(CURLcode code) {
  if (code == CURLE_OK) {
    SmtpReply reply = judge_smtp_answer(SmtpPhase::data, code_, answer_);
    reply.verdict = SmtpVerdict::accepted;
    return reply;
  }
  if (is_stopped_) return refusal(SmtpVerdict::later, phase_, "stopped");
  if (!blocked_.empty()) return refusal(SmtpVerdict::bad_relay, SmtpPhase::connect, not_public(blocked_));
  if (code_ >= 400) return judge_smtp_answer(phase_, code_, answer_);
  const NetFailure failure = to_failure(easy_.get(), code, error_text_.data());
  if (failure.error == NetError::tls || code == CURLE_USE_SSL_FAILED) {
    return refusal(SmtpVerdict::bad_relay, SmtpPhase::tls, failure.detail);
  }
  const bool is_wrong_setting =
      failure.error == NetError::bad_url || code == CURLE_LOGIN_DENIED || code == CURLE_UNSUPPORTED_PROTOCOL;
  return refusal(is_wrong_setting ? SmtpVerdict::bad_relay : SmtpVerdict::later, phase_, failure.detail);
}

// A relay that hangs would keep us for minutes: what is read from now on is the end.
void SmtpRelay::Impl::wait_for_no_answer() {
  curl_socket_t socket = CURL_SOCKET_BAD;
  if (curl_easy_getinfo(easy_.get(), CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK && socket != CURL_SOCKET_BAD)
    ::shutdown(socket, SHUT_RD);
}

bool SmtpRelay::Impl::is_reused() {
  long opened = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_NUM_CONNECTS, &opened);
  return opened == 0;
}

// A kept connection is judged once: handle and policy are one relay's alone.
curl_socket_t SmtpRelay::Impl::open_socket(void* relay, curlsocktype, curl_sockaddr* address) {
  auto& self = *static_cast<Impl*>(relay);
  return open_judged_socket(self.options_.policy, *address, self.blocked_);
}

std::size_t SmtpRelay::Impl::give_content(char* room, std::size_t size, std::size_t count, void* relay) {
  auto& self = *static_cast<Impl*>(relay);
  const std::size_t now = std::min(size * count, self.content_.size());
  std::memcpy(room, self.content_.data(), now);
  self.content_.remove_prefix(now);
  return now;
}

std::size_t SmtpRelay::Impl::take_answer(char* line, std::size_t size, std::size_t count, void* relay) {
  auto& self = *static_cast<Impl*>(relay);
  constexpr std::size_t longest_answer = 2000;
  const std::string_view text(line, size * count);
  if (self.is_over_) return size * count;
  if (!self.is_answer_open_) self.answer_.clear();
  self.is_answer_open_ = text.size() > 3 && text[3] == '-';
  self.code_ = 0;
  for (std::size_t i = 0; i < 3 && i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i) {
    self.code_ = self.code_ * 10 + (text[i] - '0');
  }
  if (text.size() > 4 && self.answer_.size() < longest_answer) {
    auto words = text.substr(4);
    words = words.substr(0, words.find_last_not_of("\r\n ") + 1);
    if (!self.answer_.empty()) self.answer_ += ' ';
    self.answer_ += words;
  }
  return size * count;
}

int SmtpRelay::Impl::note_command(CURL*, curl_infotype type, char* data, std::size_t size, void* relay) {
  auto& self = *static_cast<Impl*>(relay);
  if (type != CURLINFO_HEADER_OUT) return 0;
  const std::string_view command(data, size);
  if (command.starts_with("QUIT")) self.is_over_ = true;
  if (self.is_over_) return 0;
  self.code_ = 0;  // the answer before was to another command
  self.answer_.clear();
  if (command.starts_with("STARTTLS")) self.phase_ = SmtpPhase::tls;
  if (command.starts_with("AUTH")) self.phase_ = SmtpPhase::auth;
  if (command.starts_with("MAIL")) self.phase_ = SmtpPhase::mail;
  if (command.starts_with("RCPT")) self.phase_ = SmtpPhase::rcpt;
  if (command.starts_with("DATA")) self.phase_ = SmtpPhase::data;
  return 0;
}

int SmtpRelay::Impl::check_stop(void* relay, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Impl*>(relay)->is_stopped_ ? 1 : 0;
}

SmtpRelay::SmtpRelay(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {}
SmtpRelay::~SmtpRelay() = default;
SmtpReply SmtpRelay::send(const SmtpMessage& message) { return impl_->send(message); }
void SmtpRelay::stop() { impl_->stop(); }

}  // namespace sotevahti::net
