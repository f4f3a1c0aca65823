// References in XML: the predefined, HTML's by name with no DTD, numbers, and the
// entities that a document's internal subset declares as plain text. Nothing is
// expanded further than once, nothing external is read, and what the declared ones
// add to a document is bounded. Not for several threads at once: it counts.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

namespace sotevahti::feed {

class Entities {
 public:
  Entities() = default;
  // Of what stands between "<!DOCTYPE" and ">".
  explicit Entities(std::string_view doctype);

  // Appends `raw`, as it stands in the document, with its references replaced. What
  // is no reference, or one to something unknown, stays as it is.
  void append_decoded(std::string& to, std::string_view raw) const;

  // Whether every "&" in `raw` begins a reference that XML and this document know.
  bool all_declared(std::string_view raw) const;

 private:
  // What stands for the reference without its "&" and ";"; empty when that is unknown.
  std::string replacement(std::string_view name) const;
  bool is_declared(std::string_view name) const;

  std::unordered_map<std::string, std::string> declared_;  // empty value: known, not replaced
  bool external_subset_ = false;
  mutable std::size_t expanded_ = 0;
};

}  // namespace sotevahti::feed
