#include "tag/context.h"

#include <algorithm>
#include <optional>

namespace sotevahti::tag {
namespace {

struct SetName {
  std::string_view name;
  Mark mark;
};
constexpr std::array set_names = {SetName{"institution", Mark::institution},
                                  SetName{"title", Mark::title},
                                  SetName{"venue", Mark::venue},
                                  SetName{"moving", Mark::moving},
                                  SetName{"former", Mark::former},
                                  SetName{"nowhere", Mark::nowhere},
                                  SetName{"nationwide", Mark::nationwide},
                                  SetName{"state", Mark::state},
                                  SetName{"press", Mark::press},
                                  SetName{"noun", Mark::noun},
                                  SetName{"boilerplate", Mark::boilerplate},
                                  SetName{"endmatter", Mark::endmatter}};

constexpr std::string_view place_slot = "{place}";

// "venue_fi" is for Finnish, "boilerplate" for all.
std::optional<Mark> mark_of(std::string_view set, std::string_view lang) {
  for (const auto& [name, mark] : set_names) {
    if (set == name) return mark;
    if (set.size() == name.size() + 3 && set.starts_with(name) && set.substr(name.size() + 1) == lang) return mark;
  }
  return {};
}

// A name as a rule: "Satakunnan Kansa" inflects in its last word only.
std::string name_pattern(std::string_view name) {
  std::string pattern;
  std::string_view last;
  const auto end_word = [&](bool is_last) {
    if (last.empty()) return;
    if (!pattern.empty()) pattern += ' ';
    if (last == place_slot) pattern += last;
    else pattern += "=" + std::string(last) + (is_last ? "|" + std::string(last) : "");
  };
  for (std::size_t begin = 0; begin < name.size();) {
    if (name.substr(begin).starts_with(place_slot)) {
      end_word(false);
      last = name.substr(begin, place_slot.size());
      begin += place_slot.size();
      continue;
    }
    const std::string_view rest = name.substr(begin, name.find(place_slot, begin) - begin);
    for (const text::Token& token : text::tokenize(rest)) {
      end_word(false);
      last = token.surface;
    }
    begin += rest.size();
  }
  end_word(true);
  return pattern;
}

}  // namespace

Context::Context(const config::Taxonomy& taxonomy, RuleIndex& index) {
  for (const config::WordSet& set : taxonomy.sets) {
    const auto mark = mark_of(set.name, index.lang());
    if (!mark) continue;
    for (const std::string& term : set.words) add(term, *mark, taxonomy, index);
  }
  for (const std::string& phrase : taxonomy.vetoes) add(name_pattern(phrase), Mark::veto, taxonomy, index);
  for (const config::Publishers& publishers : taxonomy.publishers) {
    if (publishers.kind != "paper" && publishers.kind != "media") continue;
    for (const std::string& name : publishers.names) {
      const bool is_phrase = text::tokenize(name).size() > 1;
      add(name_pattern(name), is_phrase ? Mark::veto : Mark::paper, taxonomy, index);
    }
  }
}

void Context::add(std::string_view term, Mark mark, const config::Taxonomy& taxonomy, RuleIndex& index) {
  const auto pattern = parse_pattern(term, taxonomy.sets);
  if (!pattern) return;  // named at start by the rules' check
  const PatternId id = index.add(*pattern);
  if (marks_.size() <= id) marks_.resize(id + 1);
  marks_[id].push_back(mark);
}

const std::vector<Mark>& Context::marks_of(PatternId pattern) const {
  static const std::vector<Mark> none;
  return pattern < marks_.size() ? marks_[pattern] : none;
}

Marks::Marks(const Context& context, const EntryText& text, const std::vector<Hit>& hits)
    : text_(text), end_of_text_(text.words().size()) {
  const auto& words = text.words();
  const std::size_t sentence_count = words.empty() ? 0 : words.back().sentence + 1;
  for (const Hit& hit : hits) {
    for (const Mark mark : context.marks_of(hit.pattern)) {
      const auto which = static_cast<std::size_t>(mark);
      if (sentences_[which].empty()) sentences_[which].resize(sentence_count);
      for (std::size_t i = 0; i < hit.count; ++i) {
        spans_[which].push_back(hit.spans[i]);
        sentences_[which][words[hit.spans[i].first].sentence] = true;
      }
    }
  }
  for (const Span& span : spans(Mark::endmatter)) {
    const Word& word = words[span.first];
    const bool begins = span.first == 0 || words[span.first - 1].sentence != word.sentence;
    if (word.field == Field::text && begins) end_of_text_ = std::min<std::size_t>(end_of_text_, span.first);
  }
}

bool Marks::on_word(Mark mark, std::size_t word) const {
  const auto& spans = spans_[static_cast<std::size_t>(mark)];
  return std::any_of(spans.begin(), spans.end(),
                     [&](const Span& span) { return span.first <= word && word <= span.last; });
}

bool Marks::in_sentence(Mark mark, std::size_t word) const {
  const auto& sentences = sentences_[static_cast<std::size_t>(mark)];
  const std::size_t sentence = text_.words()[word].sentence;
  return sentence < sentences.size() && sentences[sentence];
}

}  // namespace sotevahti::tag
