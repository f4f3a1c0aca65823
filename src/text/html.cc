#include "text/html.h"

#include <algorithm>
#include <array>

#include "text/html_elements.h"
#include "text/html_escape.h"
#include "text/html_tokenizer.h"
#include "text/url.h"
#include "text/utf8.h"

namespace sotevahti::text {
namespace {

constexpr std::size_t deepest = 200;  // elements inside one another; deeper tags go, their text stays
constexpr std::size_t longest_address = 8192;

// Schemes whose links open something of their own and run nothing here.
bool is_allowed_scheme(std::string_view scheme) {
  constexpr std::array<std::string_view, 22> allowed = {
      "ftp", "ftps", "geo",  "git",  "http", "https", "irc", "ircs", "magnet", "mailto", "mms",
      "news", "nntp", "rtsp", "sftp", "sip", "sips",  "sms", "ssh",  "tel",    "webcal", "xmpp"};
  std::string small(scheme);
  std::transform(small.begin(), small.end(), small.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return std::binary_search(allowed.begin(), allowed.end(), small);
}

// Whatever stands before a colon that no slash precedes must be a scheme that is allowed:
// a disguised one is none.
bool is_harmless(std::string_view address) {
  const std::size_t end = address.find_first_of(":/?#");
  if (end == std::string_view::npos || address[end] != ':') return true;
  return is_allowed_scheme(address.substr(0, end));
}

// The elements that stand open in what was written, with the topmost of each kind at hand.
class OpenElements {
 public:
  OpenElements() { top_.fill(-1); }

  int size() const { return static_cast<int>(size_); }
  Element back() const { return stack_[size_ - 1].element; }
  // The place of the topmost open one, -1 when none is.
  int top(Element element) const { return top_[static_cast<std::size_t>(element)]; }
  int scope() const { return scope_; }
  int list_scope() const { return std::max({scope_, top(Element::ul), top(Element::ol)}); }

  void push(Element element) {
    int& top = top_[static_cast<std::size_t>(element)];
    stack_[size_] = {element, top, scope_};
    top = size();
    if (traits(element).is_scope) scope_ = size();
    ++size_;
  }
  void pop() {
    const Entry& last = stack_[--size_];
    top_[static_cast<std::size_t>(last.element)] = last.below;
    scope_ = last.scope_below;
  }

 private:
  struct Entry {
    Element element = Element::unknown;
    int below = -1;  // the next of its kind
    int scope_below = -1;
  };
  std::array<Entry, deepest> stack_;
  std::size_t size_ = 0;
  std::array<int, static_cast<std::size_t>(Element::count)> top_{};
  int scope_ = -1;
};

class Sanitizer {
 public:
  Sanitizer(std::string_view html, const HtmlOptions& options)
      : tokens_(html), base_(is_harmless(options.base_url) ? options.base_url : ""), most_(options.max_bytes) {
    out_.reserve(std::min(html.size() + html.size() / 16, most_) + 64);
  }

  std::string run() {
    while (!full_) {
      const HtmlToken& token = tokens_.next();
      if (token.kind == HtmlToken::Kind::end) break;
      if (token.kind == HtmlToken::Kind::text) {
        write_text(token.text);
      } else if (token.kind == HtmlToken::Kind::start_tag) {
        start(find_element(token.name), token);
      } else {
        end(find_element(token.name));
      }
    }
    close_from(0);
    return std::move(out_);
  }

 private:
  void start(Element element, const HtmlToken& token) {
    if (element == Element::script || element == Element::style)
      tokens_.skip_raw_text(traits(element).name, token.self_closing);
    if (!is_kept(element)) return;
    const ElementTraits& kind = traits(element);
    close_implied(element, kind);
    if (!kind.is_void && open_.size() == static_cast<int>(deepest)) {
      ++too_deep_[static_cast<std::size_t>(element)];
      any_too_deep_ = true;
      return;
    }
    const std::size_t before = out_.size();
    write_tag(kind, token);
    const std::size_t closing = kind.is_void ? 0 : kind.name.size() + 3;
    if (out_.size() + closing_bytes_ + closing > most_) {
      out_.resize(before);
      full_ = true;
      return;
    }
    if (element == Element::br) after_br_ = out_.size();
    if (kind.is_void) return;
    open_.push(element);
    closing_bytes_ += closing;
  }

  void end(Element element) {
    if (element == Element::br && after_br_ != out_.size()) write_markup("<br>");
    if (!is_kept(element) || traits(element).is_void) return;
    if (std::size_t& too_deep = too_deep_[static_cast<std::size_t>(element)]; too_deep > 0) {
      --too_deep;
      return;
    }
    const int at = place_to_end(element);
    if (at >= 0) close_from(at);
  }

  // The open element that an end tag means, or -1.
  int place_to_end(Element element) const {
    int at = open_.top(element);
    int limit = open_.scope();
    if (traits(element).is_heading) {
      for (int h = static_cast<int>(Element::h1); h <= static_cast<int>(Element::h6); ++h)
        at = std::max(at, open_.top(static_cast<Element>(h)));
    } else if (element == Element::table) {
      limit = -1;
    } else if (is_table_part(element)) {
      limit = open_.top(Element::table);
    } else if (element == Element::li) {
      limit = open_.list_scope();
    }
    return at > limit ? at : -1;
  }

  static bool is_table_part(Element e) {
    return e == Element::td || e == Element::th || e == Element::tr || e == Element::tbody || e == Element::thead ||
           e == Element::tfoot || e == Element::caption || e == Element::colgroup;
  }

  // What a browser would close before this start tag.
  void close_implied(Element element, const ElementTraits& kind) {
    if (open_.size() == 0) return;
    if (kind.ends_paragraph) close_above(open_.scope(), {Element::p});
    if (kind.is_heading && open_.size() > 0 && traits(open_.back()).is_heading) close_from(open_.size() - 1);
    switch (element) {
      case Element::li: return close_above(open_.list_scope(), {Element::li});
      case Element::dd:
      case Element::dt:
        return close_above(std::max(open_.scope(), open_.top(Element::dl)), {Element::dd, Element::dt});
      case Element::a: return close_above(open_.scope(), {Element::a});
      case Element::td:
      case Element::th:
        return close_above(open_.top(Element::table), {Element::td, Element::th, Element::caption, Element::colgroup});
      case Element::tr:
        return close_above(open_.top(Element::table),
                           {Element::tr, Element::td, Element::th, Element::caption, Element::colgroup});
      case Element::tbody:
      case Element::thead:
      case Element::tfoot:
      case Element::caption:
      case Element::colgroup:
        return close_above(open_.top(Element::table),
                           {Element::tbody, Element::thead, Element::tfoot, Element::tr, Element::td, Element::th,
                            Element::caption, Element::colgroup});
      default: return;
    }
  }

  // Closes the lowest open one of these kinds above the place, and all in it. Only
  // the topmost of each kind can stand there: it was so when it was opened.
  void close_above(int limit, std::initializer_list<Element> kinds) {
    int at = open_.size();
    for (const Element kind : kinds)
      if (const int top = open_.top(kind); top > limit) at = std::min(at, top);
    close_from(at);
  }

  void close_from(int at) {
    if (at >= open_.size()) return;
    while (open_.size() > at) {
      const std::string_view name = traits(open_.back()).name;
      out_.append("</").append(name).append(">");
      closing_bytes_ -= name.size() + 3;
      open_.pop();
    }
    if (any_too_deep_) too_deep_.fill(0);
    any_too_deep_ = false;
  }

  void write_markup(std::string_view markup) {
    if (out_.size() + markup.size() + closing_bytes_ > most_) {
      full_ = true;
    } else {
      out_ += markup;
    }
  }

  void write_text(std::string_view source) {
    const std::size_t before = out_.size();
    append_normal_html(out_, source, ReferencePlace::text);
    if (out_.size() + closing_bytes_ <= most_) return;
    cut_text(before);
    full_ = true;
  }

  // Down to what fits, between characters and references.
  void cut_text(std::size_t before) {
    const std::size_t room = std::max(most_, before + closing_bytes_) - closing_bytes_;
    std::size_t end = utf8_prefix(out_, room).size();
    const std::size_t ampersand = out_.rfind('&', end == 0 ? 0 : end - 1);
    if (ampersand != std::string::npos && ampersand >= before && out_.find(';', ampersand) >= end) end = ampersand;
    out_.resize(std::max(end, before));
  }

  void write_tag(const ElementTraits& kind, const HtmlToken& token) {
    out_.append("<").append(kind.name);
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < token.attribute_count; ++i) {
      const HtmlAttribute& given = token.attributes[i];
      const Attribute attribute = find_attribute(given.name);
      const std::uint64_t bit = std::uint64_t{1} << static_cast<unsigned>(attribute);
      if (attribute == Attribute::none || !kind.allows(attribute) || (seen & bit) != 0) continue;
      seen |= bit;
      out_.append(" ").append(name_of(attribute)).append("=\"");
      if (holds_address(attribute)) {
        write_address(given.value);
      } else {
        append_normal_html(out_, given.value, ReferencePlace::attribute);
      }
      out_ += '"';
    }
    out_ += '>';
  }

  // One that could run something is left empty.
  void write_address(std::string_view source) {
    std::string address = trim_url(attribute_value(source));
    if (address.empty() || address.size() > longest_address || !is_harmless(address)) return;
    if (!base_.empty()) address = resolve_url(base_, address);
    escape_into_attribute(address);
  }

  void escape_into_attribute(std::string_view characters) {
    for (const char c : characters) {
      switch (c) {
        case '&': out_ += "&amp;"; break;
        case '<': out_ += "&lt;"; break;
        case '>': out_ += "&gt;"; break;
        case '"': out_ += "&quot;"; break;
        default: out_ += c;
      }
    }
  }

  HtmlTokenizer tokens_;
  std::string_view base_;
  std::size_t most_;
  std::string out_;
  OpenElements open_;
  std::size_t closing_bytes_ = 0;  // of the end tags that are owed
  std::size_t after_br_ = std::string::npos;
  std::array<std::size_t, static_cast<std::size_t>(Element::count)> too_deep_{};
  bool any_too_deep_ = false;
  bool full_ = false;
};

}  // namespace

SafeHtml sanitize(std::string_view html, const HtmlOptions& options) {
  if (is_valid_utf8(html)) return SafeHtml::trusted(Sanitizer(html, options).run());
  return SafeHtml::trusted(Sanitizer(repair_utf8(html), options).run());
}

bool looks_like_html(std::string_view text) {
  HtmlTokenizer tokens(text);
  std::array<bool, static_cast<std::size_t>(Element::count)> open{};
  bool closed = false;
  while (true) {
    const HtmlToken& token = tokens.next();
    if (token.kind == HtmlToken::Kind::end) break;
    if (token.kind == HtmlToken::Kind::text) continue;
    const Element element = find_element(token.name);
    if (element == Element::unknown) return false;
    bool& is_open = open[static_cast<std::size_t>(element)];
    if (token.kind == HtmlToken::Kind::start_tag) is_open = true;
    closed = closed || (token.kind == HtmlToken::Kind::end_tag && is_open);
  }
  for (std::size_t at = text.find('&'); at != std::string_view::npos && !closed; at = text.find('&', at + 1)) {
    const CharacterReference reference = reference_at(text.substr(at), ReferencePlace::text);
    closed = reference.length > 0 && text[at + reference.length - 1] == ';';
  }
  return closed;
}

}  // namespace sotevahti::text
