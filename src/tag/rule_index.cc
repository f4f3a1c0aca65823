#include "tag/rule_index.h"

#include <algorithm>
#include <boost/container/small_vector.hpp>
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

using Ids = boost::container::small_vector<std::uint32_t, 4>;

std::string_view key_of(const Ids& ids) {
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
  static constexpr std::size_t usual_size = 6000;  // the built-in rules of a language have some five thousand of each
  // What is known, by what it is made of.
  using Numbers = boost::unordered_flat_map<std::string, std::uint32_t, base::TextHash, std::equal_to<>>;
  Numbers slots, phrases, segments, patterns;
  std::vector<std::pair<SlotId, PhraseId>> begun;
  std::vector<std::pair<PhraseId, SegmentId>> in;
  std::vector<std::pair<SegmentId, PatternId>> alone, first;
  std::string key;  // of the slot at hand

  Building() {
    for (Numbers* known : {&slots, &phrases, &segments, &patterns}) known->reserve(usual_size);
  }
  // The number of what is made so, the next one where it is new.
  static std::pair<std::uint32_t, bool> number(Numbers& known, std::string_view key) {
    if (const auto found = known.find(key); found != known.end()) return {found->second, false};
    const auto next = static_cast<std::uint32_t>(known.size());
    known.emplace(key, next);
    return {next, true};
  }
};

RuleIndex::RuleIndex(std::string lang) : lang_(std::move(lang)), building_(std::make_unique<Building>()) {}
RuleIndex::~RuleIndex() = default;

const RuleIndex& RuleIndex::close() {
  assert(building_ != nullptr);
  in_ = Rows(building_->phrases.size(), building_->in);
  lay_out_starts(Rows(building_->slots.size(), building_->begun));
  lay_out_leads(Rows(building_->segments.size(), building_->alone), Rows(building_->segments.size(), building_->first));
  building_.reset();
  return *this;
}

void RuleIndex::lay_out_starts(const Rows<PhraseId>& begun) {
  std::vector<Start> starts;
  for (SlotId slot = 0; slot < begun.size(); ++slot) {
    starts.clear();
    for (const PhraseId phrase : begun[slot]) {
      const std::span<const SlotId> slots = phrases_[phrase];
      if (slots.size() > 1) starts.push_back({phrase, static_cast<std::uint32_t>(slots.size()), slots[1]});
      else
        for (const SegmentId segment : in_[phrase]) starts.push_back({segment, 1, 0});
    }
    starts_.add(starts);
  }
}

void RuleIndex::lay_out_leads(const Rows<PatternId>& alone, const Rows<PatternId>& first) {
  std::vector<PatternId> leads;
  for (SegmentId segment = 0; segment < alone.size(); ++segment) {
    leads.assign(alone[segment].begin(), alone[segment].end());
    leads.insert(leads.end(), first[segment].begin(), first[segment].end());
    leads_.add(leads);
    alone_.push_back(static_cast<std::uint32_t>(alone[segment].size()));
  }
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
  std::string& key = building_->key;
  key.clear();
  for (const RuleWord& word : slot) {
    key += static_cast<char>('0' + static_cast<int>(word.kind));
    key += word.capital ? '^' : ' ';
    key += word.text;
    key += '|';
  }
  const auto [id, is_new] = Building::number(building_->slots, key);
  if (is_new)
    for (const RuleWord& word : slot) add_word(word, id);
  return id;
}

RuleIndex::PhraseId RuleIndex::add_phrase(const RulePhrase& phrase) {
  Ids slots;
  for (const RuleSlot& slot : phrase) slots.push_back(add_slot(slot));
  const auto [id, is_new] = Building::number(building_->phrases, key_of(slots));
  if (is_new) {
    building_->begun.emplace_back(slots.front(), id);
    phrases_.add(slots);
  }
  return id;
}

RuleIndex::SegmentId RuleIndex::add_segment(const RuleSegment& segment) {
  Ids phrases;
  for (const RulePhrase& phrase : segment) phrases.push_back(add_phrase(phrase));
  const auto [id, is_new] = Building::number(building_->segments, key_of(phrases));
  if (is_new)
    for (const PhraseId phrase : phrases) building_->in.emplace_back(phrase, id);
  return id;
}

PatternId RuleIndex::add(const RulePattern& pattern) {
  assert(building_ != nullptr);
  Ids segments;
  for (const RuleSegment& segment : pattern.segments) segments.push_back(add_segment(segment));
  const auto [id, is_new] = Building::number(building_->patterns, key_of(segments));
  if (is_new) {
    auto& leads = segments.size() == 1 ? building_->alone : building_->first;
    leads.emplace_back(segments.front(), id);
    patterns_.add(segments);
  }
  return id;
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
