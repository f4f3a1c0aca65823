// A letter to the admin ([mail] admin), as a row of the outbox: plain English, the same
// id for the same occasion. Pure.
#pragma once
#include <string>
#include <string_view>

#include "archive/ledger.h"
#include "base/clock.h"
#include "base/result.h"
#include "config/settings.h"

namespace sotevahti::deliver {

struct AdminAddress {
  std::string from, from_name;
  std::string to;  // empty: nobody is told

  static AdminAddress of(const config::Settings& settings);
};

struct AdminNote {
  std::string_view kind;  // "disabled": the beginning of its id
  std::string_view key;   // of the occasion
  std::string subject, text;
};

// Fails where there is no admin, or no address of mail.
base::Result<archive::OutboxRow> letter_to_admin(const AdminAddress& address, const AdminNote& note, base::Time now);

}  // namespace sotevahti::deliver
