#include "text/html_links.h"

#include "text/html_escape.h"
#include "text/html_tokenizer.h"
#include "text/utf8.h"
#include "text/words.h"

namespace sotevahti::text {
namespace {

constexpr std::size_t longest_title = 200;

std::string value_of(const HtmlToken& tag, std::string_view name) {
  for (const HtmlAttribute& attribute : tag.attributes)
    if (lower(attribute.name) == name) return attribute_value(attribute.value);
  return {};
}

PageLink link_of(const HtmlToken& tag, bool in_head) {
  PageLink link;
  link.href = value_of(tag, "href");
  link.rel = lower(value_of(tag, "rel"));
  link.type = lower(value_of(tag, "type"));
  link.title = value_of(tag, "title");
  link.in_head = in_head;
  return link;
}

// Text goes to the element that is open: the page's title, or an <a> without a title of its own.
class Reader {
 public:
  explicit Reader(std::size_t most) : most_(most) {}

  void start_tag(const HtmlToken& tag, const std::string& name) {
    if (name == "title") {
      read_into(page_.title.empty() ? &page_.title : nullptr);
    } else if (name == "base" && page_.base.empty()) {
      page_.base = value_of(tag, "href");
    } else if ((name == "a" || name == "link") && page_.links.size() < most_) {
      PageLink link = link_of(tag, name == "link");
      if (link.href.empty()) return;
      read_into(nullptr);  // the list may move
      page_.links.push_back(std::move(link));
      auto& title = page_.links.back().title;
      read_into(name == "a" && title.empty() ? &title : nullptr);
    }
  }
  void end_tag(const std::string& name) {
    if (name == "a" || name == "title") read_into(nullptr);
  }
  void text(std::string_view source) {
    if (text_ != nullptr && text_->size() < longest_title)
      *text_ += attribute_value(utf8_prefix(source, longest_title));
  }
  PageLinks take() {
    read_into(nullptr);
    return std::move(page_);
  }

 private:
  void read_into(std::string* text) {
    if (text_ != nullptr) *text_ = collapse_space(*text_);
    text_ = text;
  }

  std::size_t most_;
  PageLinks page_;
  std::string* text_ = nullptr;
};

}  // namespace

PageLinks page_links(std::string_view html, std::size_t most) {
  HtmlTokenizer tokenizer(html);
  Reader reader(most);
  for (;;) {
    const HtmlToken& token = tokenizer.next();
    if (token.kind == HtmlToken::Kind::end) return reader.take();
    if (token.kind == HtmlToken::Kind::text) {
      reader.text(token.text);
      continue;
    }
    const std::string name = lower(token.name);
    if (token.kind == HtmlToken::Kind::end_tag) {
      reader.end_tag(name);
    } else if (name == "script" || name == "style") {
      tokenizer.skip_raw_text(token.name, token.self_closing);
    } else {
      reader.start_tag(token, name);
    }
  }
}

}  // namespace sotevahti::text
