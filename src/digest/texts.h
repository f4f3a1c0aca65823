// The message files and templates of digests: those built in, or an admin's own in
// their place. Checked when read, so that a broken one is refused with its name at start
// and not found out by a subscriber. Immutable; any thread.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "digest/messages.h"

namespace sotevahti::digest {

class Texts {
 public:
  static const Texts& builtin();

  // A file by its name: "messages/fi.txt", "templates/digest.html.mustache" ... What is not given
  // stays the built-in one.
  struct Override {
    std::string name;
    std::string content;
  };
  static base::Result<Texts> with(const std::vector<Override>& overrides);
  static std::vector<std::string> names();

  // Finnish where the language has no file.
  const Messages& messages(std::string_view language) const;
  // The languages that have one.
  static bool has_language(std::string_view language);
  // That language where it is one of them, else Finnish.
  static std::string known_language(const std::string& language) { return has_language(language) ? language : "fi"; }
  // By the name of an Override.
  const std::string& file(std::string_view name) const { return files_.find(name)->second; }

 private:
  Texts() = default;
  base::Result<base::Done> check();
  std::map<std::string, std::string, std::less<>> files_;
  std::map<std::string, Messages, std::less<>> messages_;
};

}  // namespace sotevahti::digest
