#include "text/html_elements.h"

#include <array>
#include <iterator>

#include "text/url_parts.h"

namespace sotevahti::text {
namespace {

using A = Attribute;
using E = Element;

template <class... Attributes>
constexpr std::uint64_t set(Attributes... attributes) {
  return (std::uint64_t{0} | ... | (std::uint64_t{1} << static_cast<unsigned>(attributes)));
}

constexpr std::uint64_t everywhere = set(A::title, A::lang, A::dir);
constexpr std::uint64_t aligned = everywhere | set(A::align);
constexpr std::uint64_t edit = everywhere | set(A::cite, A::datetime);
constexpr std::uint64_t media = everywhere | set(A::src, A::controls, A::loop, A::muted, A::preload);
constexpr std::uint64_t table_part = aligned | set(A::valign, A::charoff, A::bgcolor);
constexpr std::uint64_t cell =
    table_part | set(A::abbr, A::axis, A::colspan, A::rowspan, A::scope, A::nowrap, A::width, A::height);

struct Row {
  Element element;
  ElementTraits traits;
};

constexpr ElementTraits phrase(std::string_view name, std::uint64_t attributes = everywhere) {
  return {.name = name, .attributes = attributes};
}
constexpr ElementTraits empty(std::string_view name, std::uint64_t attributes, Break plain = Break::none) {
  return {.name = name, .attributes = attributes, .is_void = true, .plain = plain};
}
constexpr ElementTraits block(std::string_view name, Break plain, std::uint64_t attributes = everywhere) {
  return {.name = name, .attributes = attributes, .ends_paragraph = true, .plain = plain};
}
constexpr ElementTraits heading(std::string_view name) {
  return {.name = name, .attributes = aligned, .ends_paragraph = true, .is_heading = true, .plain = Break::paragraph};
}
constexpr ElementTraits scope(std::string_view name, Break plain, std::uint64_t attributes,
                              bool ends_paragraph = false) {
  return {.name = name, .attributes = attributes, .ends_paragraph = ends_paragraph, .is_scope = true, .plain = plain};
}

constexpr Row rows[] = {
    {E::script, {.name = "script"}},
    {E::style, {.name = "style"}},
    {E::a, phrase("a", everywhere | set(A::href, A::hreflang, A::type))},
    {E::abbr, phrase("abbr")},
    {E::acronym, phrase("acronym")},
    {E::address, block("address", Break::line)},
    {E::article, block("article", Break::paragraph)},
    {E::aside, block("aside", Break::paragraph)},
    {E::audio, phrase("audio", media)},
    {E::b, phrase("b")},
    {E::bdi, phrase("bdi")},
    {E::bdo, phrase("bdo")},
    {E::big, phrase("big")},
    {E::blockquote, block("blockquote", Break::paragraph, everywhere | set(A::cite))},
    {E::br, empty("br", everywhere, Break::line)},
    {E::caption, scope("caption", Break::line, aligned)},
    {E::center, block("center", Break::line)},
    {E::cite, phrase("cite")},
    {E::code, phrase("code")},
    {E::col, empty("col", table_part | set(A::span, A::width))},
    {E::colgroup, phrase("colgroup", table_part | set(A::span, A::width))},
    {E::dd, block("dd", Break::line)},
    {E::del, phrase("del", edit)},
    {E::details, block("details", Break::line, everywhere | set(A::open))},
    {E::dfn, phrase("dfn")},
    {E::div, block("div", Break::line, aligned)},
    {E::dl, block("dl", Break::paragraph)},
    {E::dt, block("dt", Break::line)},
    {E::em, phrase("em")},
    {E::figcaption, block("figcaption", Break::line)},
    {E::figure, block("figure", Break::paragraph)},
    {E::footer, block("footer", Break::line)},
    {E::h1, heading("h1")},
    {E::h2, heading("h2")},
    {E::h3, heading("h3")},
    {E::h4, heading("h4")},
    {E::h5, heading("h5")},
    {E::h6, heading("h6")},
    {E::header, block("header", Break::line)},
    {E::hr,
     {.name = "hr",
      .attributes = aligned | set(A::width),
      .is_void = true,
      .ends_paragraph = true,
      .plain = Break::paragraph}},
    {E::i, phrase("i")},
    {E::img, empty("img", aligned | set(A::src, A::alt, A::width, A::height, A::border, A::hspace, A::vspace, A::ismap,
                                        A::longdesc))},
    {E::ins, phrase("ins", edit)},
    {E::kbd, phrase("kbd")},
    {E::li, block("li", Break::line, everywhere | set(A::value))},
    {E::main, block("main", Break::line)},
    {E::mark, phrase("mark")},
    {E::nav, block("nav", Break::line)},
    {E::ol, block("ol", Break::paragraph, everywhere | set(A::start, A::reversed, A::type))},
    {E::p, block("p", Break::paragraph, aligned)},
    {E::pre, block("pre", Break::paragraph)},
    {E::q, phrase("q", everywhere | set(A::cite))},
    {E::rp, phrase("rp")},
    {E::rt, phrase("rt")},
    {E::ruby, phrase("ruby")},
    {E::s, phrase("s")},
    {E::samp, phrase("samp")},
    {E::section, block("section", Break::line)},
    {E::small, phrase("small")},
    {E::source, empty("source", everywhere | set(A::src, A::type, A::media))},
    {E::span, phrase("span")},
    {E::strike, phrase("strike")},
    {E::strong, phrase("strong")},
    {E::sub, phrase("sub")},
    {E::summary, block("summary", Break::line)},
    {E::sup, phrase("sup")},
    {E::table, scope("table", Break::paragraph,
                     aligned | set(A::border, A::cellpadding, A::cellspacing, A::frame, A::rules, A::summary, A::width,
                                   A::height, A::bgcolor),
                     true)},
    {E::tbody, phrase("tbody", table_part)},
    {E::td, scope("td", Break::none, cell)},
    {E::tfoot, phrase("tfoot", table_part)},
    {E::th, scope("th", Break::none, cell)},
    {E::thead, phrase("thead", table_part)},
    {E::time, phrase("time", everywhere | set(A::datetime))},
    {E::tr, {.name = "tr", .attributes = table_part, .plain = Break::line}},
    {E::tt, phrase("tt")},
    {E::u, phrase("u")},
    {E::ul, block("ul", Break::paragraph, everywhere | set(A::type))},
    {E::var, phrase("var")},
    {E::video, phrase("video", media | set(A::poster, A::width, A::height))},
    {E::wbr, empty("wbr", everywhere)},
};

// Of HTML now or once, so that a title that holds them looks like HTML.
constexpr std::string_view dropped_names[] = {
    "applet",   "area",    "base",      "basefont", "bgsound",  "blink",    "body",     "button",   "canvas", "command",
    "content",  "data",    "datalist",  "dialog",   "dir",      "embed",    "fieldset", "font",     "form",   "frame",
    "frameset", "head",    "hgroup",    "html",     "iframe",   "image",    "input",    "isindex",  "keygen", "label",
    "legend",   "link",    "listing",   "map",      "marquee",  "math",     "menu",     "menuitem", "meta",   "meter",
    "multicol", "nextid",  "nobr",      "noembed",  "noframes", "noscript", "object",   "optgroup", "option", "output",
    "param",    "picture", "plaintext", "portal",   "progress", "rb",       "rtc",      "search",   "select", "slot",
    "spacer",   "svg",     "template",  "textarea", "title",    "track",    "xmp"};

constexpr std::string_view attribute_names[] = {
    "",         "abbr",    "align",   "alt",      "axis",     "bgcolor", "border", "cellpadding", "cellspacing",
    "charoff",  "cite",    "colspan", "controls", "datetime", "dir",     "frame",  "height",      "href",
    "hreflang", "hspace",  "ismap",   "lang",     "longdesc", "loop",    "media",  "muted",       "nowrap",
    "open",     "poster",  "preload", "reversed", "rowspan",  "rules",   "scope",  "span",        "src",
    "start",    "summary", "title",   "type",     "valign",   "value",   "vspace", "width"};
static_assert(std::size(attribute_names) == static_cast<std::size_t>(A::count));

constexpr std::size_t longest_key = 12;

// A name of up to twelve letters and digits, small, as one number; 0 for any other.
constexpr std::uint64_t key_of(std::string_view name) {
  if (name.size() > longest_key) return 0;
  std::uint64_t key = 0;
  for (const char c : name) {
    const char small = ascii_lower(c);
    std::uint64_t code = 0;
    if (small >= 'a' && small <= 'z') {
      code = static_cast<std::uint64_t>(small - 'a') + 1;
    } else if (is_ascii_digit(small)) {
      code = static_cast<std::uint64_t>(small - '0') + 27;
    } else {
      return 0;
    }
    key = key * 38 + code;
  }
  return key;
}

// Open addressing, filled by the compiler.
template <class Value, std::size_t slots>
struct NameTable {
  std::array<std::uint64_t, slots> keys{};
  std::array<Value, slots> values{};

  static constexpr std::size_t slot_of(std::uint64_t key) { return (key * 0x9E3779B97F4A7C15ULL >> 40U) % slots; }
  constexpr void add(std::string_view name, Value value) {
    std::size_t slot = slot_of(key_of(name));
    while (keys[slot] != 0) slot = (slot + 1) % slots;
    keys[slot] = key_of(name);
    values[slot] = value;
  }
  constexpr Value find(std::string_view name) const {
    const std::uint64_t key = key_of(name);
    if (key == 0) return Value{};
    for (std::size_t slot = slot_of(key); keys[slot] != 0; slot = (slot + 1) % slots)
      if (keys[slot] == key) return values[slot];
    return Value{};
  }
};

constexpr auto make_elements() {
  NameTable<Element, 512> table;
  for (const Row& row : rows) table.add(row.traits.name, row.element);
  for (const std::string_view name : dropped_names) table.add(name, E::dropped);
  return table;
}

constexpr auto make_attributes() {
  NameTable<Attribute, 128> table;
  for (std::size_t i = 1; i < std::size(attribute_names); ++i) table.add(attribute_names[i], static_cast<A>(i));
  return table;
}

constexpr auto make_traits() {
  std::array<ElementTraits, static_cast<std::size_t>(E::count)> table{};
  for (const Row& row : rows) table[static_cast<std::size_t>(row.element)] = row.traits;
  return table;
}

constexpr auto elements = make_elements();
constexpr auto attributes = make_attributes();
constexpr auto traits_of = make_traits();

}  // namespace

Element find_element(std::string_view name) { return elements.find(name); }
Attribute find_attribute(std::string_view name) { return attributes.find(name); }
const ElementTraits& traits(Element element) { return traits_of[static_cast<std::size_t>(element)]; }
std::string_view name_of(Attribute attribute) { return attribute_names[static_cast<std::size_t>(attribute)]; }

bool holds_address(Attribute attribute) {
  return attribute == A::href || attribute == A::src || attribute == A::cite || attribute == A::longdesc ||
         attribute == A::poster;
}

}  // namespace sotevahti::text
