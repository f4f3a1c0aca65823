#include "text/html_tokenizer.h"

#include <algorithm>

#include "text/url_parts.h"

namespace sotevahti::text {
namespace {

constexpr std::string_view cdata_start = "<![CDATA[";
constexpr std::string_view cdata_stop = "]]>";

constexpr bool is_html_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

bool equals_any_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return ascii_lower(x) == ascii_lower(y); });
}

// Of "<script" or "</script": is that a tag of the name, and not of a longer one?
bool is_tag_of(std::string_view name, std::string_view at_name) {
  if (at_name.size() < name.size() || !equals_any_case(at_name.substr(0, name.size()), name)) return false;
  return at_name.size() == name.size() || is_html_space(at_name[name.size()]) || at_name[name.size()] == '/' ||
         at_name[name.size()] == '>';
}

}  // namespace

std::size_t HtmlTokenizer::find(char c, std::size_t from) const { return std::min(html_.find(c, from), html_.size()); }

const HtmlToken& HtmlTokenizer::next() {
  while (at_ < html_.size()) {
    if (take_text()) return token_;
    if (at_ >= html_.size()) break;
    const Markup markup = markup_at(at_);
    if (markup == Markup::other) {
      skip_other();
    } else if (take_tag(markup == Markup::tag ? HtmlToken::Kind::start_tag : HtmlToken::Kind::end_tag)) {
      return token_;
    }
  }
  token_.kind = HtmlToken::Kind::end;
  return token_;
}

HtmlTokenizer::Markup HtmlTokenizer::markup_at(std::size_t at) const {
  if (at + 1 >= html_.size()) return Markup::none;
  const char c = html_[at + 1];
  if (is_ascii_letter(c)) return Markup::tag;
  if (c == '!' || c == '?') return Markup::other;
  if (c != '/' || at + 2 >= html_.size()) return Markup::none;
  return is_ascii_letter(html_[at + 2]) ? Markup::end_tag : Markup::other;
}

// Feeds wrap HTML in CDATA twice: then the inner markers go and what they hold is HTML.
// With no end it is text. The end found is kept, so that many starts cost one search.
bool HtmlTokenizer::opens_cdata(std::size_t at) {
  if (no_cdata_end_) return false;
  if (cdata_end_ <= at) {
    const std::size_t end = html_.find(cdata_stop, at);
    no_cdata_end_ = end == std::string_view::npos;
    cdata_end_ = no_cdata_end_ ? 0 : end;
  }
  return !no_cdata_end_;
}

// The next "<" that begins markup, or where the open CDATA section ends if that comes first.
std::size_t HtmlTokenizer::text_end(std::size_t start) {
  for (std::size_t end = find('<', start);; end = find('<', end + 1)) {
    if (cdata_end_ >= start && cdata_end_ < end && cdata_end_ != 0) return cdata_end_;
    if (end >= html_.size()) return end;
    const Markup markup = markup_at(end);
    const bool is_cdata = markup == Markup::other && html_.substr(end).starts_with(cdata_start);
    if (is_cdata ? opens_cdata(end) : markup != Markup::none) return end;
  }
}

bool HtmlTokenizer::take_text() {
  token_.kind = HtmlToken::Kind::text;
  while (true) {
    const std::size_t start = at_;
    at_ = text_end(start);
    token_.text = html_.substr(start, at_ - start);
    const bool cdata_ends = at_ == cdata_end_ && at_ != 0;
    if (cdata_ends) {
      at_ += cdata_stop.size();
      cdata_end_ = 0;
    }
    if (!token_.text.empty() || !cdata_ends) return !token_.text.empty();
  }
}

void HtmlTokenizer::skip_other() {
  const std::string_view rest = html_.substr(at_);
  if (rest.starts_with("<!--")) {
    skip_comment();
  } else if (rest.starts_with(cdata_start)) {
    at_ += cdata_start.size();
  } else {
    at_ = std::min(find('>', at_) + 1, html_.size());
  }
}

void HtmlTokenizer::skip_comment() {
  at_ += 4;
  const std::string_view rest = html_.substr(at_);
  if (rest.starts_with('>') || rest.starts_with("->")) {
    at_ += rest.starts_with('>') ? 1 : 2;
    return;
  }
  while (true) {
    const std::size_t dashes = html_.find("--", at_);
    if (dashes == std::string_view::npos) break;
    const std::string_view after = html_.substr(dashes + 2);
    if (after.starts_with('>') || after.starts_with("!>")) {
      at_ = dashes + (after.starts_with('>') ? 3 : 4);
      return;
    }
    at_ = dashes + 1;
  }
  at_ = html_.size();
}

bool HtmlTokenizer::take_tag(HtmlToken::Kind kind) {
  token_.kind = kind;
  token_.self_closing = false;
  token_.attributes.clear();
  at_ += kind == HtmlToken::Kind::start_tag ? 1 : 2;
  const std::size_t start = at_;
  while (at_ < html_.size() && !is_html_space(html_[at_]) && html_[at_] != '/' && html_[at_] != '>') ++at_;
  token_.name = html_.substr(start, at_ - start);
  while (take_attribute()) {}
  if (at_ >= html_.size()) return false;
  ++at_;
  return true;
}

void HtmlTokenizer::skip_space() {
  while (at_ < html_.size() && is_html_space(html_[at_])) ++at_;
}

// False at the tag's ">" and at the end of the input.
bool HtmlTokenizer::take_attribute() {
  token_.self_closing = false;
  while (at_ < html_.size() && (is_html_space(html_[at_]) || html_[at_] == '/')) {
    token_.self_closing = html_[at_] == '/';
    ++at_;
  }
  if (at_ >= html_.size() || html_[at_] == '>') return false;
  const std::size_t start = at_;
  ++at_;  // a "=" in first place belongs to the name
  while (at_ < html_.size() && !is_html_space(html_[at_]) && html_[at_] != '/' && html_[at_] != '>' &&
         html_[at_] != '=')
    ++at_;
  HtmlAttribute attribute{html_.substr(start, at_ - start), {}};
  skip_space();
  if (at_ < html_.size() && html_[at_] == '=') {
    ++at_;
    skip_space();
    attribute.value = take_value();
  }
  if (token_.attributes.size() < HtmlToken::most_attributes) token_.attributes.push_back(attribute);
  return true;
}

std::string_view HtmlTokenizer::take_value() {
  if (at_ >= html_.size() || html_[at_] == '>') return {};
  const char quote = html_[at_];
  if (quote == '"' || quote == '\'') {
    const std::size_t start = at_ + 1;
    const std::size_t end = find(quote, start);
    at_ = std::min(end + 1, html_.size());
    return html_.substr(std::min(start, end), end - std::min(start, end));
  }
  const std::size_t start = at_;
  while (at_ < html_.size() && !is_html_space(html_[at_]) && html_[at_] != '>') ++at_;
  return html_.substr(start, at_ - start);
}

void HtmlTokenizer::skip_raw_text(std::string_view name, bool self_closing) {
  const std::size_t start = at_;
  for (at_ = find('<', at_); at_ < html_.size(); at_ = find('<', at_ + 1)) {
    const bool is_end = at_ + 1 < html_.size() && html_[at_ + 1] == '/';
    if (is_end && is_tag_of(name, html_.substr(at_ + 2))) {
      at_ = std::min(find('>', at_) + 1, html_.size());
      return;
    }
    if (self_closing && is_tag_of(name, html_.substr(at_ + 1))) break;
  }
  if (self_closing) at_ = start;
}

}  // namespace sotevahti::text
