#include "archive/filter_text.h"

#include "archive/filter_mistakes.h"

#include <algorithm>

#include "text/utf8.h"

namespace sotevahti::archive {
namespace {

using Kind = FilterToken::Kind;

bool is_space(char32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F ||
         c == 0x3000;
}

// What people's keyboards and word processors make of a straight quote.
bool is_quote(char32_t c) { return c == '"' || c == 0x201C || c == 0x201D || c == 0x201E || c == 0xBB; }

class Cutter {
 public:
  explicit Cutter(std::string_view text) : text_(text) {}

  base::Result<std::vector<FilterToken>, FilterError> run() {
    while (skip_space()) {
      const std::size_t start = at_;
      const char32_t c = peek();
      if (c == '(' || c == ')' || (c == '-' && !ends_after_minus())) {
        ++at_;
        add(c == '(' ? Kind::open : c == ')' ? Kind::close : Kind::minus, "", start);
      } else if (is_quote(c)) {
        std::string quoted;
        if (!take_quoted(quoted)) return unclosed(start);
        add(Kind::quoted, std::move(quoted), start);
      } else {
        std::string bare;
        if (!take_bare(bare)) return unclosed(at_);
        const Kind kind = bare == "OR" ? Kind::either : bare == "AND" ? Kind::both : Kind::bare;
        add(kind, std::move(bare), start);
      }
    }
    add(Kind::end, "", text_.size());
    return std::move(tokens_);
  }

 private:
  char32_t peek() const {
    std::size_t at = at_;
    return text::next_code_point(text_, at);
  }
  bool skip_space() {
    while (at_ < text_.size()) {
      std::size_t next = at_;
      if (!is_space(text::next_code_point(text_, next))) return true;
      at_ = next;
    }
    return false;
  }
  // A minus alone is a dash in running text, not a negation.
  bool ends_after_minus() const {
    if (at_ + 1 >= text_.size()) return true;
    std::size_t next = at_ + 1;
    return is_space(text::next_code_point(text_, next));
  }
  bool take_quoted(std::string& to) {
    text::next_code_point(text_, at_);
    while (at_ < text_.size()) {
      const std::size_t start = at_;
      if (is_quote(text::next_code_point(text_, at_))) return true;
      to.append(text_.substr(start, at_ - start));
    }
    return false;
  }
  // Up to a space or bracket; a quoted value in it (publisher:"a b") is kept with its quotes.
  bool take_bare(std::string& to) {
    while (at_ < text_.size()) {
      const std::size_t start = at_;
      const char32_t c = peek();
      if (is_space(c) || c == '(' || c == ')') return true;
      if (is_quote(c)) {
        if (to.empty() || (to.back() != ':' && to.back() != ',')) return true;
        to += '"';
        if (!take_quoted(to)) {
          at_ = start;
          return false;
        }
        to += '"';
      } else {
        text::next_code_point(text_, at_);
        to.append(text_.substr(start, at_ - start));
      }
    }
    return true;
  }
  void add(Kind kind, std::string text, std::size_t position) { tokens_.push_back({kind, std::move(text), position}); }
  base::Result<std::vector<FilterToken>, FilterError> unclosed(std::size_t position) const {
    return tl::unexpected(filter_error(character_position(text_, position), "quote.open"));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<FilterToken> tokens_;
};

}  // namespace

base::Result<std::vector<FilterToken>, FilterError> cut_filter(std::string_view text) { return Cutter(text).run(); }

std::size_t character_position(std::string_view text, std::size_t bytes) {
  bytes = std::min(bytes, text.size());
  return static_cast<std::size_t>(std::count_if(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(bytes),
                                                [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace sotevahti::archive
