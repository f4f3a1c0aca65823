// The way out for mail: a folder or a relay. Takes one whole message for one recipient
// and says what became of it, sorted by whose fault it is. May block: called from the
// outbox's worker thread, one message at a time.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "config/settings.h"

namespace sotevahti::deliver {

struct MailAnswer {
  enum class Kind {
    accepted,
    later,          // put off: this message
    bad_recipient,  // the address takes no mail
    refused,        // this message is not taken
    relay,          // not reached, sign-in, policy, TLS, a full disk: nothing gets through for now
    untried         // handed back without a try, or broken off by stop()
  };
  Kind kind = Kind::relay;
  std::string answer;  // the server's words, or the cause
};

class MailTransport {
 public:
  virtual ~MailTransport() = default;
  // `message_id` is without angle brackets; addresses are plain.
  virtual MailAnswer send(const std::string& from, const std::string& to, const std::string& message_id,
                          std::string_view message) = 0;
  // Ends a send() that is under way soon, and those to come at once. Any thread.
  virtual void stop() {}
};

// Writes DIR/<message id>.eml: whole or not at all; the same message again takes the same place.
std::unique_ptr<MailTransport> make_file_transport(const std::filesystem::path& folder);

// What the settings name. Fails on a relay address or a password file that cannot be read.
base::Result<std::unique_ptr<MailTransport>> make_transport(const config::Settings& settings);

}  // namespace sotevahti::deliver
