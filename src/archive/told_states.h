// What the admin was last told of each source's state, and when: a note goes out only
// when something has changed since. Belongs to its database's thread.
#pragma once
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "archive/database.h"
#include "base/clock.h"

namespace sotevahti::archive {

class ToldStates {
 public:
  explicit ToldStates(Database& database) : database_(database) {}

  // None before begin() or write() was called.
  std::optional<base::Time> last_note();
  void begin(base::Time at);
  // By feed; a feed of which nothing was told yet has none.
  std::unordered_map<std::string, std::string> states();
  // Within the transaction that puts the note into the outbox.
  void write(const std::vector<std::pair<std::string, std::string>>& states, base::Time at);

 private:
  Database& database_;
};

}  // namespace sotevahti::archive
