#include "feed/xhtml.h"

#include <algorithm>
#include <array>
#include <vector>

#include "feed/ascii.h"
#include "text/url.h"

namespace sotevahti::feed {
namespace {

std::string_view local_name(std::string_view qualified) {
  const std::size_t colon = qualified.find(':');
  return colon == std::string_view::npos ? qualified : qualified.substr(colon + 1);
}

bool is_void(std::string_view name) {
  constexpr std::array<std::string_view, 14> names = {"area",  "base", "br",   "col",   "embed",  "hr",    "img",
                                                      "input", "link", "meta", "param", "source", "track", "wbr"};
  return std::any_of(names.begin(), names.end(), [&](auto one) { return equal_ignoring_case(one, name); });
}

bool is_address(std::string_view attribute) {
  constexpr std::array<std::string_view, 6> names = {"href", "src", "cite", "poster", "longdesc", "background"};
  return std::any_of(names.begin(), names.end(), [&](auto one) { return equal_ignoring_case(one, attribute); });
}

class HtmlWriter {
 public:
  HtmlWriter(const Entities& entities, const std::string& base) : entities_(entities), outer_base_(base) {}

  std::string write(pugi::xml_node root) {
    write_text(root.value());
    pugi::xml_node node = root.first_child();
    while (node) {
      enter(node);
      if (const pugi::xml_node child = node.first_child()) {
        node = child;
        continue;
      }
      leave(node);
      while (!node.next_sibling() && node.parent() != root) {
        node = node.parent();
        leave(node);
      }
      node = node.next_sibling();
    }
    return std::move(out_);
  }

 private:
  struct Base {
    pugi::xml_node element;
    std::string address;
  };

  void enter(pugi::xml_node node) {
    switch (node.type()) {
      case pugi::node_element:
        write_tag(node);
        write_text(node.value());
        break;
      case pugi::node_pcdata: write_text(node.value()); break;
      case pugi::node_cdata: append_escaped(node.value()); break;
      default: break;
    }
  }

  void leave(pugi::xml_node node) {
    if (node.type() != pugi::node_element) return;
    if (!bases_.empty() && bases_.back().element == node) bases_.pop_back();
    const std::string_view name = local_name(node.name());
    if (!is_void(name)) out_.append("</").append(name).append(">");
  }

  void write_tag(pugi::xml_node element) {
    if (const auto base = element.attribute("xml:base")) {
      const std::string& outer = bases_.empty() ? outer_base_ : bases_.back().address;
      bases_.push_back({element, text::resolve_url(outer, base.value())});
    }
    out_.append("<").append(local_name(element.name()));
    for (const pugi::xml_attribute attribute : element.attributes()) {
      const std::string_view name = attribute.name();
      if (name == "xml:lang") {
        write_attribute("lang", attribute.value());
      } else if (!name.starts_with("xml")) {
        write_attribute(local_name(name), attribute.value());
      }
    }
    out_ += '>';
  }

  void write_attribute(std::string_view name, std::string_view raw) {
    std::string value;
    entities_.append_decoded(value, raw);
    if (!bases_.empty() && is_address(name)) value = text::resolve_url(bases_.back().address, value);
    out_.append(" ").append(name).append("=\"");
    append_escaped(value);
    out_ += '"';
  }

  // References are resolved first: a document's own entities mean nothing in HTML.
  void write_text(std::string_view raw) {
    if (raw.find('&') == std::string_view::npos) {
      append_escaped(raw);
      return;
    }
    std::string text;
    entities_.append_decoded(text, raw);
    append_escaped(text);
  }

  void append_escaped(std::string_view text) {
    std::size_t done = 0;
    for (std::size_t at = text.find_first_of("&<>\""); at != std::string_view::npos;
         at = text.find_first_of("&<>\"", done)) {
      out_.append(text, done, at - done);
      const char c = text[at];
      out_ += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&quot;";
      done = at + 1;
    }
    out_.append(text, done);
  }

  const Entities& entities_;
  const std::string& outer_base_;
  std::vector<Base> bases_;
  std::string out_;
};

}  // namespace

pugi::xml_node only_div(const Element& element) {
  if (!trimmed(element.node().value()).empty()) return {};
  pugi::xml_node div;
  for (const pugi::xml_node child : element.node()) {
    if (child.type() == pugi::node_comment || child.type() == pugi::node_pi) continue;
    if (child.type() == pugi::node_pcdata && trimmed(child.value()).empty()) continue;
    if (div || child.type() != pugi::node_element || local_name(child.name()) != "div") return {};
    div = child;
  }
  return div;
}

std::string inner_html(const Element& element) {
  const pugi::xml_node div = only_div(element);
  if (!div) return HtmlWriter(element.scope().entities(), element.scope().base()).write(element.node());
  const Scope inner(element.scope(), div);
  return HtmlWriter(inner.entities(), inner.base()).write(div);
}

}  // namespace sotevahti::feed
