#include "text/html_open_elements.h"

#include <algorithm>

namespace sotevahti::text {
namespace {

bool is_table_part(Element element) {
  switch (element) {
    case Element::caption:
    case Element::colgroup:
    case Element::tbody:
    case Element::td:
    case Element::tfoot:
    case Element::th:
    case Element::thead:
    case Element::tr: return true;
    default: return false;
  }
}

}  // namespace

void OpenElements::push(Element element) {
  int& top = top_[static_cast<std::size_t>(element)];
  stack_.push_back({element, top, scope_});
  top = size() - 1;
  if (traits(element).is_scope) scope_ = top;
}

void OpenElements::pop() {
  const Entry& last = stack_.back();
  top_[static_cast<std::size_t>(last.element)] = last.below;
  scope_ = last.scope_below;
  stack_.pop_back();
}

int OpenElements::list_scope() const { return std::max({scope_, top(Element::ul), top(Element::ol)}); }

// Of each kind only the topmost can stand above the limit: a second one would have closed it.
int OpenElements::lowest_above(int limit, std::initializer_list<Element> kinds) const {
  int at = size();
  for (const Element kind : kinds)
    if (top(kind) > limit) at = std::min(at, top(kind));
  return at;
}

int OpenElements::closed_by_start(Element element) const {
  const ElementTraits& kind = traits(element);
  int at = closed_by_kind(element);
  if (kind.ends_paragraph) at = std::min(at, lowest_above(scope_, {Element::p}));
  if (kind.is_heading && at > 0 && traits(stack_[static_cast<std::size_t>(at - 1)].element).is_heading) --at;
  return at;
}

int OpenElements::closed_by_kind(Element element) const {
  using E = Element;
  switch (element) {
    case E::a: return lowest_above(scope_, {E::a});
    case E::li: return lowest_above(list_scope(), {E::li});
    case E::dd:
    case E::dt: return lowest_above(std::max(scope_, top(E::dl)), {E::dd, E::dt});
    case E::td:
    case E::th: return lowest_above(top(E::table), {E::td, E::th, E::caption, E::colgroup});
    case E::tr: return lowest_above(top(E::table), {E::tr, E::td, E::th, E::caption, E::colgroup});
    case E::caption:
    case E::colgroup:
    case E::tbody:
    case E::tfoot:
    case E::thead:
      return lowest_above(top(E::table), {E::tbody, E::thead, E::tfoot, E::tr, E::td, E::th, E::caption, E::colgroup});
    default: return size();
  }
}

int OpenElements::closed_by_end(Element element) const {
  int at = top(element);
  int limit = scope_;
  if (traits(element).is_heading) {
    for (const Element h : {Element::h1, Element::h2, Element::h3, Element::h4, Element::h5, Element::h6})
      at = std::max(at, top(h));
  } else if (element == Element::table) {
    limit = -1;
  } else if (is_table_part(element)) {
    limit = top(Element::table);
  } else if (element == Element::li) {
    limit = list_scope();
  }
  return at > limit ? at : size();
}

}  // namespace sotevahti::text
