#include "tag/areas.h"

#include <fmt/format.h>

#include <algorithm>

namespace sotevahti::tag {
namespace {

constexpr std::string_view whole_country = "koko-maa";
constexpr std::size_t most_evidence = 8;

bool is_in(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// Hospitals of HUS stand in a county, and Uusimaa is a county's neighbour of HUS: what is
// meant depends on who speaks.
bool is_of_hus(const PlaceName& name) { return name.areas.size() > 1 && is_in(name.areas, "hus"); }

class Weighing {
 public:
  Weighing(const EntryText& text, const Marks& marks, AreaFindings& findings)
      : text_(text), marks_(marks), findings_(findings), publisher_(findings.publisher) {}

  void run() {
    for (const Mention& mention : findings_.mentions)
      if (mention.counts && mention.name->kind != "historic_region") weigh(mention);
    add_publisher();
    if (findings_.areas.empty()) add_historic_regions();
    if (findings_.areas.empty()) add_hints();
    add_whole_country();
    for (Tag& tag : findings_.areas) tag.score = std::max(tag.score, 1.0);
    std::stable_sort(findings_.areas.begin(), findings_.areas.end(),
                     [](const Tag& a, const Tag& b) { return a.score > b.score; });
  }

 private:
  void weigh(const Mention& mention) {
    const PlaceName& name = *mention.name;
    if (publisher_.voice == Voice::hus && !is_party_of_hus(mention)) return;
    const double weight = mention.field == Field::title ? 1.0 : 0.6;
    for (const std::string& area : name.areas) {
      if (area == "hus" && is_of_hus(name) && name.kind != "hospital") continue;
      add(area, weight, text_.evidence(mention.span, name.kind + ": " + name.name));
    }
  }

  // HUS itself speaks: its hospitals and the towns where they stand are HUS; a county, or the
  // city that acts ("HUS ja Helsinki sopivat"), is the other party.
  bool is_party_of_hus(const Mention& mention) const {
    const std::string& kind = mention.name->kind;
    return kind == "county" || kind == "hus" ||
           (kind == "city" && !text_.words()[mention.span.last].form->traits.local_case);
  }

  void add_publisher() {
    const bool speaks_of_own = publisher_.voice == Voice::own || publisher_.voice == Voice::hus;
    const bool only_hus = findings_.areas.size() == 1 && findings_.areas.front().id == "hus";
    const bool is_silent = findings_.areas.empty() && !speaks_of_country();
    if (speaks_of_own || (publisher_.voice == Voice::paper && (is_silent || only_hus)))
      for (const std::string& area : publisher_.areas) add(area, 1.0, publisher_.evidence);
  }

  bool speaks_of_country() const {
    return !marks_.spans(Mark::nationwide).empty() || !marks_.spans(Mark::state).empty();
  }

  void add_historic_regions() {
    if (publisher_.voice == Voice::body) return;
    for (const Mention& mention : findings_.mentions)
      if (mention.counts && mention.name->kind == "historic_region")
        for (const std::string& area : mention.name->areas)
          add(area, 0.5, text_.evidence(mention.span, "region: " + mention.name->name));
  }

  void add_hints() {
    if (publisher_.voice == Voice::body) return;
    for (const std::string& area : publisher_.hints) add(area, 0.5, Evidence{Field::feed, 0, 0, area, "feed"});
  }

  void add_whole_country() {
    const bool is_national = publisher_.voice == Voice::body;
    const bool is_mentioned = publisher_.voice == Voice::unknown && says_nationwide() && !title_names_area();
    if (!findings_.areas.empty() && !is_national && !is_mentioned) return;
    if (is_national) return add(whole_country, 1.0, publisher_.evidence);
    for (const Mark mark : {Mark::nationwide, Mark::state})
      if (!marks_.spans(mark).empty())
        return add(whole_country, 1.0, text_.evidence(marks_.spans(mark).front(), "the whole country"));
    add(whole_country, 1.0, Evidence{Field::publisher, 0, 0, {}, "no place is named"});
  }

  bool says_nationwide() const {
    const auto& spans = marks_.spans(Mark::nationwide);
    return std::any_of(spans.begin(), spans.end(), [&](const Span& span) {
      return span.first < marks_.end_of_text() && !marks_.in_sentence(Mark::boilerplate, span.first);
    });
  }

  bool title_names_area() const {
    return std::any_of(findings_.mentions.begin(), findings_.mentions.end(),
                       [](const Mention& m) { return m.counts && m.field == Field::title; });
  }

  void add(std::string_view area, double weight, Evidence evidence) {
    auto& areas = findings_.areas;
    auto tag = std::find_if(areas.begin(), areas.end(), [&](const Tag& t) { return t.id == area; });
    if (tag == areas.end()) {
      areas.push_back(Tag{std::string(area), 1.0, {}});
      tag = std::prev(areas.end());
    }
    tag->score += weight;
    if (tag->evidence.size() < most_evidence) tag->evidence.push_back(std::move(evidence));
  }

  const EntryText& text_;
  const Marks& marks_;
  AreaFindings& findings_;
  const Publisher& publisher_;
};

}  // namespace

AreaFindings AreaFinder::find(const Subject& subject, const EntryText& text, const Marks& marks) const {
  AreaFindings findings;
  findings.mentions = find_names(text, gazetteer_);
  for (Mention& mention : findings.mentions) {
    if (mention.field != Field::publisher) continue;
    for (const Span& veto : marks.spans(Mark::veto))
      if (veto.first <= mention.span.first && mention.span.last <= veto.last)
        mention.why_not = "is part of another name";
  }
  findings.publisher = publishers_.tell(subject, text, findings.mentions);
  std::vector<std::string> home = findings.publisher.areas;
  home.insert(home.end(), findings.publisher.hints.begin(), findings.publisher.hints.end());
  const Voice voice = findings.publisher.voice;
  const bool at_home = voice == Voice::own || voice == Voice::hus || voice == Voice::paper;
  judge_names(text, marks, home, at_home, findings.mentions);
  Weighing(text, marks, findings).run();
  return findings;
}

std::vector<std::string> why_area(const AreaFindings& findings, const EntryText& text, std::string_view area) {
  std::vector<std::string> sentences;
  const auto tag =
      std::find_if(findings.areas.begin(), findings.areas.end(), [&](const Tag& t) { return t.id == area; });
  if (tag != findings.areas.end()) {
    for (const Evidence& evidence : tag->evidence)
      sentences.push_back(fmt::format("for: \"{}\" ({})", evidence.words, evidence.rule));
  }
  for (const Mention& mention : findings.mentions) {
    if (!is_in(mention.name->areas, area) || mention.counts || mention.field == Field::publisher) continue;
    sentences.push_back(fmt::format("against: \"{}\" {}", text.evidence(mention.span, {}).words, mention.why_not));
  }
  if (tag == findings.areas.end() && sentences.empty())
    sentences.push_back("no place of the area is named, and neither publisher, address nor feed points to it");
  return sentences;
}

}  // namespace sotevahti::tag
