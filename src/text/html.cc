#include "text/html.h"

#include <algorithm>
#include <array>

#include "text/html_elements.h"
#include "text/html_escape.h"
#include "text/html_open_elements.h"
#include "text/html_tokenizer.h"
#include "text/url.h"
#include "text/url_parts.h"
#include "text/utf8.h"

namespace sotevahti::text {
namespace {

constexpr std::size_t longest_address = 8192;

// Schemes whose links open something of their own and run nothing here.
bool is_allowed_scheme(std::string_view scheme) {
  constexpr std::array<std::string_view, 22> allowed = {
      "ftp",  "ftps", "geo",  "git",  "http", "https", "irc", "ircs", "magnet", "mailto", "mms",
      "news", "nntp", "rtsp", "sftp", "sip",  "sips",  "sms", "ssh",  "tel",    "webcal", "xmpp"};
  std::string small(scheme);
  std::transform(small.begin(), small.end(), small.begin(), ascii_lower);
  return std::binary_search(allowed.begin(), allowed.end(), small);
}

// Whatever stands before a colon that no slash precedes must be a scheme that is allowed:
// a disguised one is none.
bool is_harmless(std::string_view address) {
  const std::size_t end = address.find_first_of(":/?#");
  if (end == std::string_view::npos || address[end] != ':') return true;
  return is_allowed_scheme(address.substr(0, end));
}

std::string usable_base(std::string_view base) {
  std::string clean = PlainText::from(trim_url(base)).str();
  return is_harmless(clean) ? clean : std::string();
}

class Sanitizer {
 public:
  Sanitizer(std::string_view html, const HtmlOptions& options)
      : tokens_(html), base_(usable_base(options.base_url)), most_(options.max_bytes) {
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
    close_from(open_.closed_by_start(element));
    const ElementTraits& kind = traits(element);
    if (!kind.is_void && open_.full()) {
      ++too_deep_[static_cast<std::size_t>(element)];
      any_too_deep_ = true;
      return;
    }
    const std::size_t before = out_.size();
    const std::size_t closing = kind.is_void ? 0 : kind.name.size() + 3;
    write_tag(kind, token);
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
    if (element == Element::br) return end_line();
    if (!is_kept(element) || traits(element).is_void) return;
    if (std::size_t& too_deep = too_deep_[static_cast<std::size_t>(element)]; too_deep > 0) {
      --too_deep;
    } else {
      close_from(open_.closed_by_end(element));
    }
  }

  // "</br>" is a line break of its own for browsers, but in "<br></br>" no second one is meant.
  void end_line() {
    if (after_br_ == out_.size()) return;
    if (out_.size() + 4 + closing_bytes_ > most_) {
      full_ = true;
    } else {
      out_ += "<br>";
    }
  }

  void close_from(int at) {
    if (at == open_.size()) return;
    while (open_.size() > at) {
      const std::string_view name = traits(open_.back()).name;
      out_.append("</").append(name).append(">");
      closing_bytes_ -= name.size() + 3;
      open_.pop();
    }
    if (any_too_deep_) too_deep_.fill(0);
    any_too_deep_ = false;
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
    for (const HtmlAttribute& given : token.attributes) {
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
    if (address.size() <= longest_address) append_escaped(out_, address, ReferencePlace::attribute);
  }

  HtmlTokenizer tokens_;
  std::string base_;
  std::size_t most_;
  std::string out_;
  OpenElements open_;
  std::size_t closing_bytes_ = 0;  // of the end tags that are owed
  std::size_t after_br_ = std::string::npos;
  std::array<std::size_t, static_cast<std::size_t>(Element::count)> too_deep_{};  // start tags whose end tags go too
  bool any_too_deep_ = false;
  bool full_ = false;
};

}  // namespace

SafeHtml sanitize(std::string_view html, const HtmlOptions& options) {
  if (is_valid_utf8(html)) return SafeHtml::trusted(Sanitizer(html, options).run());
  return SafeHtml::trusted(Sanitizer(repair_utf8(html), options).run());
}

}  // namespace sotevahti::text
