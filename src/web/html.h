// Writes HTML in which a forgotten escape is a compile error: markup comes only as
// literals of our own source, everything else is escaped, or is SafeHtml.
#pragma once
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

#include "text/types.h"

namespace sotevahti::web {

// Text that stands in our source.
class Literal {
 public:
  consteval Literal(const char* text) : text_(text) {}  // NOLINT(google-explicit-constructor): a literal is one
  constexpr std::string_view view() const { return text_; }

 private:
  std::string_view text_;
};

class Html {
 public:
  // Markup of our own.
  Html& put(Literal markup) {
    html_ += markup.view();
    return *this;
  }
  // Anybody's text.
  Html& text(std::string_view plain) {
    html_ += text::escape_html(plain);
    return *this;
  }
  Html& text(const text::PlainText& plain) { return text(plain.view()); }
  Html& number(std::integral auto n) {
    html_ += std::to_string(n);
    return *this;
  }
  Html& html(const text::SafeHtml& safe) {
    html_ += safe.view();
    return *this;
  }
  // What another Html wrote.
  Html& html(const Html& part) {
    html_ += part.html_;
    return *this;
  }
  // ` name="value"`; write it inside a tag.
  Html& attribute(Literal name, std::string_view value) {
    html_ += ' ';
    html_ += name.view();
    html_ += "=\"";
    html_ += text::escape_html(value);
    html_ += '"';
    return *this;
  }
  // ` href="..."` of a stranger's address: nothing where it is not http or https.
  Html& link_to(std::string_view url) {
    if (const auto checked = text::Url::parse(url)) attribute("href", checked->view());
    return *this;
  }

  const std::string& str() const { return html_; }
  std::string take() { return std::move(html_); }

 private:
  std::string html_;
};

}  // namespace sotevahti::web
