// A short mail that is no digest: a question to confirm, a word on what one has. Text and
// HTML with equal content. Pure; any thread.
#pragma once
#include <string>
#include <vector>

#include "digest/texts.h"

namespace sotevahti::digest {

struct Letter {
  std::string language = "fi";
  std::string title;
  std::vector<std::string> paragraphs;
  std::string link_text, link_url;  // what the reader may do; may be empty
  std::vector<std::string> after;   // paragraphs below the link
  std::string organisation;         // who sends it; may be empty
};

struct RenderedLetter {
  std::string text, html;
};

RenderedLetter render(const Letter& letter, const Texts& texts);

}  // namespace sotevahti::digest
