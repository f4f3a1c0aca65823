#include "web/reading_text.h"

#include <algorithm>
#include <iterator>

#include "text/html.h"
#include "text/utf8.h"
#include "web/text_marker.h"

namespace sotevahti::web {
namespace {

enum class Shape { none, paragraph, block, list, item, row_group, row, cell, table, inline_, link, line, picture };

struct Known {
  std::string_view name;
  Shape shape;
  Literal open, close;
};

// What publishers' elements become. Headings stand below the page's own; what is not
// here goes, and its text stays.
constexpr Known elements[] = {
    {"p", Shape::paragraph, "<p>", "</p>"},
    {"br", Shape::line, "<br>", ""},
    {"ul", Shape::list, "<ul>", "</ul>"},
    {"ol", Shape::list, "<ol>", "</ol>"},
    {"li", Shape::item, "<li>", "</li>"},
    {"a", Shape::link, "", "</a>"},
    {"b", Shape::inline_, "<b>", "</b>"},
    {"strong", Shape::inline_, "<strong>", "</strong>"},
    {"i", Shape::inline_, "<i>", "</i>"},
    {"em", Shape::inline_, "<em>", "</em>"},
    {"u", Shape::inline_, "<u>", "</u>"},
    {"code", Shape::inline_, "<code>", "</code>"},
    {"sub", Shape::inline_, "<sub>", "</sub>"},
    {"sup", Shape::inline_, "<sup>", "</sup>"},
    {"del", Shape::inline_, "<del>", "</del>"},
    {"ins", Shape::inline_, "<ins>", "</ins>"},
    {"s", Shape::inline_, "<s>", "</s>"},
    {"q", Shape::inline_, "<q>", "</q>"},
    {"h1", Shape::block, "<h3>", "</h3>"},
    {"h2", Shape::block, "<h3>", "</h3>"},
    {"h3", Shape::block, "<h3>", "</h3>"},
    {"h4", Shape::block, "<h3>", "</h3>"},
    {"h5", Shape::block, "<h3>", "</h3>"},
    {"h6", Shape::block, "<h3>", "</h3>"},
    {"blockquote", Shape::block, "<blockquote>", "</blockquote>"},
    {"pre", Shape::block, "<div>", "</div>"},
    {"div", Shape::block, "<div>", "</div>"},
    {"section", Shape::block, "<div>", "</div>"},
    {"article", Shape::block, "<div>", "</div>"},
    {"aside", Shape::block, "<div>", "</div>"},
    {"header", Shape::block, "<div>", "</div>"},
    {"footer", Shape::block, "<div>", "</div>"},
    {"main", Shape::block, "<div>", "</div>"},
    {"nav", Shape::block, "<div>", "</div>"},
    {"address", Shape::block, "<div>", "</div>"},
    {"figure", Shape::block, "<div>", "</div>"},
    {"figcaption", Shape::block, "<div>", "</div>"},
    {"center", Shape::block, "<div>", "</div>"},
    {"details", Shape::block, "<div>", "</div>"},
    {"summary", Shape::block, "<div>", "</div>"},
    {"dl", Shape::block, "<div>", "</div>"},
    {"dt", Shape::block, "<p>", "</p>"},
    {"dd", Shape::block, "<p>", "</p>"},
    {"caption", Shape::block, "<div>", "</div>"},
    {"table", Shape::table, "<table>", "</table>"},
    {"thead", Shape::row_group, "<thead>", "</thead>"},
    {"tbody", Shape::row_group, "<tbody>", "</tbody>"},
    {"tfoot", Shape::row_group, "<tfoot>", "</tfoot>"},
    {"tr", Shape::row, "<tr>", "</tr>"},
    {"td", Shape::cell, "<td>", "</td>"},
    {"th", Shape::cell, "<td class=\"head\">", "</td>"},
    {"img", Shape::picture, "", ""},
};

const Known* known(std::string_view name) {
  const auto at =
      std::find_if(std::begin(elements), std::end(elements), [&](const Known& each) { return each.name == name; });
  return at == std::end(elements) ? nullptr : &*at;
}

// The value of an attribute in a tag that our own serialiser wrote.
std::string attribute_of(std::string_view tag, std::string_view name) {
  const std::string opening = std::string(" ") + std::string(name) + "=\"";
  const auto from = tag.find(opening);
  if (from == tag.npos) return {};
  const auto value = tag.substr(from + opening.size());
  return text::decode_references(value.substr(0, value.find('"')));
}

bool is_space(char32_t c) {
  return c == U' ' || c == U'\n' || c == U'\t' || c == U'\r' || c == U'\u00A0' || c == U'\u202F';
}

// Follows the HTML's characters through the plain text.
class Place {
 public:
  explicit Place(std::string_view plain) : plain_(plain) {}

  // Where the plain text has what `rest` begins with; npos where it is not near.
  std::size_t of(std::string_view rest) {
    skip_space(at_);
    if (stands(rest, at_, 1)) return step();
    // The plain text has marks of its own here (bullets, pictures): look a little further on.
    std::size_t look = at_;
    for (int i = 0; i < furthest && look < plain_.size(); ++i) {
      text::next_code_point(plain_, look);
      skip_space(look);
      if (!stands(rest, look, alike)) continue;
      at_ = look;
      return step();
    }
    return std::string_view::npos;
  }

 private:
  static constexpr int furthest = 200;
  static constexpr int alike = 6;

  std::size_t step() {
    const std::size_t here = at_;
    text::next_code_point(plain_, at_);
    return here;
  }
  void skip_space(std::size_t& at) const {
    for (std::size_t next = at; next < plain_.size(); at = next)
      if (!is_space(text::next_code_point(plain_, next))) return;
  }
  // Are the next `count` characters the same, white space apart?
  bool stands(std::string_view rest, std::size_t at, int count) const {
    for (std::size_t from = 0; count > 0 && from < rest.size(); --count) {
      const char32_t wanted = text::next_code_point(rest, from);
      if (is_space(wanted)) continue;
      skip_space(at);
      if (at >= plain_.size() || text::next_code_point(plain_, at) != wanted) return false;
    }
    return true;
  }

  std::string_view plain_;
  std::size_t at_ = 0;
};

// Opens an element when its first text comes, so that empty ones never stand there.
class Writer {
 public:
  Writer(Html& html, std::string_view plain, std::vector<TextMark> marks)
      : html_(html), marker_(html, std::move(marks)), place_(plain) {}

  void take(std::string_view source) {
    while (!source.empty()) {
      const auto tag = source.find('<');
      run_of_text(text::decode_references(source.substr(0, tag)));
      if (tag == source.npos) break;
      source.remove_prefix(tag);
      const auto end = source.find('>');
      if (end == source.npos) break;
      take_tag(source.substr(1, end - 1));
      source.remove_prefix(end + 1);
    }
    while (!open_.empty()) close_last();
  }

 private:
  struct Open {
    const Known* element;
    std::string name;  // as the publisher closes it
    std::string href;
    bool written = false;
  };

  void take_tag(std::string_view tag) {
    const bool closes = tag.starts_with('/');
    if (closes) tag.remove_prefix(1);
    const std::string_view name = tag.substr(0, tag.find_first_of(" /"));
    const Known* element = known(name);
    if (!element) return marker_.space();
    if (element->shape == Shape::picture) {
      run_of_text(attribute_of(tag, "alt"));
    } else if (element->shape == Shape::line) {
      if (any_text_) end_line();
    } else if (closes) {
      close(name);
    } else {
      open(*element, name, element->shape == Shape::link ? attribute_of(tag, "href") : std::string());
    }
  }

  Shape top() const { return open_.empty() ? Shape::block : open_.back().element->shape; }

  void open(const Known& element, std::string_view name, std::string href) {
    if (element.shape == Shape::link) {
      if (!text::Url::parse(href) || is_in(Shape::link)) return;
    } else if (!fits(element.shape)) {
      return marker_.space();
    }
    make_item(element.shape);
    if (element.shape != Shape::inline_ && element.shape != Shape::link) {
      marker_.close();
      at_start_ = true;
    }
    open_.push_back({&element, std::string(name), std::move(href), false});
    if (element.shape == Shape::cell) write_open();  // columns count, empty or not
  }

  bool is_in(Shape shape) const {
    return std::any_of(open_.begin(), open_.end(), [&](const Open& each) { return each.element->shape == shape; });
  }
  bool fits(Shape shape) const {
    switch (shape) {
      case Shape::item: return top() == Shape::list;
      case Shape::row_group: return top() == Shape::table;
      case Shape::row: return top() == Shape::table || top() == Shape::row_group;
      case Shape::cell: return top() == Shape::row;
      case Shape::paragraph: return !is_in(Shape::paragraph) && !is_in(Shape::inline_) && !is_in(Shape::link);
      case Shape::inline_: return true;
      default: return !is_in(Shape::inline_) && !is_in(Shape::link) && !is_in(Shape::paragraph);
    }
  }
  // What is no item of a list stands in one.
  void make_item(Shape shape) {
    if (top() == Shape::list && shape != Shape::item) open_.push_back({known("li"), "", {}, false});
  }

  void close(std::string_view name) {
    const auto at = std::find_if(open_.rbegin(), open_.rend(), [&](const Open& each) { return each.name == name; });
    if (at == open_.rend()) return marker_.space();
    const auto depth = static_cast<std::size_t>(open_.rend() - at);
    while (open_.size() >= depth) close_last();
  }
  void close_last() {
    const Open last = std::move(open_.back());
    open_.pop_back();
    if (!last.written) return;
    marker_.close();
    html_.put(last.element->close);
    if (last.element->shape != Shape::inline_ && last.element->shape != Shape::link) at_start_ = true;
  }

  void write_open() {
    for (Open& each : open_) {
      if (each.written) continue;
      marker_.close();
      if (each.element->shape == Shape::link) html_.put("<a").link_to(each.href).put(" rel=\"noreferrer\">");
      else html_.put(each.element->open);
      each.written = true;
    }
  }

  void end_line() {
    marker_.close();
    html_.put("<br>");
    at_start_ = true;
  }

  void run_of_text(const std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t from = at;
      if (is_space(text::next_code_point(text, at))) {
        if (!at_start_) marker_.space();
        continue;
      }
      make_item(Shape::inline_);
      write_open();
      marker_.word(std::string_view(text).substr(from, at - from), place_.of(std::string_view(text).substr(from)));
      at_start_ = false;
      any_text_ = true;
    }
  }

  Html& html_;
  TextMarker marker_;
  Place place_;
  std::vector<Open> open_;
  bool at_start_ = true;
  bool any_text_ = false;
};

}  // namespace

Html reading_text(const text::SafeHtml& html, const text::PlainText& plain, std::vector<TextMark> marks) {
  Html out;
  Writer(out, plain.view(), std::move(marks)).take(html.view());
  return out;
}

Html marked_text(std::string_view plain, std::vector<TextMark> marks) {
  Html out;
  TextMarker marker(out, std::move(marks));
  for (std::size_t at = 0; at < plain.size();) {
    const std::size_t from = at;
    if (is_space(text::next_code_point(plain, at))) marker.space();
    else marker.word(plain.substr(from, at - from), from);
  }
  marker.close();
  return out;
}

Html marked_paragraphs(const text::PlainText& plain, std::vector<TextMark> marks) {
  Html out;
  TextMarker marker(out, std::move(marks));
  bool open = false;
  const std::string_view text = plain.view();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char32_t c = text::next_code_point(text, at);
    if (c == U'\n' && open) {
      marker.close();
      out.put("</p>");
      open = false;
    } else if (is_space(c)) {
      if (open) marker.space();
    } else {
      if (!open) out.put("<p>");
      open = true;
      marker.word(text.substr(from, at - from), from);
    }
  }
  marker.close();
  if (open) out.put("</p>");
  return out;
}

}  // namespace sotevahti::web
