// The elements that stand open while HTML is written, and which of them a tag closes,
// as a browser's tree would have it. Every answer in constant time, so that hostile
// nesting costs nothing. Inside the room; one for each document.
#pragma once
#include <array>
#include <boost/container/static_vector.hpp>
#include <cstddef>
#include <initializer_list>

#include "text/html_elements.h"

namespace sotevahti::text {

class OpenElements {
 public:
  static constexpr std::size_t most = 200;  // deeper ones are not opened

  OpenElements() { top_.fill(-1); }

  int size() const { return static_cast<int>(stack_.size()); }
  bool full() const { return stack_.size() == most; }
  Element back() const { return stack_.back().element; }
  void push(Element element);
  void pop();

  // The place from which on all are closed before this element's start tag; size() when none is.
  int closed_by_start(Element element) const;
  // The place of the element that an end tag means; size() when it means none.
  int closed_by_end(Element element) const;

 private:
  struct Entry {
    Element element = Element::unknown;
    int below = -1;        // the next of its kind
    int scope_below = -1;  // the scope outside it
  };

  // The place of the topmost open one, -1 when none is.
  int top(Element element) const { return top_[static_cast<std::size_t>(element)]; }
  int list_scope() const;
  int lowest_above(int limit, std::initializer_list<Element> kinds) const;
  int closed_by_kind(Element element) const;

  boost::container::static_vector<Entry, most> stack_;
  std::array<int, static_cast<std::size_t>(Element::count)> top_{};
  int scope_ = -1;  // end tags do not reach below it: a table or its cell
};

}  // namespace sotevahti::text
