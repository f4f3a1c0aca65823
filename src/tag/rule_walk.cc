#include "tag/rule_walk.h"

#include <algorithm>
#include <utility>

namespace sotevahti::tag {

RuleWalk::RuleWalk(const RuleIndex& index) : index_(index), segments_(index.leads_.size()) {
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    segments_[i].alone = index.alone_[i];
    segments_[i].leads = index.leads_[i];
  }
}

std::vector<Hit> RuleWalk::find(const std::vector<IndexedWord>& words) {
  words_ = &words;
  hits_.clear();  // what an exception may have left
  open_.clear();
  hits_.reserve(words.size());
  begin_sentence();
  for (std::uint32_t at = 0; at < words.size() && hits_.size() < most_hits; ++at) {
    if (at > 0 && words[at].sentence != words[at - 1].sentence) {
      end_sentence();
      begin_sentence();
    }
    meet(at);
  }
  end_sentence();
  return std::exchange(hits_, {});
}

// What was seen in earlier sentences is told apart by their numbers.
void RuleWalk::begin_sentence() {
  if (++sentence_ == 0) {
    for (Segment& segment : segments_) segment.sentence = 0;
    sentence_ = 1;
  }
}

// Now all segments of the sentence are known.
void RuleWalk::end_sentence() {
  for (const PatternId pattern : open_) complete(pattern);
  open_.clear();
}

bool RuleWalk::has(std::uint32_t at, SlotId slot) const {
  const auto in = [&](const std::vector<SlotId>* slots) {
    return slots != nullptr && std::binary_search(slots->begin(), slots->end(), slot);
  };
  return in(&(*words_)[at].form->all) || in((*words_)[at].more);
}

bool RuleWalk::is_beginning(std::uint32_t at, SlotId slot) const {
  const auto& beginnings = (*words_)[at].form->beginnings;
  return !beginnings.empty() && std::binary_search(beginnings.begin(), beginnings.end(), slot);
}

// Most phrases stop at their second word, and most of those by its bits alone.
void RuleWalk::meet(std::uint32_t at) {
  const IndexedWord& word = (*words_)[at];
  const bool has_next = at + 1 < words_->size() && (*words_)[at + 1].sentence == word.sentence;
  const std::uint64_t next = has_next ? (*words_)[at + 1].bits() : 0;
  for (const auto* slots : {&word.form->all, word.more}) {
    if (slots == nullptr) continue;
    for (const SlotId slot : *slots) {
      for (const RuleIndex::Start& start : index_.starts_[slot]) {
        if (start.slots == 1) met_segment(start.what, Span{at, at}, is_beginning(at, slot));
        else if ((next & slot_bit(start.second)) != 0) try_phrase(start, at);
      }
    }
  }
}

// Of two words and more.
void RuleWalk::try_phrase(const RuleIndex::Start& start, std::uint32_t at) {
  const std::uint32_t last = at + start.slots - 1;
  if (last >= words_->size() || (*words_)[last].sentence != (*words_)[at].sentence) return;
  if (!has(at + 1, start.second)) return;
  const auto slots = index_.phrases_[start.what];
  if (is_beginning(at, slots.front())) return;  // "kotihoidon tuki" is no "kotihoidon tukikohta"
  for (std::uint32_t i = 1; i < slots.size(); ++i)
    if (!has(at + i, slots[i]) || is_beginning(at + i, slots[i])) return;
  for (const SegmentId segment : index_.in_[start.what]) met_segment(segment, Span{at, last}, false);
}

void RuleWalk::met_segment(SegmentId id, Span span, bool beginning) {
  Segment& segment = segments_[id];
  if (segment.sentence != sentence_) {
    segment.sentence = sentence_;
    segment.last = 0;
    segment.count = 0;
  }
  if (segment.last == span.first + 1) return;
  segment.last = span.first + 1;
  for (const PatternId pattern : segment.leads.first(segment.alone)) add_hit(Hit{pattern, 1, beginning, {span}});
  if (beginning || segment.count == segment.spans.size()) return;
  segment.spans[segment.count++] = span;
  if (segment.count > 1) return;
  open_.insert(open_.end(), segment.leads.begin() + segment.alone, segment.leads.end());
}

void RuleWalk::add_hit(const Hit& hit) {
  if (hits_.size() < most_hits) hits_.push_back(hit);
}

void RuleWalk::complete(PatternId pattern) {
  const auto segments = index_.patterns_[pattern];
  Hit hit{pattern, static_cast<std::uint8_t>(segments.size()), false, {}};
  if (place(segments, 0, hit)) add_hit(hit);
}

// Segments stand on words of their own; they are three at most, met three times at most.
bool RuleWalk::place(std::span<const SegmentId> segments, std::size_t which, Hit& hit) const {
  if (which == segments.size()) return true;
  const Segment& segment = segments_[segments[which]];
  if (segment.sentence != sentence_) return false;
  for (std::size_t i = 0; i < segment.count; ++i) {
    const Span& span = segment.spans[i];
    const bool taken = std::any_of(hit.spans.begin(), hit.spans.begin() + static_cast<std::ptrdiff_t>(which),
                                   [&](const Span& other) { return other.touches(span); });
    if (taken) continue;
    hit.spans[which] = span;
    if (place(segments, which + 1, hit)) return true;
  }
  return false;
}

}  // namespace sotevahti::tag
