// All patterns of one language in one index, so that one walk over an entry's words
// (rule_walk.h) finds every rule that it meets: topics, relevance, vetoes and what stands
// around places. What a word meets depends on its form alone and is looked up once for a
// form (entry_text.h keeps it). Patterns are added until the index is closed; from then on it
// is immutable; any thread.
#pragma once
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "tag/rows.h"
#include "tag/rule_pattern.h"
#include "text/words.h"

namespace sotevahti::tag {

using SlotId = std::uint32_t;
using PatternId = std::uint32_t;

// Sixty-four slots to a set: which of them may be met. A no is sure.
constexpr std::uint64_t slot_bit(SlotId slot) { return std::uint64_t{1} << (slot % 64); }
std::uint64_t slot_bits(const std::vector<SlotId>& slots);

// What a form meets, sorted.
struct FormSlots {
  std::vector<SlotId> all;
  std::vector<SlotId> beginnings;  // of these: met only by the beginning of a compound
  std::uint64_t bits = 0;          // of all
};

class RuleIndex {
 public:
  explicit RuleIndex(std::string lang);
  ~RuleIndex();

  // The same pattern twice is one.
  PatternId add(const RulePattern& pattern);
  // All patterns are there: they are laid out for the walk, and what told equal ones apart is freed.
  const RuleIndex& close();

  // `place`: the gazetteer knows the form.
  FormSlots slots_of(std::string_view surface, const text::Analysis& analysis, bool place) const;
  // What a lemma that stands in no text meets.
  std::vector<SlotId> slots_of_lemma(const std::string& lemma) const;

  const std::string& lang() const { return lang_; }
  // How many there are: their ids are below it.
  std::size_t patterns() const { return patterns_.size(); }

 private:
  friend class RuleWalk;
  using PhraseId = std::uint32_t;
  using SegmentId = std::uint32_t;
  struct Building;

  SlotId add_slot(const RuleSlot& slot);
  PhraseId add_phrase(const RulePhrase& phrase);
  SegmentId add_segment(const RuleSegment& segment);
  void add_word(const RuleWord& word, SlotId slot);
  void lay_out_starts(const Rows<PhraseId>& begun);
  void lay_out_leads(const Rows<PatternId>& alone, const Rows<PatternId>& first);

  std::string lang_;
  std::unique_ptr<Building> building_;  // until it is closed

  struct Met {
    SlotId slot;
    bool capital;
  };
  using Words = boost::unordered_flat_map<std::string, std::vector<Met>, base::TextHash, std::equal_to<>>;
  Words lemmas_, exact_, exact_case_;
  // By their lengths in bytes, so that a word is cut at each length once.
  std::map<std::size_t, Words> prefixes_, suffixes_;
  std::vector<SlotId> numbers_, places_;

  // What a slot begins: a segment, whole with this word, or a phrase of more words. What must come
  // next stands here, for most phrases stop there.
  struct Start {
    std::uint32_t what;  // SegmentId, or PhraseId
    std::uint32_t slots;
    SlotId second;
  };
  Rows<Start> starts_;                // of a slot
  Rows<SlotId> phrases_;              // the slots of each
  Rows<SegmentId> in_;                // of a phrase: the segments in which it stands
  Rows<PatternId> leads_;             // of a segment: the patterns that it is all of, then those that it begins
  std::vector<std::uint32_t> alone_;  // how many of them it is all of
  Rows<SegmentId> patterns_;          // the segments of each
};

}  // namespace sotevahti::tag
