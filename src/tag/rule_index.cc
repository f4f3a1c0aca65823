#include "tag/rule_index.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "text/utf8.h"

namespace sotevahti::tag {
namespace {

bool begins_with_capital(std::string_view word) {
  std::size_t at = 0;
  return !word.empty() && text::is_upper(text::next_code_point(word, at));
}

bool begins_with_digit(std::string_view word) { return !word.empty() && word[0] >= '0' && word[0] <= '9'; }

void sort_unique(std::vector<SlotId>& slots) {
  std::sort(slots.begin(), slots.end());
  slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
}

template <class Ids>
std::string key_of(const Ids& ids) {
  std::string key;
  for (const auto id : ids) key += std::to_string(id) + ' ';
  return key;
}

// Is the part what the compound is: päivystys of yöpäivystys, not of päivystyskäynti?
bool is_head(const std::string& part, const std::vector<std::string>& lemmas) {
  return std::any_of(lemmas.begin(), lemmas.end(), [&](const std::string& lemma) { return lemma.ends_with(part); });
}

// What English adds to a word: nurses, counties, nurse's.
std::vector<std::string> english_lemmas(const std::string& word) {
  std::vector<std::string> lemmas{word};
  if (word.ends_with("ies") && word.size() > 4) lemmas.push_back(word.substr(0, word.size() - 3) + "y");
  if (word.ends_with("es") && word.size() > 4) lemmas.push_back(word.substr(0, word.size() - 2));
  if (word.ends_with('s') && word.size() > 3) lemmas.push_back(word.substr(0, word.size() - 1));
  return lemmas;
}

}  // namespace

void RuleIndex::add_word(const RuleWord& word, SlotId slot) {
  const Met met{slot, word.capital};
  switch (word.kind) {
    case RuleWord::Kind::lemma: lemmas_[word.text].push_back(met); break;
    case RuleWord::Kind::exact: exact_[word.text].push_back(met); break;
    case RuleWord::Kind::exact_case: exact_case_[word.text].push_back(met); break;
    case RuleWord::Kind::prefix: prefixes_[word.text.size()][word.text].push_back(met); break;
    case RuleWord::Kind::suffix: suffixes_[word.text.size()][word.text].push_back(met); break;
    case RuleWord::Kind::number: numbers_.push_back(slot); break;
    case RuleWord::Kind::place: places_.push_back(slot); break;
  }
}

SlotId RuleIndex::add_slot(const RuleSlot& slot) {
  std::string key;
  for (const RuleWord& word : slot)
    key += std::to_string(static_cast<int>(word.kind)) + (word.capital ? "^" : "") + word.text + '|';
  const auto [known, is_new] = known_slots_.emplace(std::move(key), static_cast<std::uint32_t>(starts_.size()));
  if (is_new) {
    starts_.emplace_back();
    for (const RuleWord& word : slot) add_word(word, known->second);
  }
  return known->second;
}

RuleIndex::PhraseId RuleIndex::add_phrase(const RulePhrase& phrase) {
  std::vector<SlotId> slots;
  for (const RuleSlot& slot : phrase) slots.push_back(add_slot(slot));
  const auto [known, is_new] = known_phrases_.emplace(key_of(slots), static_cast<std::uint32_t>(phrases_.size()));
  if (is_new) {
    const auto count = static_cast<std::uint32_t>(slots.size());
    starts_[slots.front()].push_back({known->second, count, count > 1 ? slots[1] : 0});
    phrases_.push_back(std::move(slots));
    in_.emplace_back();
  }
  return known->second;
}

RuleIndex::SegmentId RuleIndex::add_segment(const RuleSegment& segment) {
  std::vector<PhraseId> phrases;
  for (const RulePhrase& phrase : segment) phrases.push_back(add_phrase(phrase));
  const auto [known, is_new] = known_segments_.emplace(key_of(phrases), static_cast<std::uint32_t>(leads_.size()));
  if (is_new) {
    leads_.emplace_back();
    for (const PhraseId phrase : phrases) in_[phrase].push_back(known->second);
  }
  return known->second;
}

PatternId RuleIndex::add(const RulePattern& pattern) {
  std::vector<SegmentId> segments;
  for (const RuleSegment& segment : pattern.segments) segments.push_back(add_segment(segment));
  const auto [known, is_new] = known_patterns_.emplace(key_of(segments), static_cast<std::uint32_t>(patterns_.size()));
  if (is_new) {
    leads_[segments.front()].push_back(known->second);
    patterns_.push_back(std::move(segments));
  }
  return known->second;
}

FormSlots RuleIndex::slots_of(std::string_view surface, const text::Analysis& analysis, bool place) const {
  FormSlots form_slots;
  std::vector<SlotId>& slots = form_slots.all;
  const bool capital = begins_with_capital(surface);
  const std::string form = text::lower(surface);
  const auto add = [&](const Met& met) {
    if (capital || !met.capital) slots.push_back(met.slot);
  };
  const auto look_up = [&](const Words& words, std::string_view key) {
    if (const auto found = words.find(key); found != words.end())
      std::for_each(found->second.begin(), found->second.end(), add);
  };
  look_up(exact_, form);
  look_up(exact_case_, std::string(surface));
  std::vector<std::string> lemmas = lang_ == "en" ? english_lemmas(analysis.lemmas.front()) : analysis.lemmas;
  for (const std::string& lemma : lemmas) look_up(lemmas_, lemma);
  if (lang_ == "sv") look_up(lemmas_, form);  // an unknown word's lemma is a bare stem: svensk of svenska
  lemmas.push_back(form);
  for (const std::string& lemma : lemmas) {
    const std::string_view word = lemma;
    for (const auto& [length, prefixes] : prefixes_)
      if (length <= word.size()) look_up(prefixes, word.substr(0, length));
    for (const auto& [length, suffixes] : suffixes_)
      if (length <= word.size()) look_up(suffixes, word.substr(word.size() - length));
  }
  if (begins_with_digit(surface)) slots.insert(slots.end(), numbers_.begin(), numbers_.end());
  if (place) slots.insert(slots.end(), places_.begin(), places_.end());
  for (const std::string& part : analysis.parts)
    if (is_head(part, analysis.lemmas)) look_up(lemmas_, part);
  sort_unique(slots);

  const std::vector<SlotId> whole = slots;
  for (const std::string& part : analysis.parts) look_up(lemmas_, part);
  sort_unique(slots);
  std::set_difference(slots.begin(), slots.end(), whole.begin(), whole.end(),
                      std::back_inserter(form_slots.beginnings));
  return form_slots;
}

std::vector<SlotId> RuleIndex::slots_of_lemma(const std::string& lemma) const {
  text::Analysis analysis;
  analysis.lemmas.push_back(lemma);
  return slots_of(lemma, analysis, false).all;
}

std::vector<Hit> RuleWalk::find(const std::vector<IndexedWord>& words) {
  words_ = &words;
  begin_sentence();
  for (std::uint32_t at = 0; at < words.size() && hits_.size() < RuleIndex::most_hits; ++at) {
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
    seen_.assign(seen_.size(), {});
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
  return std::binary_search(beginnings.begin(), beginnings.end(), slot);
}

void RuleWalk::meet(std::uint32_t at) {
  for (const auto* slots : {&(*words_)[at].form->all, (*words_)[at].more}) {
    if (slots == nullptr) continue;
    for (const SlotId slot : *slots)
      for (const RuleIndex::Start& start : index_.starts_[slot]) try_phrase(start, at);
  }
}

void RuleWalk::try_phrase(const RuleIndex::Start& start, std::uint32_t at) {
  const std::uint32_t last = at + start.slots - 1;
  const bool is_one = start.slots == 1;
  if (last >= words_->size() || (*words_)[last].sentence != (*words_)[at].sentence) return;
  if (!is_one && !has(at + 1, start.second)) return;
  const auto& slots = index_.phrases_[start.phrase];
  const bool beginning = is_beginning(at, slots.front());
  if (beginning && !is_one) return;  // "kotihoidon tuki" is no "kotihoidon tukikohta"
  for (std::uint32_t i = 1; i < slots.size(); ++i)
    if (!has(at + i, slots[i]) || is_beginning(at + i, slots[i])) return;
  for (const SegmentId segment : index_.in_[start.phrase]) met_segment(segment, Span{at, last}, beginning);
}

void RuleWalk::met_segment(SegmentId segment, Span span, bool beginning) {
  Seen& seen = seen_[segment];
  if (seen.sentence != sentence_) seen = Seen{sentence_, 0, 0, {}};
  if (seen.last == span.first + 1) return;
  seen.last = span.first + 1;
  for (const PatternId pattern : index_.leads_[segment])
    if (index_.patterns_[pattern].size() == 1) add_hit(Hit{pattern, 1, beginning, {span}});
  if (beginning || seen.count == seen.spans.size()) return;
  seen.spans[seen.count++] = span;
  if (seen.count > 1) return;
  for (const PatternId pattern : index_.leads_[segment])
    if (index_.patterns_[pattern].size() > 1) open_.push_back(pattern);
}

void RuleWalk::add_hit(const Hit& hit) {
  if (hits_.size() < RuleIndex::most_hits) hits_.push_back(hit);
}

void RuleWalk::complete(PatternId pattern) {
  const auto& segments = index_.patterns_[pattern];
  Hit hit{pattern, static_cast<std::uint8_t>(segments.size()), false, {}};
  if (place(segments, 0, hit)) add_hit(hit);
}

// Segments stand on words of their own; they are three at most, met three times at most.
bool RuleWalk::place(const std::vector<SegmentId>& segments, std::size_t which, Hit& hit) const {
  if (which == segments.size()) return true;
  const Seen& seen = seen_[segments[which]];
  if (seen.sentence != sentence_) return false;
  for (std::size_t i = 0; i < seen.count; ++i) {
    const Span& span = seen.spans[i];
    const bool taken = std::any_of(hit.spans.begin(), hit.spans.begin() + static_cast<std::ptrdiff_t>(which),
                                   [&](const Span& other) { return other.touches(span); });
    if (taken) continue;
    hit.spans[which] = span;
    if (place(segments, which + 1, hit)) return true;
  }
  return false;
}

}  // namespace sotevahti::tag
