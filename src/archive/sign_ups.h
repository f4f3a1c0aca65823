// What strangers ask for on the web, until whoever reads the address's mail has confirmed
// it. Nobody here is a subscriber yet, and asking tells nothing of who is one: it is written
// down in the same way for every address. Forgotten after a week; of tokens only hashes
// are kept. Belongs to its database's thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "archive/database.h"
#include "archive/filter.h"
#include "archive/people.h"
#include "base/clock.h"
#include "base/result.h"

namespace sotevahti::archive {

using SignUpId = std::int64_t;

struct SignUp {
  SignUpId id = 0;
  std::string address;  // of mail, checked
  std::string language;
  std::string name;  // of the subscription
  std::string filter;
  Rhythm rhythm;
  std::string zone = "Europe/Helsinki";
  base::Time asked{};
  bool is_confirmed = false;
};

class SignUps {
 public:
  static constexpr base::Seconds kept = std::chrono::hours(7 * 24);
  // Of all together. More would make the relay a stranger's tool.
  static constexpr std::size_t most_an_hour = 120;

  explicit SignUps(Database& database) : database_(database) {}

  // On disk when it returns. Refused: an address or filter that is none. None: too many asked within the hour.
  base::Result<std::optional<SignUpId>> ask(const SignUp& wish, const FilterNames& names);

  // Those that nobody has answered yet, in the order in which they were asked.
  std::vector<SignUp> waiting();
  // Letters that went to the address since then.
  std::size_t letters_to(const std::string& address, base::Time since);
  // By the outbox's row of that number; by nothing where the address has had enough letters.
  void mark_answered(SignUpId id, std::optional<std::int64_t> letter);

  // 128 bits; good until the sign-up is forgotten. Empty where it is forgotten.
  std::string make_token(SignUpId id);
  // None: the token is none, or a week has passed since it was asked.
  std::optional<SignUp> find(const std::string& token, base::Time now);
  // Makes a subscriber of the address, where it is not one, and the subscription, whose window opens now.
  // Once: afterwards, and where the person has just that already, nothing is added. The subscriber.
  base::Result<SubscriberId> confirm(const SignUp& asked, const FilterNames& names, base::Time now);

  // What is older than a week, and its letters.
  std::size_t forget_old(base::Time now);
  // What was asked for that address, whoever asked.
  std::size_t forget(const std::string& address);

 private:
  bool is_like_another(const SignUp& asked, SubscriberId subscriber);
  Database& database_;
};

}  // namespace sotevahti::archive
