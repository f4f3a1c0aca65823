#include "tag/tagger.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/hash.h"
#include "tag/areas.h"
#include "tag/context.h"
#include "tag/deadline.h"
#include "tag/entry_text.h"
#include "tag/gazetteer.h"
#include "tag/relevance.h"
#include "tag/rule_groups.h"

namespace sotevahti::tag {
namespace {

constexpr std::string_view code_version = "4";  // raised when the tagger's own judgement changes
constexpr std::size_t most_topics = 4;
constexpr double told = 1.0;

// All rules of one language.
struct LanguageRules {
  LanguageRules(std::string lang, const config::Taxonomy& taxonomy, const Gazetteer& gazetteer, text::Lexicon& lexicon,
                std::size_t form_bytes)
      : index(std::move(lang)),
        context(taxonomy, index),
        topics(taxonomy.topics, taxonomy.sets, index, false),
        relevance(taxonomy.relevance, taxonomy.sets, index, true),
        walk(index.close()),
        forms(index, gazetteer, lexicon, form_bytes) {}
  RuleIndex index;
  Context context;
  RuleGroups topics;
  RuleGroups relevance;
  RuleWalk walk;
  FormTable forms;
};

// What was found in one entry, before it is cut down to tags.
struct Findings {
  Findings(const Reading& reading, LanguageRules& rules, const AreaFinder& area_finder,
           const std::vector<std::string>& field_topics)
      : text(reading.text),
        hits(rules.walk.find(text.indexed())),
        marks(rules.context, text, hits),
        areas(area_finder.find(reading.subject, text, marks)),
        topics(rules.topics.find(text, marks, hits)),
        groups(rules.relevance.find(text, marks, hits)),
        relevance(judge_relevance(text, groups, topics, field_topics, areas)) {}
  const EntryText& text;
  std::vector<Hit> hits;
  Marks marks;
  AreaFindings areas;
  std::vector<GroupFinding> topics;
  std::vector<GroupFinding> groups;
  RelevanceFinding relevance;
};

Tag to_tag(const GroupFinding& finding, const EntryText& text) {
  Tag tag{finding.group->id, finding.score, {}};
  for (const RuleMet& met : finding.met)
    if (met.weight > 0) tag.evidence.push_back(text.evidence(met.span, met.rule.label()));
  return tag;
}

// Topics that the title tells say what the entry is about: where there are two already, what
// only the text names must speak up. Where nothing is told, the likeliest is.
std::vector<Tag> told_topics(const Findings& found) {
  constexpr double told_beside_two = 1.3;
  constexpr double told_alone = 0.5;
  std::vector<const GroupFinding*> findings;
  std::size_t in_title = 0;
  for (const GroupFinding& finding : found.topics) {
    findings.push_back(&finding);
    if (finding.score >= told && finding.in_title > 0) ++in_title;
  }
  std::stable_sort(findings.begin(), findings.end(), [](const auto* a, const auto* b) { return a->score > b->score; });
  std::vector<Tag> tags;
  for (const GroupFinding* finding : findings) {
    const double needed = in_title >= 2 && finding->in_title == 0 ? told_beside_two : told;
    const bool is_alone = finding == findings.front() && finding->score >= told_alone;
    if (tags.size() < most_topics && (finding->score >= needed || is_alone))
      tags.push_back(to_tag(*finding, found.text));
  }
  return tags;
}

// "Haku päättyy 19.9." of money for associations is a grant's, though its sentence does not say so.
void know_applications_by_topic(const std::vector<GroupFinding>& findings, Tags& tags) {
  for (const GroupFinding& finding : findings) {
    const auto kind = deadline_kind(finding.group->applications);
    const auto is_it = [&](const Tag& tag) { return tag.id == finding.group->id; };
    if (!kind || std::none_of(tags.topics.begin(), tags.topics.end(), is_it)) continue;
    for (Deadline& deadline : tags.deadlines) {
      if (deadline.kind != DeadlineKind::application) continue;
      deadline.kind = *kind;
      deadline.evidence.rule =
          fmt::format("deadline: {}, by the topic {}", finding.group->applications, finding.group->id);
    }
  }
}

std::vector<std::string> why_topic(const Findings& found, std::string_view id) {
  std::vector<std::string> sentences;
  for (const GroupFinding& finding : found.topics) {
    if (finding.group->id != id) continue;
    sentences.push_back(fmt::format("score {:.2f}, {:.0f} tells the topic", finding.score, told));
    for (const RuleMet& met : finding.met) {
      const std::string words = found.text.evidence(met.span, {}).words;
      sentences.push_back(met.weight > 0
                              ? fmt::format("for, {:.2f}: \"{}\" ({})", met.weight, words, met.rule.label())
                              : fmt::format("not counted: \"{}\" ({}) {}", words, met.rule.label(), met.why_not));
    }
  }
  if (sentences.empty()) sentences.push_back("none of the topic's rules is met");
  return sentences;
}

std::vector<std::string> words_of_set(const config::Taxonomy& taxonomy, std::string_view name) {
  for (const config::WordSet& set : taxonomy.sets)
    if (set.name == name) return set.words;
  return {};
}

}  // namespace

class Tagger::Impl {
 public:
  Impl(const config::Taxonomy& taxonomy, text::Lexicon& lexicon, std::size_t form_bytes)
      : taxonomy_(taxonomy),
        lexicon_(lexicon),
        form_bytes_(form_bytes),
        gazetteer_(taxonomy, lexicon),
        areas_(taxonomy, gazetteer_),
        field_topics_(words_of_set(taxonomy, "field_topics")) {}

  Reading read(const Subject& subject, std::string language) {
    FormTable& forms = rules_of(language).forms;
    forms.forget_some();
    return Reading(subject, std::move(language), forms);
  }

  Findings find(const Reading& reading) { return Findings(reading, rules_of(reading.language), areas_, field_topics_); }

 private:
  LanguageRules& rules_of(std::string_view language) {
    if (language == "sv" || language == "da" || language == "no" || language == "nn")
      return made(swedish_, "sv", form_bytes_ / 4);
    if (language.empty() || language == "fi" || language == "et") return made(finnish_, "fi", form_bytes_ / 2);
    return made(english_, "en", form_bytes_ / 4);
  }

  // A language's rules take some milliseconds and megabytes: many a poll brings news in one alone.
  LanguageRules& made(std::optional<LanguageRules>& rules, const char* lang, std::size_t form_bytes) {
    if (!rules) rules.emplace(lang, taxonomy_, gazetteer_, lexicon_, form_bytes);
    return *rules;
  }

  const config::Taxonomy& taxonomy_;
  text::Lexicon& lexicon_;
  std::size_t form_bytes_;
  Gazetteer gazetteer_;
  AreaFinder areas_;
  std::vector<std::string> field_topics_;
  std::optional<LanguageRules> finnish_, swedish_, english_;  // once they are asked for
};

Tagger::Tagger(const config::Taxonomy& taxonomy, text::Lexicon& lexicon, std::size_t form_bytes)
    : impl_(std::make_unique<Impl>(taxonomy, lexicon, form_bytes)) {}
base::Result<Tagger> Tagger::open(const config::Taxonomy& taxonomy, std::size_t cache_bytes) {
  // The tagger remembers the words that it met; the lexicon behind it is seldom asked again: for halves of words.
  constexpr std::size_t share_of_lexicon = 24;
  auto lexicon = text::Lexicon::open(cache_bytes / share_of_lexicon);
  if (!lexicon) return tl::unexpected(lexicon.error());
  Tagger tagger(taxonomy, **lexicon, cache_bytes - cache_bytes / share_of_lexicon);
  tagger.own_lexicon_ = std::move(*lexicon);
  return tagger;
}

Tagger::~Tagger() = default;
Tagger::Tagger(Tagger&&) noexcept = default;

Reading Tagger::read(const Subject& subject) { return impl_->read(subject, language_of(subject)); }

Reading Tagger::read(const Subject& subject, std::string language) { return impl_->read(subject, std::move(language)); }

Tags Tagger::tag(const Subject& subject) { return tag(read(subject)); }

Tags Tagger::tag(const Reading& reading) {
  Findings found = impl_->find(reading);
  Tags tags;
  tags.language = reading.language;
  tags.relevant = found.relevance.relevant;
  tags.relevance = std::move(found.relevance.evidence);
  if (!tags.relevant) return tags;
  tags.areas = std::move(found.areas.areas);
  tags.topics = told_topics(found);
  tags.deadlines = find_deadlines(reading.title_dates, reading.text_dates, tags.language, reading.subject.published);
  know_applications_by_topic(found.topics, tags);
  return tags;
}

std::vector<std::string> Tagger::why(const Subject& subject, std::string_view tag) {
  const Reading reading = read(subject);
  const Findings found = impl_->find(reading);
  const std::size_t colon = tag.find(':');
  const std::string_view kind = tag.substr(0, colon);
  const std::string_view id = colon == std::string_view::npos ? std::string_view() : tag.substr(colon + 1);
  std::vector<std::string> sentences;
  if (kind == "topic") sentences = why_topic(found, id);
  if (kind == "area") sentences = why_area(found.areas, found.text, id);
  if (sentences.empty()) return {"ask for topic:ID or area:ID"};
  if (!found.relevance.relevant)
    sentences.insert(sentences.begin(),
                     fmt::format("the entry is not of the field (score {:.2f})", found.relevance.score));
  return sentences;
}

std::string tagger_version(const config::Taxonomy& taxonomy) {
  return base::to_hex(base::hash64(fmt::format("{}|{}|{}", code_version, taxonomy.version, text::Lexicon::version())));
}

}  // namespace sotevahti::tag
