#include "feed/sniff.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "feed/ascii.h"
#include "text/html.h"
#include "text/types.h"
#include "text/utf8.h"

namespace sotevahti::feed {
namespace {

constexpr std::size_t npos = std::string_view::npos;
// Where a page's title and a challenge's marks, or a feed behind some junk, are looked for.
constexpr std::size_t looked_at = std::size_t{64} << 10;
constexpr std::size_t longest_title = 200;

constexpr std::array<std::string_view, 4> feed_roots = {"rss", "feed", "rdf:rdf", "channel"};

// Pages that stand between a program and the site.
constexpr std::array<std::string_view, 17> challenge_marks = {"captcha",
                                                              "cf-chl",
                                                              "challenge-platform",
                                                              "just a moment",
                                                              "attention required",
                                                              "are you a robot",
                                                              "are you human",
                                                              "verify you are human",
                                                              "_incapsula_",
                                                              "perimeterx",
                                                              "ddos-guard",
                                                              "enable javascript and cookies",
                                                              "ettet ole robotti",
                                                              "checking your browser",
                                                              "security check",
                                                              "akamai-bot",
                                                              "request unsuccessful"};

// A page with a form of its own may speak of captchas; a challenge page has little else.
constexpr std::size_t largest_challenge = std::size_t{48} << 10;

bool has_html_name(std::string_view tag) {
  constexpr std::array<std::string_view, 14> names = {"html", "head", "body", "title",  "meta",  "script", "div",
                                                      "p",    "span", "h1",   "center", "table", "link",   "style"};
  return std::any_of(names.begin(), names.end(), [&](auto name) { return equal_ignoring_case(tag, name); });
}

std::string page_title(std::string_view page) {
  const std::size_t open = find_ignoring_case(page, "<title");
  const std::size_t begin = open == npos ? npos : page.find('>', open);
  if (begin == npos) return {};
  const std::size_t end = std::min(page.find('<', begin), page.size());
  const std::string title = text::decode_references(page.substr(begin + 1, end - begin - 1));
  return std::string(text::utf8_prefix(text::collapse_space(text::PlainText::from(title).str()), longest_title));
}

Sniffed no_feed(NotAFeed why, std::string error) { return {Looks::not_a_feed, why, std::move(error), 0}; }

Sniffed html_page(std::string_view text) {
  const std::string_view head = text.substr(0, looked_at);
  const std::string title = page_title(head);
  const bool challenge =
      text.size() <= largest_challenge && std::any_of(challenge_marks.begin(), challenge_marks.end(),
                                                      [&](auto mark) { return contains_ignoring_case(head, mark); });
  const std::string_view kind = challenge ? "a challenge page" : "an HTML page";
  return no_feed(challenge ? NotAFeed::challenge_page : NotAFeed::html,
                 title.empty() ? fmt::format("{}, no feed", kind) : fmt::format("{}, no feed: \"{}\"", kind, title));
}

// The place behind a comment, instruction or declaration at `at`, else `at`.
std::size_t behind_misc(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  const auto behind = [&](std::string_view end) {
    const std::size_t found = text.find(end, at + 2);
    return found == npos ? text.size() : found + end.size();
  };
  if (rest.starts_with("<!--")) return behind("-->");
  if (rest.starts_with("<?")) return behind("?>");
  if (!starts_ignoring_case(rest, "<!DOCTYPE")) return at;
  const std::size_t subset = rest.find_first_of("[>");
  const std::size_t from = subset != npos && rest[subset] == '[' ? rest.find(']', subset) : subset;
  const std::size_t end = from == npos ? npos : rest.find('>', from);
  return end == npos ? text.size() : at + end + 1;
}

bool is_name_end(std::string_view text, std::size_t at) {
  return at >= text.size() || is_space(text[at]) || text[at] == '>' || text[at] == '/' || text[at] == ':';
}

bool begins_feed(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at + 1, 16);
  return std::any_of(feed_roots.begin(), feed_roots.end(), [&](auto root) {
    return starts_ignoring_case(rest, root) && is_name_end(text, at + 1 + root.size());
  });
}

// Where the document's first element, or other content, begins.
struct Opening {
  std::size_t at = 0;
  std::string_view tag;  // the element's name, as far as it is letters and digits
  bool html_doctype = false;
};

Opening opening_of(std::string_view text) {
  Opening opening;
  std::size_t& at = opening.at;
  for (;;) {
    while (at < text.size() && is_space(text[at])) ++at;
    const std::size_t next = behind_misc(text, at);
    if (next == at) break;
    opening.html_doctype = opening.html_doctype || starts_ignoring_case(text.substr(at), "<!DOCTYPE html");
    at = next;
  }
  if (at < text.size() && text[at] == '<') {
    std::size_t end = at + 1;
    while (end < text.size() && (is_alpha(text[end]) || is_digit(text[end]))) ++end;
    opening.tag = text.substr(at + 1, end - at - 1);
  }
  return opening;
}

// A feed behind what should not stand before it: a server's warning, a stray line.
std::size_t hidden_feed(std::string_view text) {
  const std::string_view head = text.substr(0, looked_at);
  for (std::size_t at = head.find('<'); at != npos; at = head.find('<', at + 1)) {
    if (begins_feed(text, at)) {
      const std::size_t declaration = head.substr(0, at).rfind("<?xml");
      return declaration == npos ? at : declaration;
    }
  }
  return npos;
}

}  // namespace

Sniffed sniff_bytes(std::string_view bytes) {
  const std::string_view text = trimmed(bytes);
  if (text.empty()) return no_feed(NotAFeed::empty, "the document is empty");
  if (text.starts_with("%PDF-")) return no_feed(NotAFeed::pdf, "a PDF document, no feed");
  if (text.starts_with("PK\x03\x04")) return no_feed(NotAFeed::unreadable, "a ZIP archive, no feed");
  if (text.starts_with("\x1f\x8b")) return no_feed(NotAFeed::unreadable, "compressed data, no feed");
  return {Looks::xml, NotAFeed::none, {}, 0};
}

Sniffed sniff_text(std::string_view utf8) {
  const Opening opening = opening_of(utf8);
  if (opening.at == utf8.size()) return no_feed(NotAFeed::empty, "the document is empty");
  const char first = utf8[opening.at];
  if (first == '{' || first == '[') return {Looks::json, NotAFeed::none, {}, opening.at};
  if (first == '<' && begins_feed(utf8, opening.at)) return {Looks::xml, NotAFeed::none, {}, 0};
  if (opening.html_doctype || equal_ignoring_case(opening.tag, "html")) return html_page(utf8);
  const std::size_t hidden = hidden_feed(utf8);
  if (hidden != npos) return {Looks::xml, NotAFeed::none, {}, hidden};
  if (has_html_name(opening.tag) || contains_ignoring_case(utf8.substr(0, looked_at), "<html")) return html_page(utf8);
  if (first == '<') return {Looks::xml, NotAFeed::none, {}, 0};
  return no_feed(NotAFeed::unreadable, "plain text, no feed");
}

}  // namespace sotevahti::feed
