#include <fmt/format.h>
#include <sys/stat.h>

#include <cstdlib>

#include "base/content.h"
#include "deliver/mail_transport.h"
#include "net/smtp_client.h"

namespace sotevahti::deliver {
namespace {

constexpr int service_not_available = 421;  // RFC 5321 section 3.8: to any command

bool is_about_the_relay(const net::SmtpReply& reply) {
  return reply.code == service_not_available || reply.phase <= net::SmtpPhase::mail;
}

MailAnswer::Kind kind_of(const net::SmtpReply& reply) {
  switch (reply.verdict) {
    case net::SmtpVerdict::accepted: return MailAnswer::Kind::accepted;
    case net::SmtpVerdict::later: return is_about_the_relay(reply) ? MailAnswer::Kind::relay : MailAnswer::Kind::later;
    case net::SmtpVerdict::bad_recipient: return MailAnswer::Kind::bad_recipient;
    case net::SmtpVerdict::bad_message: return MailAnswer::Kind::refused;
    case net::SmtpVerdict::bad_relay: return MailAnswer::Kind::relay;
  }
  return MailAnswer::Kind::relay;
}

class SmtpTransport final : public MailTransport {
 public:
  explicit SmtpTransport(net::SmtpRelay::Options options) : relay_(std::move(options)) {}

  MailAnswer send(const std::string& from, const std::string& to, const std::string&,
                  std::string_view message) override {
    const net::SmtpReply reply = relay_.send({from, to, message});
    return {kind_of(reply), reply.code == 0 ? fmt::format("{}: {}", net::to_string(reply.phase), reply.text)
                                            : fmt::format("{} {}", reply.code, reply.text)};
  }
  void stop() override { relay_.stop(); }

 private:
  net::SmtpRelay relay_;
};

// A file that others may read is no place for a password; systemd's credentials have a folder that
// only the service sees.
base::Result<std::string> read_password(const std::filesystem::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0)
    return base::fail(fmt::format("mail.password_file: {} cannot be read", file.string()));
  const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");  // NOLINT(concurrency-mt-unsafe): nothing sets it
  const bool is_credential = credentials && file.parent_path() == std::filesystem::path(credentials);
  if ((status.st_mode & 077) != 0 && !is_credential)
    return base::fail(fmt::format("mail.password_file: others may read {}; chmod 600 it", file.string()));
  constexpr std::size_t most_bytes = std::size_t{1} << 20;
  auto password = base::content_of(file, most_bytes);
  if (!password) return base::fail(fmt::format("mail.password_file: {} {}", file.string(), password.error().message));
  while (password->ends_with('\n') || password->ends_with('\r')) password->pop_back();
  return password;
}

net::SmtpTls tls_of(config::Settings::Mail::Tls tls) {
  switch (tls) {
    case config::Settings::Mail::Tls::required: return net::SmtpTls::required;
    case config::Settings::Mail::Tls::when_offered: return net::SmtpTls::when_offered;
    case config::Settings::Mail::Tls::none: return net::SmtpTls::none;
  }
  return net::SmtpTls::required;
}

}  // namespace

base::Result<std::unique_ptr<MailTransport>> make_transport(const config::Settings& settings) {
  const config::Settings::Mail& mail = settings.mail;
  if (mail.transport == config::Settings::Mail::Transport::file) return make_file_transport(mail.dir);
  net::SmtpRelay::Options options;
  options.url = mail.url;
  options.username = mail.username;
  options.tls = tls_of(mail.tls);
  if (!mail.password_file.empty()) {
    auto password = read_password(mail.password_file);
    if (!password) return tl::unexpected(password.error());
    options.password = std::move(*password);
  }
  return std::make_unique<SmtpTransport>(std::move(options));
}

}  // namespace sotevahti::deliver
