// One walk over an entry's words finds every pattern of the index that it meets: words make
// phrases where they follow each other, phrases make segments, and a pattern is met where
// all of its segments stand in one sentence.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "tag/rule_index.h"

namespace sotevahti::tag {

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

// What the walk reads of each word.
struct IndexedWord {
  const FormSlots* form = nullptr;
  const std::vector<SlotId>* more = nullptr;  // of what it leaves out: "sosiaali- ja terveydenhuolto"
  std::uint32_t sentence = 0;
  std::uint64_t bits() const { return form->bits | (more == nullptr ? 0 : slot_bits(*more)); }
};

// Walks over entries: keeps, for the sentence it is in, where each segment was met. Its tables
// are as long as the index, laid out for the walk, and kept from entry to entry. One thread; the
// index must be closed.
class RuleWalk {
 public:
  // At most so many hits in an entry, however hostile the text.
  static constexpr std::size_t most_hits = 20000;

  explicit RuleWalk(const RuleIndex& index);

  // In the order of the words.
  std::vector<Hit> find(const std::vector<IndexedWord>& words);

 private:
  using SegmentId = RuleIndex::SegmentId;
  // A segment and where it was met, in a line of the processor's cache.
  struct alignas(64) Segment {
    std::uint32_t sentence = 0;  // counted from 1, over all entries
    std::uint32_t last = 0;      // the word it was last met at, counted from 1
    std::array<Span, 3> spans{};
    std::uint8_t count = 0;
    std::uint32_t alone = 0;  // so many patterns it is all of; the others it begins
    std::span<const PatternId> leads;
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
  bool place(std::span<const SegmentId> segments, std::size_t which, Hit& hit) const;

  const RuleIndex& index_;
  const std::vector<IndexedWord>* words_ = nullptr;  // of the entry that it walks over
  std::vector<Segment> segments_;
  std::vector<PatternId> open_;
  std::vector<Hit> hits_;
  std::uint32_t sentence_ = 0;
};

}  // namespace sotevahti::tag
