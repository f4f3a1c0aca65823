// All patterns of one language in one index, so that one walk over an entry's words
// finds every rule that it meets: topics, relevance, vetoes and what stands around
// places. What a word meets depends on its form alone and is looked up once for a
// form (entry_text.h keeps it). Immutable once built; any thread.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tag/rule_pattern.h"
#include "text/words.h"

namespace sotevahti::tag {

using SlotId = std::uint32_t;
using PatternId = std::uint32_t;

// Tokens first..last of an entry.
struct Span {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  bool touches(const Span& other) const { return first <= other.last && other.first <= last; }
};

// Where a pattern was met: a span for each of its segments.
struct Hit {
  PatternId pattern = 0;
  std::uint8_t count = 0;
  bool beginning = false;  // met only by what a compound begins with: "pakolaisohjaaja" is no pakolainen
  std::array<Span, most_segments> spans{};
};

// What a form meets, sorted.
struct FormSlots {
  std::vector<SlotId> all;
  std::vector<SlotId> beginnings;  // of these: met only by the beginning of a compound
};

// What the index reads of each word.
struct IndexedWord {
  const FormSlots* form = nullptr;
  const std::vector<SlotId>* more = nullptr;  // of what it leaves out: "sosiaali- ja terveydenhuolto"
  std::uint32_t sentence = 0;
};

class RuleIndex {
 public:
  explicit RuleIndex(std::string lang) : lang_(std::move(lang)) {}

  // The same pattern twice is one.
  PatternId add(const RulePattern& pattern);

  // `place`: the gazetteer knows the form.
  FormSlots slots_of(std::string_view surface, const text::Analysis& analysis, bool place) const;
  // What a lemma that stands in no text meets.
  std::vector<SlotId> slots_of_lemma(const std::string& lemma) const;

  // In the order of the words. At most `most_hits`, however hostile the text.
  std::vector<Hit> find(const std::vector<IndexedWord>& words) const;
  static constexpr std::size_t most_hits = 20000;

  std::size_t patterns() const { return patterns_.size(); }
  const std::string& lang() const { return lang_; }

 private:
  using PhraseId = std::uint32_t;
  using SegmentId = std::uint32_t;
  class Walk;

  SlotId add_slot(const RuleSlot& slot);
  PhraseId add_phrase(const RulePhrase& phrase);
  SegmentId add_segment(const RuleSegment& segment);
  void add_word(const RuleWord& word, SlotId slot);

  std::string lang_;

  struct Met {
    SlotId slot;
    bool capital;
  };
  using Words = std::unordered_map<std::string, std::vector<Met>>;
  Words lemmas_, exact_, exact_case_;
  std::vector<std::pair<std::string, Met>> prefixes_, suffixes_;
  std::vector<SlotId> numbers_, places_;

  std::unordered_map<std::string, std::uint32_t> known_slots_, known_phrases_, known_segments_, known_patterns_;
  std::vector<std::vector<PhraseId>> starts_;     // of a slot: the phrases that it begins
  std::vector<std::vector<SlotId>> phrases_;      // the slots of each
  std::vector<std::vector<SegmentId>> in_;        // of a phrase: the segments in which it stands
  std::vector<std::vector<PatternId>> leads_;     // of a segment: the patterns that it begins
  std::vector<std::vector<SegmentId>> patterns_;  // the segments of each
};

}  // namespace sotevahti::tag
