#include "feed/document.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "feed/ascii.h"
#include "feed/formats.h"
#include "feed/sniff.h"
#include "feed/xml_repair.h"
#include "feed/xml_tree.h"
#include "text/byte_block.h"
#include "text/charset.h"

namespace sotevahti::feed {
namespace {

bool is_forbidden(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

bool has_forbidden(std::string_view text) {
  std::size_t at = 0;
  for (; at + text::ByteBlock::size <= text.size(); at += text::ByteBlock::size) {
    const text::ByteBlock block(text.data() + at);
    const text::ByteBlock white = block.equal('\t') | block.equal('\n') | block.equal('\r');
    if ((block.below(0x20) & ~white).any()) return true;
  }
  return std::any_of(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_forbidden);
}

// U+FFFE and U+FFFF.
bool has_noncharacter(std::string_view text) {
  constexpr std::string_view start = "\xEF\xBF";
  for (std::size_t at = text.find(start); at != std::string_view::npos; at = text.find(start, at + 2)) {
    if (at + 2 < text.size() && (text[at + 2] == '\xBE' || text[at + 2] == '\xBF')) return true;
  }
  return false;
}

// Control characters have no place in XML, not even as references.
bool drop_controls(std::string& text) { return has_forbidden(text) && std::erase_if(text, is_forbidden) > 0; }

void refuse(Document& document, NotAFeed why, std::string error) {
  document.not_a_feed = why;
  document.error = std::move(error);
}

void recovered_from(Document& document, std::string defect) {
  if (document.error.empty()) document.error = std::move(defect);
  document.recovered = true;
}

// An element without xml:lang is in the feed's language; xml:lang="" says in none.
class Languages {
 public:
  explicit Languages(const Document& document) : feed_(document.feed.language) {}

  void settle(Document& document) const {
    settle(document.feed);
    for (Entry& entry : document.entries) {
      settle(entry);
      if (entry.source) settle(*entry.source);
    }
  }

 private:
  void settle(Part& part) const {
    for (auto* text : {&part.title, &part.subtitle, &part.summary, &part.rights, &part.info}) {
      if (*text) settle(**text);
    }
    for (Text& text : part.content) settle(text);
  }
  void settle(Text& text) const {
    if (!text.language) {
      text.language = feed_;
    } else if (text.language->empty()) {
      text.language.reset();
    }
  }
  std::optional<std::string> feed_;
};

text::Decoded decoded(std::string_view bytes, const ParseOptions& options) {
  return text::decode_xml(bytes, text::charset_of(options.content_type));
}

void read_root(const XmlTree& tree, Document& document, const ParseOptions& options) {
  const Scope outermost(tree.entities(), options.base_url);
  const Scope scope(outermost, tree.root());
  const Element root(tree.root(), scope);
  const std::string name = lower(root.name());
  if (scope.language() && !scope.language()->empty() && name != "channel") document.feed.language = scope.language();
  if (name == "rss" || name == "rdf") {
    read_rss(root, document, options);
  } else if (name == "feed") {
    read_atom(root, document, options);
  } else if (name == "channel") {
    read_cdf(root, document, options);
  } else {
    refuse(document, NotAFeed::other_xml, fmt::format("XML of another kind, no feed: <{}>", root.name()));
  }
}

// A line ends with a line feed alone (XML 1.0, 2.11).
void unify_line_ends(std::string& text) {
  std::size_t to = text.find('\r');
  if (to == std::string::npos) return;
  for (std::size_t at = to; at < text.size(); ++at) {
    if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') continue;
    text[to++] = text[at] == '\r' ? '\n' : text[at];
  }
  text.resize(to);
}

// Reads the text in place: what was to be repaired is decoded again.
class XmlReader {
 public:
  XmlReader(Document& document, const ParseOptions& options, std::string_view bytes)
      : document_(document), options_(options), bytes_(bytes) {}

  void read(std::string text, std::size_t begin) {
    begin_ = begin;
    const XmlTree tree(prepared(std::move(text)));
    const Defect defect = tree.defect();
    if (!defect.what.empty()) recovered_from(document_, defect.what);
    if (!defect.hides_items && tree.root()) return read_root(tree, document_, options_);
    const XmlTree repaired(repair_xml(prepared(decoded(bytes_, options_).utf8)));
    if (repaired.root()) return read_root(repaired, document_, options_);
    refuse(document_, NotAFeed::unreadable, "broken XML, no feed: " + defect.what);
  }

 private:
  std::string prepared(std::string text) {
    if (begin_ > 0) {
      recovered_from(document_, "something stands before the feed");
      text.erase(0, begin_);
    }
    if (drop_controls(text)) recovered_from(document_, "control characters");
    if (has_noncharacter(text)) recovered_from(document_, "characters that XML has not");
    unify_line_ends(text);
    return text;
  }

  Document& document_;
  const ParseOptions& options_;
  std::string_view bytes_;
  std::size_t begin_ = 0;
};

void read_text(std::string text, std::string_view bytes, Document& document, const ParseOptions& options) {
  const Sniffed sniffed = sniff_text(text);
  switch (sniffed.looks) {
    case Looks::not_a_feed: return refuse(document, sniffed.why, sniffed.error);
    case Looks::json: return read_json_feed(std::string_view(text).substr(sniffed.begin), document, options);
    case Looks::xml: return XmlReader(document, options, bytes).read(std::move(text), sniffed.begin);
  }
}

constexpr std::array<std::pair<Format, std::string_view>, 14> format_names = {{
    {Format::unknown, "unknown"},
    {Format::rss090, "rss090"},
    {Format::rss091, "rss091"},
    {Format::rss092, "rss092"},
    {Format::rss093, "rss093"},
    {Format::rss094, "rss094"},
    {Format::rss20, "rss20"},
    {Format::rss, "rss"},
    {Format::rss10, "rss10"},
    {Format::atom03, "atom03"},
    {Format::atom10, "atom10"},
    {Format::cdf, "cdf"},
    {Format::json1, "json1"},
    {Format::json11, "json11"},
}};

constexpr std::array<std::pair<NotAFeed, std::string_view>, 9> reason_names = {{
    {NotAFeed::none, "none"},
    {NotAFeed::empty, "empty"},
    {NotAFeed::html, "html"},
    {NotAFeed::challenge_page, "challenge-page"},
    {NotAFeed::pdf, "pdf"},
    {NotAFeed::other_json, "other-json"},
    {NotAFeed::other_xml, "other-xml"},
    {NotAFeed::unreadable, "unreadable"},
    {NotAFeed::over_limit, "over-limit"},
}};

template <class Value, std::size_t n>
std::string_view name_of(const std::array<std::pair<Value, std::string_view>, n>& names, Value value) {
  for (const auto& [named, name] : names) {
    if (named == value) return name;
  }
  return {};
}

}  // namespace

Document parse(std::string_view bytes, const ParseOptions& options) {
  Document document;
  if (bytes.size() > options.max_bytes) {
    refuse(document, NotAFeed::over_limit, fmt::format("over the limit of {} bytes", options.max_bytes));
    return document;
  }
  const Sniffed sniffed = sniff_bytes(bytes);
  if (sniffed.looks == Looks::not_a_feed) {
    refuse(document, sniffed.why, sniffed.error);
    return document;
  }
  text::Decoded text = decoded(bytes, options);
  document.encoding = std::move(text.encoding);
  if (text.mismatch) recovered_from(document, "the bytes do not fit the encoding that is declared");
  read_text(std::move(text.utf8), bytes, document, options);
  Languages(document).settle(document);
  return document;
}

std::string_view to_string(Format format) { return name_of(format_names, format); }
std::string_view to_string(NotAFeed why) { return name_of(reason_names, why); }

}  // namespace sotevahti::feed
