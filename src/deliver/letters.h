// Answers by mail to what was asked for on the web: the letter that asks the address's
// owner to confirm, or, to one who has subscriptions already, the link to change them. An
// address gets few of them, whoever asks how often. Written to the outbox, in one
// transaction with the word that it was answered. Belongs to its database's thread.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "archive/database.h"
#include "base/clock.h"
#include "deliver/digest_parts.h"
#include "digest/texts.h"

namespace sotevahti::deliver {

// To one address within a day.
inline constexpr std::size_t most_letters_a_day = 3;

struct LetterReport {
  std::size_t written = 0;
  std::size_t held = 0;               // the address had enough letters
  std::vector<std::string> problems;  // for the admin
};

// Answers all that wait, and forgets what is too old to be confirmed.
LetterReport answer_sign_ups(archive::Database& database, const Sender& sender, const digest::Texts& texts,
                             base::Time now);

}  // namespace sotevahti::deliver
