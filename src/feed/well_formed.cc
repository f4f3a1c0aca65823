#include "feed/well_formed.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "feed/ascii.h"

namespace sotevahti::feed {
namespace {

// A tree's prefixes that are declared at the place of the walk.
class Prefixes {
 public:
  void enter(pugi::xml_node element) {
    if (count(element, +1)) declarers_.push_back(element);
  }
  void leave(pugi::xml_node element) {
    if (declarers_.empty() || declarers_.back() != element) return;
    count(element, -1);
    declarers_.pop_back();
  }
  bool is_declared(std::string_view prefix) const {
    if (prefix == "xml") return true;
    const auto found = declared_.find(prefix);
    return found != declared_.end() && found->second > 0;
  }

 private:
  bool count(pugi::xml_node element, int change) {
    bool any = false;
    for (auto attribute = element.first_attribute(); attribute; attribute = attribute.next_attribute()) {
      const std::string_view name = attribute.name();
      if (!name.starts_with("xmlns:")) continue;
      declared_[name.substr(6)] += change;
      any = true;
    }
    return any;
  }
  std::vector<pugi::xml_node> declarers_;  // that are open
  std::unordered_map<std::string_view, int> declared_;
};

class Inspection {
 public:
  Inspection(const pugi::xml_document& document, const Entities& entities) : document_(document), entities_(entities) {}

  Defect find() {
    check_order();
    for (pugi::xml_node node = document_.first_child(); node && !defect_.hides_items; node = next(node)) {
      check(node);
    }
    return std::move(defect_);
  }

 private:
  // Document order without recursion: down, else on, else up and on.
  pugi::xml_node next(pugi::xml_node node) {
    if (const pugi::xml_node child = node.first_child()) return child;
    while (node) {
      if (node.type() == pugi::node_element) prefixes_.leave(node);
      if (const pugi::xml_node sibling = node.next_sibling()) return sibling;
      node = node.parent();
    }
    return node;
  }

  // A declaration first or not at all, a document type before the one root, no text around it.
  void check_order() {
    int roots = 0;
    for (const pugi::xml_node node : document_) {
      switch (node.type()) {
        case pugi::node_declaration:
          if (node != document_.first_child()) found("an XML declaration that does not stand first", "");
          check_declaration(node);
          break;
        case pugi::node_doctype:
          if (roots > 0) found("a document type after the root", "");
          break;
        case pugi::node_element:
          if (++roots > 1) hidden("a second root <{}>", node.name());
          break;
        case pugi::node_pcdata:
          if (!trimmed(node.value()).empty()) found("text outside the root", "");
          break;
        case pugi::node_cdata: found("text outside the root", ""); break;
        default: break;
      }
    }
    if (roots == 0) found("no root element", "");
  }

  // XML 1.0, productions 23 to 26, 32, 80 and 81.
  void check_declaration(pugi::xml_node declaration) {
    const auto is_version = [](std::string_view value) {
      return value.size() > 2 && value.starts_with("1.") && std::all_of(value.begin() + 2, value.end(), is_digit);
    };
    // Names such as "866" are none to XML, but every reader knows them.
    const auto is_encoding = [](std::string_view value) {
      return !value.empty() && value.find_first_of(" \t\n\"'&<") == std::string_view::npos;
    };
    const std::string_view first = declaration.first_attribute().name();
    bool fits = first == "version";
    for (const pugi::xml_attribute attribute : declaration.attributes()) {
      const std::string_view name = attribute.name();
      const std::string_view value = attribute.value();
      fits = fits && (name == "version"      ? is_version(value)
                      : name == "encoding"   ? is_encoding(value)
                      : name == "standalone" ? value == "yes" || value == "no"
                                             : false);
    }
    if (!fits) found("a broken XML declaration", "");
  }

  void check(pugi::xml_node node) {
    switch (node.type()) {
      case pugi::node_element:
        check_element(node);
        check_text(node.value(), node.name());
        break;
      case pugi::node_pcdata: check_text(node.value(), node.parent().name()); break;
      case pugi::node_cdata: check_section(node.value(), node.parent().name()); break;
      case pugi::node_comment: check_comment(node.value()); break;
      case pugi::node_pi:
        if (equal_ignoring_case(node.name(), "xml")) found("an XML declaration that does not stand first", "");
        break;
      default: break;
    }
  }

  void check_element(pugi::xml_node element) {
    const pugi::xml_attribute first = element.first_attribute();
    if (first) prefixes_.enter(element);
    check_name(element.name());
    if (first) check_attributes(element);
  }

  void check_attributes(pugi::xml_node element) {
    std::vector<std::string_view>& names = attribute_names_;
    names.clear();
    for (const pugi::xml_attribute attribute : element.attributes()) {
      const std::string_view name = attribute.name();
      names.push_back(name);
      if (!name.starts_with("xmlns:")) check_name(name);
      check_attribute(name, attribute.value());
    }
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice != names.end()) found("attribute {} twice", *twice);
  }

  void check_name(std::string_view name) {
    if (name.empty() || is_digit(name[0]) || name[0] == '-' || name[0] == '.') return found("the name {}", name);
    const std::size_t colon = name.find(':');
    if (colon == std::string_view::npos) return;
    if (!prefixes_.is_declared(name.substr(0, colon))) return found("the undeclared prefix of {}", name);
    if (colon + 1 == name.size() || name.find(':', colon + 1) != std::string_view::npos) found("the name {}", name);
  }

  void check_attribute(std::string_view name, std::string_view value) {
    if (value.find('<') != std::string_view::npos) found("\"<\" in attribute {}", name);
    if (!entities_.all_declared(value)) found("an undeclared reference in attribute {}", name);
    if (name.starts_with("xmlns:") && value.empty()) found("no address for the prefix {}", name);
  }

  void check_text(std::string_view raw, std::string_view element) {
    if (!entities_.all_declared(raw)) found("an undeclared reference in <{}>", element);
    if (raw.find("]]>") != std::string_view::npos) found("\"]]>\" in <{}>", element);
  }

  void check_comment(std::string_view comment) {
    if (comment.find("--") != std::string_view::npos || comment.ends_with('-')) found("\"--\" in a comment", "");
  }

  // A section that was never closed ends where the next one does. XML has no objection
  // when the tags in between happen to match; items are lost in it all the same.
  void check_section(std::string_view text, std::string_view element) {
    const std::size_t another = text.find("![CDATA[");  // "<" is all over HTML
    if (another == std::string_view::npos) return;
    const std::string_view before = text.substr(0, another);
    for (const auto& [end, begin] : {std::pair("</item>", "<item"), std::pair("</entry>", "<entry")}) {
      const std::size_t ended = before.find(end);
      if (ended != std::string_view::npos && before.find(begin, ended) != std::string_view::npos) {
        return hidden("a CDATA section in <{}> that is never closed", element);
      }
    }
  }

  void found(std::string_view what, std::string_view name) {
    if (defect_.what.empty()) defect_.what = fmt::format(fmt::runtime(what), name);
  }

  void hidden(std::string_view what, std::string_view name) {
    if (defect_.hides_items) return;
    defect_.what = fmt::format(fmt::runtime(what), name);
    defect_.hides_items = true;
  }

  const pugi::xml_document& document_;
  const Entities& entities_;
  Prefixes prefixes_;
  std::vector<std::string_view> attribute_names_;  // of one element
  Defect defect_;
};

}  // namespace

Defect find_defect(const pugi::xml_document& document, const Entities& entities) {
  return Inspection(document, entities).find();
}

}  // namespace sotevahti::feed
