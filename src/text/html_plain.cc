#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "text/byte_block.h"
#include "text/entities.h"
#include "text/html.h"
#include "text/html_elements.h"
#include "text/html_escape.h"
#include "text/html_tokenizer.h"
#include "text/utf8.h"

namespace sotevahti::text {
namespace {

// What begins a byte that is not copied as it is: white space, references, and the leads
// of soft hyphens and Unicode's spaces (C2, E2, E3, EF).
constexpr std::array<bool, 256> make_special() {
  std::array<bool, 256> special{};
  for (std::size_t c = 0; c <= 0x20; ++c) special[c] = true;
  for (const unsigned c : {0x26U, 0x7FU, 0xC2U, 0xE2U, 0xE3U, 0xEFU}) special[c] = true;
  return special;
}
constexpr std::array<bool, 256> special = make_special();

// What is special, single spaces apart.
ByteBlock special_marks(ByteBlock block) {
  return block.below(0x20) | block.equal('&') | block.equal(0x7F) | block.equal(0xC2) | block.equal(0xE2) |
         block.equal(0xE3) | block.equal(0xEF);
}

// From `at`, a letter: behind the blocks that hold words with single spaces between them
// alone, so that the next byte is a letter too.
std::size_t behind_words(std::string_view source, std::size_t at) {
  for (; at + ByteBlock::size + 1 <= source.size(); at += ByteBlock::size) {
    const ByteBlock block(source.data() + at);
    const ByteBlock next(source.data() + at + 1);
    const ByteBlock next_marks = special_marks(next) | next.equal(' ');
    if ((special_marks(block) | (block.equal(' ') & next_marks)).any()) break;
  }
  return at;
}

// Marks that a browser may break a word at, and that are no part of it.
bool is_invisible(char32_t c) { return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF; }

bool is_useful_link(std::string_view href, std::string_view words) {
  if (href.starts_with("mailto:")) return words != href.substr(7);
  if (!href.starts_with("http://") && !href.starts_with("https://")) return false;
  std::string_view bare = href.substr(href.find("//") + 2);
  while (bare.ends_with('/')) bare.remove_suffix(1);
  return words != href && words != bare;
}

class PlainWriter {
 public:
  PlainWriter(std::string_view html, const PlainOptions& options) : tokens_(html), options_(options) {
    out_.reserve(html.size());
  }

  std::string run() {
    while (true) {
      const HtmlToken& token = tokens_.next();
      if (token.kind == HtmlToken::Kind::end) break;
      if (token.kind == HtmlToken::Kind::text) {
        write(token.text);
        continue;
      }
      const Element element = find_element(token.name);
      if (token.kind == HtmlToken::Kind::start_tag) {
        start(element, token);
      } else {
        end(element);
      }
    }
    return std::move(out_);
  }

 private:
  enum class Gap { none, space, cell, line, paragraph };

  void want(Gap gap) { gap_ = std::max(gap_, gap); }
  void want_break(Element element) {
    const Break wanted = traits(element).plain;
    if (wanted == Break::line) want(Gap::line);
    // Lists inside lists stand close.
    if (wanted == Break::paragraph) want(list_marks_.empty() ? Gap::paragraph : Gap::line);
  }

  void start(Element element, const HtmlToken& token) {
    if (element == Element::script || element == Element::style)
      return tokens_.skip_raw_text(traits(element).name, token.self_closing);
    if (element == Element::br) return line_break();
    want_break(element);
    switch (element) {
      case Element::ul: list_marks_.push_back(unnumbered); break;
      case Element::ol: list_marks_.push_back(1); break;
      case Element::li: list_mark(); break;
      case Element::td:
      case Element::th: want(Gap::cell); break;
      case Element::pre: ++pre_; break;
      case Element::img: image(value_of(token, Attribute::alt)); break;
      case Element::a: open_link(token); break;
      default: break;
    }
  }

  void end(Element element) {
    if (element == Element::br) return;
    if (element == Element::a) close_link();
    if (element == Element::pre && pre_ > 0) --pre_;
    if ((element == Element::ul || element == Element::ol) && !list_marks_.empty()) list_marks_.pop_back();
    want_break(element);
  }

  static std::string_view value_of(const HtmlToken& token, Attribute wanted) {
    for (const HtmlAttribute& attribute : token.attributes)
      if (find_attribute(attribute.name) == wanted) return attribute.value;
    return {};
  }

  // Two in a row part paragraphs, as writers mean them.
  void line_break() {
    const bool second = gap_ == Gap::line && after_br_ == out_.size() && !out_.empty();
    want(second ? Gap::paragraph : Gap::line);
    after_br_ = out_.size();
  }

  // Written with the first word of its item: an empty item is none.
  void list_mark() {
    if (list_marks_.empty()) return;
    mark_.assign(2 * std::min(list_marks_.size() - 1, deepest_indent), ' ');
    int& next = list_marks_.back();
    mark_.append(next == unnumbered ? "-" : std::to_string(next) + ".").append(" ");
    if (next != unnumbered) ++next;
  }

  void image(std::string_view words) {
    want(Gap::space);
    write(words);
    want(Gap::space);
  }

  void open_link(const HtmlToken& token) {
    if (!options_.keep_links) return;
    link_ = attribute_value(value_of(token, Attribute::href));
    link_start_ = out_.size();
  }

  void close_link() {
    if (link_.empty()) return;
    std::string_view words = std::string_view(out_).substr(std::min(link_start_, out_.size()));
    words.remove_prefix(std::min(words.find_first_not_of(" \n\t"), words.size()));
    if (is_useful_link(link_, words)) {
      flush_gap();
      if (!words.empty()) out_ += ' ';
      out_.append("<").append(link_).append(">");
    }
    link_.clear();
  }

  // Before the next character: the white space that is due, but none at the beginning.
  void flush_gap() {
    constexpr std::array<std::string_view, 5> spaces = {"", " ", "\t", "\n", "\n\n"};
    if (!out_.empty()) out_ += spaces[static_cast<std::size_t>(gap_)];
    gap_ = Gap::none;
    out_ += mark_;
    mark_.clear();
  }

  void append(std::string_view characters) {
    if (characters.empty()) return;
    if (gap_ != Gap::none || !mark_.empty()) flush_gap();
    out_ += characters;
  }

  // Copies words, with single spaces between them, in one go.
  void write(std::string_view source) {
    std::size_t at = 0;
    while (at < source.size()) {
      std::size_t end = is_special(source[at]) ? at : behind_words(source, at);
      while (end < source.size()) {
        if (!is_special(source[end])) {
          ++end;
        } else if (source[end] == ' ' && end > at && end + 1 < source.size() && !is_special(source[end + 1])) {
          end += 2;
        } else {
          break;
        }
      }
      append(source.substr(at, end - at));
      if (end < source.size()) end += write_special(source.substr(end));
      at = end;
    }
  }

  static bool is_special(char c) { return special[static_cast<unsigned char>(c)]; }

  std::size_t write_special(std::string_view source) {
    const char c = source[0];
    if (c == '&') {
      const CharacterReference reference = reference_at(source, ReferencePlace::text);
      if (reference.length == 0) {
        append("&");
      } else {
        for (std::size_t at = 0; at < reference.size;) at += write_character(reference.view().substr(at));
      }
      return std::max<std::size_t>(reference.length, 1);
    }
    return write_character(source);
  }

  std::size_t write_character(std::string_view source) {
    std::size_t at = 0;
    const char32_t c = next_code_point(source, at);
    if (pre_ > 0 && (c == '\n' || c == ' ' || c == '\t')) {
      write_preformatted(static_cast<char>(c));
    } else if (is_space(c)) {
      want(Gap::space);
    } else if (c > 0x20 && !(c >= 0x7F && c < 0xA0) && !is_invisible(c)) {
      append(source.substr(0, at));
    }
    return at;
  }

  void write_preformatted(char c) {
    if (c == '\n') {
      want(gap_ == Gap::line ? Gap::paragraph : Gap::line);
    } else {
      append(std::string_view(&c, 1));
    }
  }

  static constexpr int unnumbered = 0;
  static constexpr std::size_t deepest_indent = 6;

  HtmlTokenizer tokens_;
  PlainOptions options_;
  std::string out_;
  Gap gap_ = Gap::none;
  std::vector<int> list_marks_;  // of the lists that are open: the next number
  int pre_ = 0;
  std::string mark_;  // of the list item that begins
  std::size_t after_br_ = std::string::npos;
  std::string link_;
  std::size_t link_start_ = 0;
};

}  // namespace

PlainText to_plain_text(const SafeHtml& html, const PlainOptions& options) {
  std::string plain = PlainWriter(html.view(), options).run();  // which writes no control characters
  return is_valid_utf8(plain) ? PlainText::trusted(std::move(plain)) : PlainText::from(plain);
}

}  // namespace sotevahti::text
