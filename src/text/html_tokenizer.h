// HTML into tags and runs of text, as WHATWG's tokenization reads it; comments,
// declarations and processing instructions are passed over. Linear in the input,
// allocates nothing; tokens are views into the input. Inside the room; any thread.
#pragma once
#include <boost/container/static_vector.hpp>
#include <cstddef>
#include <string_view>

namespace sotevahti::text {

struct HtmlAttribute {
  std::string_view name;   // as written
  std::string_view value;  // references not decoded
};

struct HtmlToken {
  enum class Kind { text, start_tag, end_tag, end };
  // What a tag has beyond this is passed over.
  static constexpr std::size_t most_attributes = 64;

  Kind kind = Kind::end;
  std::string_view text;  // of a run of text, references not decoded
  std::string_view name;  // of a tag, as written
  bool self_closing = false;
  boost::container::static_vector<HtmlAttribute, most_attributes> attributes;
};

class HtmlTokenizer {
 public:
  explicit HtmlTokenizer(std::string_view html) : html_(html) {}

  // The next token; it is good until the next call. A tag that the input cuts off is none.
  const HtmlToken& next();

  // Behind the start tag of script or style: passes over its content and end tag. One
  // written as an empty XML element has no content, unless its end tag comes first.
  void skip_raw_text(std::string_view name, bool self_closing);

 private:
  enum class Markup { none, tag, end_tag, other };
  Markup markup_at(std::size_t at) const;
  bool take_text();
  bool take_tag(HtmlToken::Kind kind);
  void skip_other();
  void skip_comment();
  std::size_t text_end(std::size_t start);
  bool opens_cdata(std::size_t at);
  void skip_space();
  bool take_attribute();
  std::string_view take_value();
  std::size_t find(char c, std::size_t from) const;

  std::string_view html_;
  std::size_t at_ = 0;
  std::size_t cdata_end_ = 0;  // where "]]>" stands for the last CDATA section opened
  bool no_cdata_end_ = false;
  HtmlToken token_;
};

}  // namespace sotevahti::text
