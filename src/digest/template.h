// A mustache template whose lines are kept as the mustache specification has them: a
// line that holds nothing but a section's tag leaves no line behind, whether the
// section is shown or not. Belongs to one thread.
#pragma once
#include <kainjow/mustache.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace sotevahti::digest {

class Template {
 public:
  enum class Escape { html, none };
  Template(std::string_view source, Escape escape);

  std::string render(const kainjow::mustache::data& data);

  // What is wrong with it, in the parser's words; nothing where it can be read.
  static std::optional<std::string> fault(std::string_view source);

 private:
  kainjow::mustache::mustache parsed_;
};

}  // namespace sotevahti::digest
