// Judges what sanitize() gives by a grammar of its own, apart from the code under
// test: tags of known names, attributes in double quotes, no bare `<`, `>` or `&`,
// every element closed in its order, no address that could run something.
#pragma once
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sotevahti::test_support {

class MarkupJudge {
 public:
  explicit MarkupJudge(std::string_view html) : html_(html) {}

  // "" when all is well, else what is not and where.
  std::string fault() {
    while (fault_.empty() && at_ < html_.size()) {
      if (html_[at_] == '<') {
        tag();
      } else {
        character("<>");
      }
    }
    if (fault_.empty() && !open_.empty()) wrong("not closed: " + open_.back());
    return fault_;
  }

 private:
  void wrong(const std::string& what) {
    if (fault_.empty()) fault_ = what + " at byte " + std::to_string(at_);
  }

  void character(std::string_view forbidden) {
    const char c = html_[at_];
    const auto byte = static_cast<unsigned char>(c);
    if (forbidden.find(c) != std::string_view::npos) return wrong(std::string("bare ") + c);
    if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F) return wrong("control character");
    if (c == '&') {
      const std::string_view rest = html_.substr(at_);
      for (const std::string_view reference : {"&amp;", "&lt;", "&gt;", "&quot;"})
        if (rest.starts_with(reference)) {
          at_ += reference.size();
          return;
        }
      return wrong("bare ampersand");
    }
    ++at_;
  }

  std::string name() {
    const std::size_t start = at_;
    while (at_ < html_.size() && ((html_[at_] >= 'a' && html_[at_] <= 'z') || (html_[at_] >= '0' && html_[at_] <= '9')))
      ++at_;
    return std::string(html_.substr(start, at_ - start));
  }

  void tag() {
    static const std::set<std::string> empty = {"br", "col", "hr", "img", "source", "wbr"};
    static const std::set<std::string> known = {
        "a",          "abbr",    "acronym",    "address", "article", "aside",  "audio",  "b",    "bdi",
        "bdo",        "big",     "blockquote", "br",      "caption", "center", "cite",   "code", "col",
        "colgroup",   "dd",      "del",        "details", "dfn",     "div",    "dl",     "dt",   "em",
        "figcaption", "figure",  "footer",     "h1",      "h2",      "h3",     "h4",     "h5",   "h6",
        "header",     "hr",      "i",          "img",     "ins",     "kbd",    "li",     "main", "mark",
        "nav",        "ol",      "p",          "pre",     "q",       "rp",     "rt",     "ruby", "s",
        "samp",       "section", "small",      "source",  "span",    "strike", "strong", "sub",  "summary",
        "sup",        "table",   "tbody",      "td",      "tfoot",   "th",     "thead",  "time", "tr",
        "tt",         "u",       "ul",         "var",     "video",   "wbr"};
    const bool is_end = html_.substr(at_).starts_with("</");
    at_ += is_end ? 2 : 1;
    const std::string element = name();
    if (!known.contains(element)) return wrong("element " + element);
    while (!is_end && fault_.empty() && html_.substr(at_).starts_with(" ")) attribute();
    if (!html_.substr(at_).starts_with(">")) return wrong("tag not closed");
    ++at_;
    if (!is_end && !empty.contains(element)) open_.push_back(element);
    if (!is_end) return;
    if (open_.empty() || open_.back() != element) return wrong("end tag out of order: " + element);
    open_.pop_back();
  }

  void attribute() {
    ++at_;
    const std::string attribute = name();
    if (attribute.empty() || attribute.starts_with("on") || attribute == "style" || attribute == "srcdoc" ||
        attribute == "id" || attribute == "name")
      return wrong("attribute " + attribute);
    if (!html_.substr(at_).starts_with("=\"")) return wrong("value not quoted");
    at_ += 2;
    const std::size_t start = at_;
    while (fault_.empty() && at_ < html_.size() && html_[at_] != '"') character("<>\"");
    if (at_ >= html_.size()) return wrong("value not closed");
    address(attribute, html_.substr(start, at_ - start));
    ++at_;
  }

  void address(const std::string& attribute, std::string_view value) {
    static const std::set<std::string> of_addresses = {"href", "src", "cite", "poster", "longdesc"};
    if (!of_addresses.contains(attribute)) return;
    const std::size_t colon = value.find(':');
    if (colon == std::string_view::npos || value.find_first_of("/?#") < colon) return;
    static const std::set<std::string> harmless = {"ftp",    "ftps",   "geo", "git",  "http",   "https", "irc",  "ircs",
                                                   "magnet", "mailto", "mms", "news", "nntp",   "rtsp",  "sftp", "sip",
                                                   "sips",   "sms",    "ssh", "tel",  "webcal", "xmpp"};
    std::string scheme(value.substr(0, colon));
    std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (!harmless.contains(scheme)) wrong("address of " + scheme);
  }

  std::string_view html_;
  std::size_t at_ = 0;
  std::vector<std::string> open_;
  std::string fault_;
};

inline std::string markup_fault(std::string_view html) { return MarkupJudge(html).fault(); }

}  // namespace sotevahti::test_support
