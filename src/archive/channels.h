// Names of channels as they stand in the database.
#pragma once
#include <string>
#include <string_view>

#include "archive/people.h"
#include "archive/query.h"

namespace sotevahti::archive {

inline std::string_view to_string(Channel::Kind kind) { return kind == Channel::Kind::webhook ? "webhook" : "mail"; }

// From four columns: channel, webhook_url, webhook_secret, webhook_style.
inline Channel read_channel(const Query& row, int first) {
  return {row.view(first) == "webhook" ? Channel::Kind::webhook : Channel::Kind::mail, row.text(first + 1),
          row.text(first + 2), row.text(first + 3)};
}

}  // namespace sotevahti::archive
