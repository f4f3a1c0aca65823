// An XML document read in place by pugixml, and the elements in it with namespaces,
// xml:base and xml:lang in force. Text stays as it stands in the document until it
// is asked for. Not for several threads at once. Never throws but for memory.
#pragma once
#include <cstddef>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "feed/entities.h"
#include "feed/namespaces.h"
#include "feed/well_formed.h"

namespace sotevahti::feed {

// What an element's ancestors declare for it. Lives on the stack of whoever walks down.
class Scope {
 public:
  Scope(const Entities& entities, std::string base) : entities_(entities), base_(std::move(base)) {}
  Scope(const Scope& outer, pugi::xml_node element);

  static bool is_changed_by(pugi::xml_node element);

  Ns namespace_of_prefix(std::string_view prefix) const;
  bool binds(Ns ns) const;
  const Entities& entities() const { return entities_; }
  const std::string& base() const { return base_; }
  // None where nobody said; "" where xml:lang="" ended it.
  const std::optional<std::string>& language() const { return language_; }

 private:
  using Binding = std::pair<std::string_view, Ns>;

  void bind(std::string_view prefix, std::string_view address);

  const Entities& entities_;
  const Scope* outer_ = nullptr;
  std::vector<Binding> bindings_;
  std::string base_;
  std::optional<std::string> language_;
};

class Element {
 public:
  Element(pugi::xml_node node, const Scope& scope);

  Ns ns() const { return ns_; }
  // Without prefix, as it is written.
  std::string_view name() const { return name_; }
  bool is(Ns ns, std::string_view lower_case_name) const;
  // One of RSS's or Atom's own.
  bool is_core(std::string_view lower_case_name) const;

  // By local name in any case, whatever the prefix; references replaced, ends trimmed.
  std::optional<std::string> attribute(std::string_view name) const;
  std::string attribute_or(std::string_view name, std::string_view otherwise = {}) const;

  // Its own text, without that of elements inside; ends trimmed.
  std::string text() const;
  // The same without a copy where that is possible; else it is put into `storage`.
  std::string_view text(std::string& storage) const;

  bool has_elements() const;
  const Scope& scope() const { return scope_; }
  pugi::xml_node node() const { return node_; }

  template <class Visit>
  void each_child(Visit&& visit) const {
    for (pugi::xml_node child = node_.first_child(); child; child = child.next_sibling()) {
      if (child.type() != pugi::node_element) continue;
      if (Scope::is_changed_by(child)) {
        const Scope inner(scope_, child);
        visit(Element(child, inner));
      } else {
        visit(Element(child, scope_));
      }
    }
  }

 private:
  pugi::xml_node node_;
  const Scope& scope_;
  std::string_view name_;
  Ns ns_;
};

class XmlTree {
 public:
  // Takes the document's text, UTF-8. What XML forbids and pugixml takes is named by defect().
  explicit XmlTree(std::string utf8);
  XmlTree(const XmlTree&) = delete;
  XmlTree& operator=(const XmlTree&) = delete;

  // Where and why no tree could be made; then there is no root.
  const std::string& failure() const { return failure_; }
  // What keeps the document from being well-formed.
  Defect defect() const;
  pugi::xml_node root() const { return document_.document_element(); }
  const Entities& entities() const { return entities_; }

 private:
  std::string text_;
  pugi::xml_document document_;
  Entities entities_;
  std::string failure_;
};

}  // namespace sotevahti::feed
