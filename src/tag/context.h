// What stands around a word and changes what it means: the sets of tags.d/context.toml
// (venue, moving, nationwide ...), vetoes, and newspapers' names. Compiled into the
// rule index; read for each entry as marks on its words and sentences. Pure.
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "config/taxonomy.h"
#include "tag/entry_text.h"
#include "tag/rule_walk.h"

namespace sotevahti::tag {

enum class Mark : std::uint8_t {
  institution,
  title,
  venue,
  moving,
  former,
  nowhere,
  nationwide,
  state,
  press,
  boilerplate,
  endmatter,
  noun,   // a place's name that is a common noun
  veto,   // a phrase in which a place's name is no place
  paper,  // a newspaper's name that is a region's too
};
constexpr std::size_t mark_count = 14;

class Context {
 public:
  // Adds what is in the index's language to it.
  Context(const config::Taxonomy& taxonomy, RuleIndex& index);

  const std::vector<Mark>& marks_of(PatternId pattern) const;

 private:
  void add(std::string_view term, Mark mark, const config::Taxonomy& taxonomy, RuleIndex& index);
  std::vector<std::vector<Mark>> marks_;  // of a pattern
};

// The marks of one entry.
class Marks {
 public:
  Marks(const Context& context, const EntryText& text, const std::vector<Hit>& hits);

  bool on_word(Mark mark, std::size_t word) const;
  bool in_sentence(Mark mark, std::size_t word) const;
  const std::vector<Span>& spans(Mark mark) const { return spans_[static_cast<std::size_t>(mark)]; }
  // Where the entry's own text ends: what follows are links and the publisher's own words.
  std::size_t end_of_text() const { return end_of_text_; }

 private:
  const EntryText& text_;
  std::array<std::vector<Span>, mark_count> spans_;
  std::array<std::vector<bool>, mark_count> sentences_;
  std::size_t end_of_text_ = 0;
};

}  // namespace sotevahti::tag
