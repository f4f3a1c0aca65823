// All patterns of one language in one index, so that one walk over an entry's words
// finds every rule that it meets: topics, relevance, vetoes and what stands around
// places. What a word meets depends on its form alone and is looked up once for a
// form (entry_text.h keeps it). The index is immutable once built; any thread.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <map>
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

  // At most so many hits in an entry, however hostile the text.
  static constexpr std::size_t most_hits = 20000;

  std::size_t patterns() const { return patterns_.size(); }
  const std::string& lang() const { return lang_; }

 private:
  friend class RuleWalk;
  using PhraseId = std::uint32_t;
  using SegmentId = std::uint32_t;

  SlotId add_slot(const RuleSlot& slot);
  PhraseId add_phrase(const RulePhrase& phrase);
  SegmentId add_segment(const RuleSegment& segment);
  void add_word(const RuleWord& word, SlotId slot);

  std::string lang_;

  struct Met {
    SlotId slot;
    bool capital;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  using Words = std::unordered_map<std::string, std::vector<Met>, Hash, std::equal_to<>>;
  Words lemmas_, exact_, exact_case_;
  // By their lengths in bytes, so that a word is cut at each length once.
  std::map<std::size_t, Words> prefixes_, suffixes_;
  std::vector<SlotId> numbers_, places_;

  std::unordered_map<std::string, std::uint32_t> known_slots_, known_phrases_, known_segments_, known_patterns_;
  // A phrase where its first slot is met: what must come next stands here, for most stop there.
  struct Start {
    PhraseId phrase;
    std::uint32_t slots;
    SlotId second;
  };
  std::vector<std::vector<Start>> starts_;        // of a slot: the phrases that it begins
  std::vector<std::vector<SlotId>> phrases_;      // the slots of each
  std::vector<std::vector<SegmentId>> in_;        // of a phrase: the segments in which it stands
  std::vector<std::vector<PatternId>> leads_;     // of a segment: the patterns that it begins
  std::vector<std::vector<SegmentId>> patterns_;  // the segments of each
};

// Walks over entries: keeps, for the sentence it is in, where each segment was met. Its table
// is as long as the index and kept from entry to entry. One thread; the index must be whole.
class RuleWalk {
 public:
  explicit RuleWalk(const RuleIndex& index) : index_(index), seen_(index.leads_.size()) {}

  // In the order of the words.
  std::vector<Hit> find(const std::vector<IndexedWord>& words);

 private:
  using PhraseId = RuleIndex::PhraseId;
  using SegmentId = RuleIndex::SegmentId;
  struct Seen {
    std::uint32_t sentence = 0;  // counted from 1, over all entries
    std::uint32_t last = 0;      // the word it was last met at, counted from 1
    std::uint8_t count = 0;
    std::array<Span, 3> spans{};
  };

  bool has(std::uint32_t at, SlotId slot) const;
  bool is_beginning(std::uint32_t at, SlotId slot) const;
  void meet(std::uint32_t at);
  void try_phrase(const RuleIndex::Start& start, std::uint32_t at);
  void met_segment(SegmentId segment, Span span, bool beginning);
  void add_hit(const Hit& hit);
  void begin_sentence();
  void end_sentence();
  void complete(PatternId pattern);
  bool place(const std::vector<SegmentId>& segments, std::size_t which, Hit& hit) const;

  const RuleIndex& index_;
  const std::vector<IndexedWord>* words_ = nullptr;  // of the entry that it walks over
  std::vector<Seen> seen_;
  std::vector<PatternId> open_;
  std::vector<Hit> hits_;
  std::uint32_t sentence_ = 0;
};

}  // namespace sotevahti::tag
