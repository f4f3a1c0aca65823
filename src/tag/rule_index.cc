#include "tag/rule_index.h"

#include <algorithm>
#include <cassert>
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

std::string key_of(const std::vector<std::uint32_t>& ids) {
  return {reinterpret_cast<const char*>(ids.data()), ids.size() * sizeof(ids[0])};
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

std::uint64_t slot_bits(const std::vector<SlotId>& slots) {
  std::uint64_t bits = 0;
  for (const SlotId slot : slots) bits |= slot_bit(slot);
  return bits;
}

struct RuleIndex::Building {
  using Numbers = boost::unordered_flat_map<std::string, std::uint32_t, base::TextHash>;
  Numbers slots, phrases, segments, patterns;        // known ones
  std::vector<std::vector<PhraseId>> begun;          // by each slot
  std::vector<std::vector<SlotId>> slots_of;         // each phrase
  std::vector<std::vector<SegmentId>> in;            // of each phrase
  std::vector<std::vector<PatternId>> alone, first;  // of each segment
  std::vector<std::vector<SegmentId>> segments_of;   // each pattern
};

RuleIndex::RuleIndex(std::string lang) : lang_(std::move(lang)), building_(std::make_unique<Building>()) {}
RuleIndex::~RuleIndex() = default;

const RuleIndex& RuleIndex::close() {
  assert(building_ != nullptr);
  for (const auto& phrases : building_->begun) {
    std::vector<Start> starts;
    for (const PhraseId phrase : phrases) {
      const auto& slots = building_->slots_of[phrase];
      if (slots.size() > 1) starts.push_back({phrase, static_cast<std::uint32_t>(slots.size()), slots[1]});
      else
        for (const SegmentId segment : building_->in[phrase]) starts.push_back({segment, 1, 0});
    }
    starts_.add(starts);
  }
  phrases_ = Rows(building_->slots_of);
  in_ = Rows(building_->in);
  for (std::size_t i = 0; i < building_->alone.size(); ++i) {
    auto& leads = building_->alone[i];
    alone_.push_back(static_cast<std::uint32_t>(leads.size()));
    leads.insert(leads.end(), building_->first[i].begin(), building_->first[i].end());
  }
  leads_ = Rows(building_->alone);
  patterns_ = Rows(building_->segments_of);
  building_.reset();
  return *this;
}

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
    key.append({static_cast<char>('0' + static_cast<int>(word.kind)), word.capital ? '^' : ' '}).append(word.text) +=
        '|';
  const auto [known, is_new] = building_->slots.emplace(std::move(key), building_->begun.size());
  if (is_new) {
    building_->begun.emplace_back();
    for (const RuleWord& word : slot) add_word(word, known->second);
  }
  return known->second;
}

RuleIndex::PhraseId RuleIndex::add_phrase(const RulePhrase& phrase) {
  std::vector<SlotId> slots;
  for (const RuleSlot& slot : phrase) slots.push_back(add_slot(slot));
  const auto [known, is_new] = building_->phrases.emplace(key_of(slots), building_->slots_of.size());
  if (is_new) {
    building_->begun[slots.front()].push_back(known->second);
    building_->slots_of.push_back(std::move(slots));
    building_->in.emplace_back();
  }
  return known->second;
}

RuleIndex::SegmentId RuleIndex::add_segment(const RuleSegment& segment) {
  std::vector<PhraseId> phrases;
  for (const RulePhrase& phrase : segment) phrases.push_back(add_phrase(phrase));
  const auto [known, is_new] = building_->segments.emplace(key_of(phrases), building_->alone.size());
  if (is_new) {
    building_->alone.emplace_back();
    building_->first.emplace_back();
    for (const PhraseId phrase : phrases) building_->in[phrase].push_back(known->second);
  }
  return known->second;
}

PatternId RuleIndex::add(const RulePattern& pattern) {
  assert(building_ != nullptr);
  std::vector<SegmentId> segments;
  for (const RuleSegment& segment : pattern.segments) segments.push_back(add_segment(segment));
  const auto [known, is_new] = building_->patterns.emplace(key_of(segments), building_->segments_of.size());
  if (is_new) {
    auto& leads = segments.size() == 1 ? building_->alone : building_->first;
    leads[segments.front()].push_back(known->second);
    building_->segments_of.push_back(std::move(segments));
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
  look_up(exact_case_, surface);
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
  form_slots.bits = slot_bits(slots);
  return form_slots;
}

std::vector<SlotId> RuleIndex::slots_of_lemma(const std::string& lemma) const {
  text::Analysis analysis;
  analysis.lemmas.push_back(lemma);
  return slots_of(lemma, analysis, false).all;
}

}  // namespace sotevahti::tag
