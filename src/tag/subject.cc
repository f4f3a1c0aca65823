#include "tag/subject.h"

#include "text/language.h"

namespace sotevahti::tag {

// A headline may be too short to tell; then the publisher's name helps.
std::string language_of(const Subject& subject) {
  constexpr std::size_t enough = 240;  // bytes: further text tells nothing new
  std::string text(subject.title.substr(0, enough));
  text += ". ";
  text += subject.text.substr(0, enough);
  std::string language = text::detect_language(text, subject.language_hint);
  if (!language.empty()) return language;
  text += ". ";
  text += subject.publisher.substr(0, enough);
  return text::detect_language(text, subject.language_hint);
}

}  // namespace sotevahti::tag
