// Hands mails to one SMTP relay: one message for one recipient at a time, on a connection
// that is kept between them. Blocks, so it lives in a worker's thread; only stop() may be
// called from another one. Promises that no address and no message can say a command of
// its own to the relay, and that a password crosses no network in the clear unless the
// operator wrote "none". Does not retry, but for a kept connection that the relay had closed.
#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "net/address.h"
#include "net/smtp_reply.h"

namespace sotevahti::net {

enum class SmtpTls {
  required,      // STARTTLS or nothing; the certificate is verified
  when_offered,  // unverified where no password is at stake, as it could as well be stripped
  none
};

struct SmtpMessage {
  std::string from;          // envelope sender
  std::string to;            // one recipient
  std::string_view content;  // header and body, every line ended by CR LF
};

class SmtpRelay {
 public:
  struct Options {
    Options() {}
    std::string url;  // smtp://host:port or, with TLS from the first byte, smtps://host
    std::string username;
    std::string password;
    SmtpTls tls = SmtpTls::when_offered;
    // Judges the relay's address: the operator named it, so private ones are usual; the
    // default permits every address.
    AddressPolicy policy = AddressPolicy::parse({"0.0.0.0/0", "::/0"}).value();
    std::string hello_name;  // for EHLO; empty: the machine's name
    std::string ca_file;     // empty: the system's
    std::chrono::milliseconds connect_timeout{20000};
    std::chrono::milliseconds timeout{120000};  // of one message
  };
  explicit SmtpRelay(Options options);
  ~SmtpRelay();  // says QUIT and waits for no answer
  SmtpRelay(const SmtpRelay&) = delete;
  SmtpRelay& operator=(const SmtpRelay&) = delete;

  // Never throws for what the relay or the network does.
  SmtpReply send(const SmtpMessage& message);
  // Ends a send() that is under way within a second, and those to come at once. Any thread.
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sotevahti::net
