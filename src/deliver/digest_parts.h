// What every digest is made of: where the news are kept, by which names and words they are told, and
// who tells them. Whoever holds it belongs to its database's thread.
#pragma once
#include <string>
#include <vector>

#include "archive/database.h"
#include "config/catalogue.h"
#include "config/settings.h"
#include "config/taxonomy.h"
#include "digest/texts.h"

namespace sotevahti::deliver {

// What of the settings a digest says. Made by of().
struct Sender {
  std::string from, from_name, reply_to;  // of mail
  std::string organisation;
  std::string public_url;                // "https://sote.example.org", without a slash at its end
  std::vector<int> reminder_days{7, 2};  // before a deadline, where a subscription names none

  static Sender of(const config::Settings& settings);
};

// What is named by reference must outlive all that is made of it.
struct DigestParts {
  archive::Database& database;
  const config::Taxonomy& taxonomy;
  const config::Catalogue& catalogue;
  const digest::Texts& texts;
  Sender sender;
};

}  // namespace sotevahti::deliver
