#include "feed/xml_tree.h"

#include <fmt/format.h>

#include <algorithm>

#include "feed/ascii.h"
#include "text/url.h"

namespace sotevahti::feed {
namespace {

// References stay as they stand: "&amp;eacute;" and "&eacute;" would look the same after pugixml.
constexpr unsigned parse_options = pugi::parse_cdata | pugi::parse_ws_pcdata | pugi::parse_embed_pcdata |
                                   pugi::parse_comments | pugi::parse_pi | pugi::parse_doctype |
                                   pugi::parse_declaration | pugi::parse_fragment;

// No honest document declares more in one element.
constexpr std::size_t most_bindings = 64;

std::string_view prefix_of(std::string_view qualified) {
  const std::size_t colon = qualified.find(':');
  return colon == std::string_view::npos ? std::string_view() : qualified.substr(0, colon);
}

std::string_view local_of(std::string_view qualified) {
  const std::size_t colon = qualified.find(':');
  return colon == std::string_view::npos ? qualified : qualified.substr(colon + 1);
}

std::string decoded(const Entities& entities, std::string_view raw) {
  std::string value;
  entities.append_decoded(value, trimmed(raw));
  return value;
}

std::string position(std::string_view text, std::ptrdiff_t offset) {
  const std::size_t at = std::min(static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0)), text.size());
  return fmt::format("line {}", 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

}  // namespace

Scope::Scope(const Scope& outer, pugi::xml_node element)
    : entities_(outer.entities_), outer_(&outer), base_(outer.base_), language_(outer.language_) {
  for (const pugi::xml_attribute attribute : element.attributes()) {
    const std::string_view name = attribute.name();
    if (name == "xmlns") {
      bind("", attribute.value());
    } else if (name.starts_with("xmlns:")) {
      bind(name.substr(6), attribute.value());
    } else if (name == "xml:lang") {
      language_ = decoded(entities_, attribute.value());
      std::replace(language_->begin(), language_->end(), '_', '-');
    } else if (name == "xml:base") {
      const std::string base = decoded(entities_, attribute.value());
      if (!text::is_unsafe_scheme(base)) base_ = text::resolve_url(base_, base);
    }
  }
}

bool Scope::is_changed_by(pugi::xml_node element) {
  for (auto attribute = element.first_attribute(); attribute; attribute = attribute.next_attribute()) {
    if (std::string_view(attribute.name()).starts_with("xml")) return true;
  }
  return false;
}

void Scope::bind(std::string_view prefix, std::string_view address) {
  if (bindings_.size() < most_bindings) bindings_.emplace_back(prefix, namespace_of(address));
}

Ns Scope::namespace_of_prefix(std::string_view prefix) const {
  for (const Scope* scope = this; scope; scope = scope->outer_) {
    for (const auto& [bound, ns] : scope->bindings_) {
      if (bound == prefix) return ns;
    }
  }
  if (prefix == "xml") return Ns::xml;
  return prefix.empty() ? Ns::rss : namespace_of_usual_prefix(prefix);
}

bool Scope::binds(Ns ns) const {
  for (const Scope* scope = this; scope; scope = scope->outer_) {
    for (const Binding& binding : scope->bindings_) {
      if (binding.second == ns) return true;
    }
  }
  return false;
}

Element::Element(pugi::xml_node node, const Scope& scope) : node_(node), scope_(scope) {
  const std::string_view qualified = node.name();
  const std::string_view prefix = prefix_of(qualified);
  name_ = local_of(qualified);
  ns_ = scope.namespace_of_prefix(prefix);
  // RSS in a namespace of the publisher's own is RSS.
  if (ns_ == Ns::unknown && prefix.empty()) ns_ = Ns::rss;
}

bool Element::is(Ns ns, std::string_view lower_case_name) const {
  return ns_ == ns && equal_ignoring_case(name_, lower_case_name);
}

bool Element::is_core(std::string_view lower_case_name) const {
  return feed::is_core(ns_) && equal_ignoring_case(name_, lower_case_name);
}

std::optional<std::string> Element::attribute(std::string_view name) const {
  for (auto attribute = node_.first_attribute(); attribute; attribute = attribute.next_attribute()) {
    const std::string_view qualified = attribute.name();
    if (equal_ignoring_case(local_of(qualified), name) && prefix_of(qualified) != "xml" &&
        prefix_of(qualified) != "xmlns") {
      return decoded(scope_.entities(), attribute.value());
    }
  }
  return std::nullopt;
}

std::string Element::attribute_or(std::string_view name, std::string_view otherwise) const {
  const auto value = attribute(name);
  return value ? *value : std::string(otherwise);
}

std::string Element::text() const {
  std::string storage;
  const std::string_view value = text(storage);
  if (value.data() == storage.data() && value.size() == storage.size()) return storage;
  return std::string(value);
}

std::string_view Element::text(std::string& storage) const {
  const std::string_view own = node_.value();  // text before the first child is the element's own
  const pugi::xml_node first = node_.first_child();
  if (!first && own.find('&') == std::string_view::npos) return trimmed(own);
  const bool only_section = own.empty() && first && first.type() == pugi::node_cdata && !first.next_sibling();
  if (only_section) return trimmed(first.value());
  storage.clear();
  scope_.entities().append_decoded(storage, own);
  for (pugi::xml_node child = first; child; child = child.next_sibling()) {
    if (child.type() == pugi::node_pcdata) scope_.entities().append_decoded(storage, child.value());
    if (child.type() == pugi::node_cdata) storage += child.value();
  }
  return trimmed(storage);
}

bool Element::has_elements() const {
  for (pugi::xml_node child = node_.first_child(); child; child = child.next_sibling()) {
    if (child.type() == pugi::node_element) return true;
  }
  return false;
}

XmlTree::XmlTree(std::string utf8) : text_(std::move(utf8)) {
  const pugi::xml_parse_result parsed =
      document_.load_buffer_inplace(text_.data(), text_.size(), parse_options, pugi::encoding_utf8);
  if (!parsed) {
    failure_ = fmt::format("{}: {}", position(text_, parsed.offset), lower(parsed.description()));
    document_.reset();
    return;
  }
  for (const pugi::xml_node node : document_) {
    if (node.type() == pugi::node_doctype) entities_ = Entities(node.value());
  }
}

Defect XmlTree::defect() const { return failure_.empty() ? find_defect(document_, entities_) : Defect{failure_, true}; }

}  // namespace sotevahti::feed
