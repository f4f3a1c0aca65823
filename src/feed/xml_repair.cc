#include "feed/xml_repair.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <vector>

#include "feed/ascii.h"
#include "feed/vocabulary.h"

namespace sotevahti::feed {
namespace {

constexpr std::size_t npos = std::string_view::npos;
// More in one tag are left out.
constexpr std::size_t most_attributes = 64;
constexpr std::size_t longest_instruction = 4096;
constexpr std::size_t longest_doctype = std::size_t{64} << 10;

bool is_name_start(char c) { return is_alpha(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80; }
bool is_name_char(char c) { return is_name_start(c) || is_digit(c) || c == '-' || c == '.' || c == ':'; }

// Where a word comes next. Remembers it, so that asking at every step stays linear.
class Finder {
 public:
  Finder(std::string_view text, std::string_view word) : text_(text), word_(word) {}
  std::size_t from(std::size_t at) {
    if (at >= asked_ && (found_ == npos || at <= found_)) return found_;
    asked_ = at;
    return found_ = text_.find(word_, at);
  }

 private:
  std::string_view text_;
  std::string_view word_;
  std::size_t asked_ = npos;
  std::size_t found_ = npos;
};

struct Tag {
  std::string_view name;
  std::vector<std::pair<std::string_view, std::string_view>> attributes;
  bool closed = false;    // "/>"
  bool complete = false;  // its ">" is there
  std::size_t end = 0;    // behind it
};

// Reads the start tag whose "<" stands at `at`; none when that is no tag.
class TagReader {
 public:
  TagReader(std::string_view text, std::size_t at) : text_(text), at_(at + 1) {}

  std::optional<Tag> read() {
    Tag tag;
    if (at_ >= text_.size() || !is_name_start(text_[at_])) return std::nullopt;
    tag.name = name();
    if (at_ < text_.size() && !is_space(peek()) && peek() != '/' && peek() != '>' && peek() != '<') {
      return std::nullopt;  // <matti@example.org>
    }
    while (read_attribute(tag)) {}
    tag.end = at_;
    return tag;
  }

 private:
  char peek() const { return text_[at_]; }
  bool over() const { return at_ >= text_.size(); }
  void skip_space() {
    while (!over() && is_space(peek())) ++at_;
  }

  std::string_view name() {
    const std::size_t begin = at_;
    while (!over() && is_name_char(peek())) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  // False at the end of the tag.
  bool read_attribute(Tag& tag) {
    skip_space();
    if (over() || peek() == '<') return false;
    if (peek() == '>') {
      ++at_;
      tag.complete = true;
      return false;
    }
    tag.closed = peek() == '/';
    if (!is_name_start(peek())) {
      ++at_;
      return true;
    }
    const std::string_view key = name();
    skip_space();
    std::string_view text;
    if (!over() && peek() == '=') {
      ++at_;
      skip_space();
      text = value();
    }
    if (tag.attributes.size() < most_attributes) tag.attributes.emplace_back(key, text);
    return true;
  }

  std::string_view value() {
    if (over()) return {};
    const char quote = peek();
    if (quote == '"' || quote == '\'') {
      const std::size_t begin = at_ + 1;
      const std::size_t end = text_.find_first_of(quote == '"' ? "\"<" : "'<", begin);
      if (end != npos && text_[end] == quote) {
        at_ = end + 1;
        return text_.substr(begin, end - begin);
      }
      ++at_;  // never closed: it ends as if it had no quotes
    }
    const std::size_t begin = at_;
    while (!over() && !is_space(peek()) && peek() != '>' && peek() != '<') ++at_;
    // <a href=x/>: the slash is the tag's.
    if (!over() && peek() == '>' && at_ > begin && text_[at_ - 1] == '/') --at_;
    return text_.substr(begin, at_ - begin);
  }

  std::string_view text_;
  std::size_t at_;
};

class Repairer {
 public:
  explicit Repairer(std::string_view text)
      : text_(text),
        cdata_open_(text, "<![CDATA["),
        cdata_end_(text, "]]>"),
        comment_open_(text, "<!--"),
        comment_end_(text, "-->"),
        instruction_end_(text, "?>") {}

  std::string run() {
    out_.reserve(text_.size() + text_.size() / 16);
    while (at_ < text_.size()) {
      const std::size_t markup = std::min(text_.find('<', at_), text_.size());
      write_text(text_.substr(at_, markup - at_));
      at_ = markup;
      if (at_ < text_.size()) take_markup();
    }
    leave_out_cut_item();
    while (!open_.empty()) close_top();
    return std::move(out_);
  }

 private:
  struct Open {
    std::string_view name;
    Role role;
    std::size_t leaf;   // index of the outermost leaf of this item, or npos
    std::size_t begin;  // where it begins in the output
  };

  void take_markup() {
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with("<![CDATA[")) return take_cdata();
    if (rest.starts_with("<!--")) return skip_comment();
    if (rest.starts_with("<?")) return skip_instruction();
    if (rest.starts_with("<!")) return take_declaration();
    if (rest.starts_with("</")) return take_end_tag();
    take_start_tag();
  }

  // Of a comment or an instruction without an end only the opening goes.
  void skip_comment() {
    const std::size_t end = comment_end_.from(at_ + 4);
    at_ = end == npos || comment_open_.from(at_ + 4) < end ? at_ + 4 : end + 3;
  }

  void skip_instruction() {
    const std::size_t end = instruction_end_.from(at_);
    at_ = end == npos || end - at_ > longest_instruction ? at_ + 2 : end + 2;
  }

  // A section without an end swallows what follows up to the next section's end: one
  // with another opening in it, or with none at all, ends with the element it stands in.
  void take_cdata() {
    const std::size_t begin = at_ + 9;
    const std::size_t end = cdata_end_.from(begin);
    const std::size_t another = cdata_open_.from(begin);
    if (end != npos && end < another) {
      write_cdata(text_.substr(begin, end - begin));
      at_ = end + 3;
      return;
    }
    const std::size_t limit = std::min(another, text_.size());
    std::size_t stop = npos;
    if (!open_.empty()) {
      const std::string closing = "</" + std::string(open_.back().name);
      stop = text_.substr(0, limit).find(closing, begin);
    }
    stop = std::min(stop, limit);
    write_cdata(text_.substr(begin, stop - begin));
    at_ = stop;
  }

  // The document type before the root is kept for its entities; no other declaration is.
  void take_declaration() {
    const std::string_view rest = text_.substr(at_, longest_doctype);
    if (rooted_ || !out_.empty() || !starts_ignoring_case(rest, "<!DOCTYPE")) {
      at_ = std::min(text_.find_first_of("<>", at_ + 2), text_.size());
      if (at_ < text_.size() && text_[at_] == '>') ++at_;
      return;
    }
    int depth = 0;
    const auto end = std::find_if(rest.begin(), rest.end(), [&](char c) {
      depth += (c == '[') - (c == ']');
      return c == '>' && depth <= 0;
    });
    if (end != rest.end()) out_.append(rest.begin(), end + 1);
    at_ += end == rest.end() ? 2 : static_cast<std::size_t>(end - rest.begin()) + 1;
  }

  void take_end_tag() {
    const std::size_t begin = at_ + 2;
    std::size_t end = begin;
    while (end < text_.size() && is_name_char(text_[end])) ++end;
    const std::string_view name = text_.substr(begin, end - begin);
    if (name.empty()) return write_bare();
    while (end < text_.size() && text_[end] != '>' && text_[end] != '<') ++end;
    at_ = end < text_.size() && text_[end] == '>' ? end + 1 : end;
    close(name);
  }

  void take_start_tag() {
    const auto tag = TagReader(text_, at_).read();
    if (tag && !tag->complete && tag->end == text_.size()) {
      at_ = text_.size();  // cut off by the document's end
    } else if (!tag || (!tag->complete && role_of(tag->name) == Role::none)) {
      write_bare();
    } else {
      at_ = tag->end;
      open(*tag);
    }
  }

  void open(const Tag& tag) {
    const Role role = role_of(tag.name);
    end_what_this_ends(role);
    if (open_.empty() && rooted_) return;  // nothing follows the root
    // A second <rss> or <channel> goes on where the first one stands.
    if (role == Role::container && (is_open(tag.name) || (rooted_ && open_.back().role != role))) return;
    rooted_ = true;
    const bool empty = tag.closed || (role == Role::none && is_void_html(tag.name));
    const std::size_t begin = out_.size();
    write_tag(tag, empty);
    if (empty) return;
    std::size_t leaf = open_.empty() || role == Role::item || role == Role::container ? npos : open_.back().leaf;
    if (leaf == npos && (role == Role::leaf || role == Role::ambiguous)) leaf = open_.size();
    open_.push_back({tag.name, role, leaf, begin});
    ++count_[lower(tag.name)];
  }

  // An item ends the one before it; a leaf, one that is still open.
  void end_what_this_ends(Role role) {
    if (open_.empty() || role == Role::none || role == Role::container) return;
    if (role == Role::item) {
      while (open_.size() > 1 && open_.back().role != Role::container) close_top();
      return;
    }
    const Open& top = open_.back();
    if (top.role == Role::group && is_person(top.name)) return close_top();
    if (top.leaf == npos) return;
    const bool at_leaf = top.leaf + 1 == open_.size();
    if (role == Role::leaf || at_leaf) {
      const std::size_t leaf = top.leaf;
      while (open_.size() > leaf) close_top();
    }
  }

  // RSS has a text in these, Atom elements that have no role of their own.
  static bool is_person(std::string_view name) {
    return equal_ignoring_case(name, "author") || equal_ignoring_case(name, "contributor");
  }

  bool is_open(std::string_view name) const {
    const auto open = count_.find(lower(name));
    return open != count_.end() && open->second > 0;
  }

  void close(std::string_view name) {
    if (role_of(name) == Role::container) {
      // The end of the document decides where these end: items may yet come.
      while (open_.size() > 1 && open_.back().role != Role::container) close_top();
      return;
    }
    if (!is_open(name)) return;
    while (!equal_ignoring_case(open_.back().name, name)) close_top();
    close_top();
  }

  void close_top() {
    const Open& top = open_.back();
    out_.append("</").append(top.name) += '>';
    --count_[lower(top.name)];
    if (top.role == Role::item) ++items_;
    open_.pop_back();
  }

  void leave_out_cut_item() {
    const auto item = std::find_if(open_.begin(), open_.end(), [](const Open& one) { return one.role == Role::item; });
    if (item == open_.end() || items_ == 0) return;
    out_.resize(item->begin);
    open_.erase(item, open_.end());
  }

  void write_bare() {
    write_text("&lt;");
    ++at_;
  }

  void write_text(std::string_view text) {
    if (!open_.empty()) out_ += text;
  }

  void write_cdata(std::string_view text) {
    if (!open_.empty()) out_.append("<![CDATA[").append(text).append("]]>");
  }

  void write_tag(const Tag& tag, bool empty) {
    out_.append("<").append(tag.name);
    for (const auto& [name, value] : tag.attributes) {
      out_.append(" ").append(name).append("=\"");
      for (const char c : value) {
        if (c == '"') {
          out_ += "&quot;";
        } else {
          out_ += c;
        }
      }
      out_ += '"';
    }
    out_ += empty ? "/>" : ">";
  }

  std::string_view text_;
  Finder cdata_open_, cdata_end_, comment_open_, comment_end_, instruction_end_;
  std::size_t at_ = 0;
  std::string out_;
  std::vector<Open> open_;
  std::unordered_map<std::string, int> count_;
  std::size_t items_ = 0;
  bool rooted_ = false;
};

}  // namespace

std::string repair_xml(std::string_view utf8) { return Repairer(utf8).run(); }

}  // namespace sotevahti::feed
