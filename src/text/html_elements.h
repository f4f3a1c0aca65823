// HTML's elements and attributes as sanitising and plain text see them. Inside the
// room. Pure; any thread.
#pragma once
#include <cstdint>
#include <string_view>

namespace sotevahti::text {

// clang-format off
enum class Element : std::uint8_t {
  unknown,  // of no standard
  dropped,  // of HTML, but its tags go
  script, style,
  a, abbr, acronym, address, article, aside, audio, b, bdi, bdo, big, blockquote, br, caption, center, cite,
  code, col, colgroup, dd, del, details, dfn, div, dl, dt, em, figcaption, figure, footer, h1, h2, h3, h4, h5,
  h6, header, hr, i, img, ins, kbd, li, main, mark, nav, ol, p, pre, q, rp, rt, ruby, s, samp, section, small,
  source, span, strike, strong, sub, summary, sup, table, tbody, td, tfoot, th, thead, time, tr, tt, u, ul,
  var, video, wbr,
  count
};

enum class Attribute : std::uint8_t {
  none,
  abbr, align, alt, axis, bgcolor, border, cellpadding, cellspacing, charoff, cite, colspan, controls, datetime,
  dir, frame, height, href, hreflang, hspace, ismap, lang, longdesc, loop, media, muted, nowrap, open, poster,
  preload, reversed, rowspan, rules, scope, span, src, start, summary, title, type, valign, value, vspace, width,
  count
};
// clang-format on

// How an element divides plain text.
enum class Break : std::uint8_t { none, line, paragraph };

struct ElementTraits {
  std::string_view name;
  std::uint64_t attributes = 0;  // a bit for each Attribute that may stay
  bool is_void = false;          // has no content: <br>
  bool ends_paragraph = false;   // its start tag closes an open <p>
  bool is_scope = false;         // an end tag inside does not reach elements outside it
  bool is_heading = false;
  Break plain = Break::none;

  bool allows(Attribute attribute) const { return (attributes >> static_cast<unsigned>(attribute) & 1U) != 0; }
};

// Any case; elements of no standard are `unknown`.
Element find_element(std::string_view name);
Attribute find_attribute(std::string_view name);
const ElementTraits& traits(Element element);
std::string_view name_of(Attribute attribute);
bool holds_address(Attribute attribute);

inline bool is_kept(Element element) { return element > Element::style; }

}  // namespace sotevahti::text
