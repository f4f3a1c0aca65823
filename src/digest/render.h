// An outline as people read it: subject, plain text and HTML with equal content. Every
// word of a stranger is escaped, every address is http(s). HTML for mail keeps below
// the size at which mail programs clip, by a plan: first the leads of later items go,
// then the items themselves, with their number and a link to the whole digest.
// A Renderer belongs to one thread.
#pragma once
#include <cstddef>
#include <memory>
#include <string>

#include "config/taxonomy.h"
#include "digest/outline.h"
#include "digest/texts.h"

namespace sotevahti::digest {

struct Rendered {
  std::string subject;
  std::string text;
  std::string html;
  std::size_t left_out = 0;  // stories that stand only behind the link
};

// Gmail clips HTML at about 102 kB.
inline constexpr std::size_t mail_html_bytes = 88'000;

class Renderer {
 public:
  // `texts` and `taxonomy` must outlive it.
  Renderer(const Texts& texts, const config::Taxonomy& taxonomy);
  ~Renderer();
  Renderer(Renderer&&) noexcept;

  // As the archive shows it: whole, and without personal links.
  Rendered page(const Outline& outline);
  // As it is mailed: with personal links, and bounded.
  Rendered mail(const Outline& outline);
  // Both for less than the price of both.
  struct PageAndMail {
    Rendered page, mail;
  };
  PageAndMail page_and_mail(const Outline& outline);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// "Pirkanmaan avustukset 20.2.2026: 12 uutta asiaa, 1 määräaika lähestyy"
std::string subject_line(const Outline& outline, const Messages& messages);

}  // namespace sotevahti::digest
