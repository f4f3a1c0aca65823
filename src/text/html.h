// A stranger's HTML made safe, and made plain. Our own linear tokenizer and
// allowlist serialiser: tree builders are quadratic or crash on hostile input.
// What comes out was written by us, tag by tag; nothing of the input's markup is
// passed through. Idempotent: sanitize(sanitize(x)) = sanitize(x). 1 MB of any input
// within 50 ms and 32 MB. Whoever shows it puts it into a <section> or <article>, which
// nothing inside can close: a bare <li> or <p> of a feed would end ours. Pure; any
// thread; never throws but for memory.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "text/types.h"

namespace sotevahti::text {

struct HtmlOptions {
  std::string_view base_url = {};                // relative addresses are resolved against it; empty: kept as they are
  std::size_t max_bytes = std::size_t{4} << 20;  // of output; more is cut at a whole element
};

// What may stay is said in html_elements.cc (elements, attributes) and html.cc (schemes of addresses). script and
// style go with their content; tags not allowed go and their text stays; unclosed
// elements are closed, stray end tags dropped. No style, class, id or name stays. An
// address that could run something is left empty (href="").
SafeHtml sanitize(std::string_view html, const HtmlOptions& options = {});

struct PlainOptions {
  bool keep_links = false;  // "text <https://...>" for mail; search wants the text alone
};
// Block breaks as line feeds, list marks, images by their alt text, references decoded,
// white space collapsed.
PlainText to_plain_text(const SafeHtml& html, const PlainOptions& options = {});

// Does a text without a declared type look like HTML: a known element with its end
// tag, or a character reference?
bool looks_like_html(std::string_view text);

// Decodes `&amp;`, `&auml;`, `&#228;`, `&#xe4;` once; U+0080 to U+009F as windows-1252;
// unknown names stay as they are.
std::string decode_references(std::string_view text);
// The character(s) of an HTML entity's name ("auml"), or "" when there is none.
std::string_view entity(std::string_view name);

}  // namespace sotevahti::text
