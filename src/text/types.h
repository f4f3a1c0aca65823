// Each kind of text has its type, made only by its checker, so that a forgotten
// escape is a compile error. All of them hold valid UTF-8.
#pragma once
#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace sotevahti::text {

// Text for a reader, without markup: `1 < 2`. Valid UTF-8, no control characters
// but line feed and tab.
class PlainText {
 public:
  PlainText() = default;
  // Takes any bytes: invalid UTF-8 becomes U+FFFD, control characters go.
  static PlainText from(std::string_view bytes);
  // Of what its maker has checked already.
  static PlainText trusted(std::string checked) { return PlainText(std::move(checked)); }
  const std::string& str() const& { return text_; }
  std::string str() && { return std::move(text_); }
  std::string_view view() const { return text_; }
  bool empty() const { return text_.empty(); }
  friend auto operator<=>(const PlainText&, const PlainText&) = default;

 private:
  explicit PlainText(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

// HTML from which nothing runs, loads or leaves its box. Made by sanitize() of
// html.h, by escaping plain text, or read back from where one was stored.
class SafeHtml {
 public:
  SafeHtml() = default;
  static SafeHtml escape(const PlainText& text);
  // Of what an earlier sanitize() gave and our own archive kept. Never of a stranger's bytes.
  static SafeHtml trusted(std::string sanitised) { return SafeHtml(std::move(sanitised)); }
  const std::string& str() const& { return html_; }
  std::string str() && { return std::move(html_); }
  std::string_view view() const { return html_; }
  bool empty() const { return html_.empty(); }
  friend auto operator<=>(const SafeHtml&, const SafeHtml&) = default;

 private:
  explicit SafeHtml(std::string html) : html_(std::move(html)) {}
  std::string html_;
};

// One line for a header or a list: no line breaks, no control characters, white
// space collapsed, at most 998 octets.
class HeaderLine {
 public:
  HeaderLine() = default;
  static HeaderLine from(std::string_view text);
  const std::string& str() const { return line_; }
  std::string_view view() const { return line_; }
  bool empty() const { return line_.empty(); }
  friend auto operator<=>(const HeaderLine&, const HeaderLine&) = default;

 private:
  explicit HeaderLine(std::string line) : line_(std::move(line)) {}
  std::string line_;
};

// An absolute http or https address without user name or password, white space or controls.
class Url {
 public:
  static std::optional<Url> parse(std::string_view text);
  const std::string& str() const { return url_; }
  std::string_view view() const { return url_; }
  // Lower case, without port; "[::1]" for IPv6.
  std::string host() const;
  friend auto operator<=>(const Url&, const Url&) = default;

 private:
  explicit Url(std::string url) : url_(std::move(url)) {}
  std::string url_;
};

// `<`, `>`, `&`, `"` and `'` as references: for HTML text and attribute values.
std::string escape_html(std::string_view text);

}  // namespace sotevahti::text
