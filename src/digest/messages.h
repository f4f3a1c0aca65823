// The words of one language: a file of `key = text` lines, with `#` comments and
// {name} where values go. A count chooses `key.one` or `key.other`. Immutable once
// read; any thread.
#pragma once
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace sotevahti::digest {

using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;

class Messages {
 public:
  // Names the file and line of what it cannot read; a key that `like` has must be here too.
  static base::Result<Messages> read(std::string_view file_name, std::string_view content,
                                     const Messages* like = nullptr);

  // The text with its values in place. A missing key gives the key itself.
  std::string say(std::string_view key, Values values = {}) const;
  // With {n} as the number, grouped as the language groups digits.
  std::string count(std::string_view key, std::size_t n, Values values = {}) const;
  bool has(std::string_view key) const { return texts_.contains(key); }

 private:
  std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace sotevahti::digest
