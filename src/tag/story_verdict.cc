#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "tag/story.h"
#include "tag/story_words.h"

namespace sotevahti::tag {
namespace {

using std::chrono::days;
using Hashes = std::vector<std::uint32_t>;

bool disjoint(const auto& a, const auto& b) {
  return std::none_of(a.begin(), a.end(),
                      [&](const auto& each) { return std::find(b.begin(), b.end(), each) != b.end(); });
}

// Calls `each` for what stands in both, by word, with both weights. Which of the two comes next cannot be
// foreseen, so no branch hangs on it.
void for_shared(const Hashes& a, const Hashes& b, const auto& each) {
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const std::uint32_t x = a[i], y = b[j];
    if (word_of(x) == word_of(y)) each(x, y);
    i += word_of(x) <= word_of(y) ? 1 : 0;
    j += word_of(y) <= word_of(x) ? 1 : 0;
  }
}

double total(const Hashes& words, std::uint32_t below) {
  double sum = 0;
  for (const std::uint32_t word : words) {
    if (word_of(word) > below) break;  // they are sorted
    sum += weight_of(word);
  }
  return sum;
}

// Of a sketch the hashes up to its greatest are complete; of two sketches those up to the
// smaller of the two.
std::uint32_t complete_below(const Hashes& a, const Hashes& b) {
  std::uint32_t below = UINT32_MAX;
  for (const Hashes* words : {&a, &b})
    if (words->size() >= story_sketch_size) below = std::min(below, word_of(words->back()));
  return below;
}

// Weights below which a text or a title says too little to be judged by its share.
constexpr double shortest_text = 9;
constexpr double shortest_title = 3;

struct Likeness {
  double words = 0;  // share of the shorter text's weight that is in the longer one too
  double title = 0;
  double shared = 0;   // the weight that is shared
  double shorter = 0;  // the shorter text's weight
  double facts = 0;    // 2 a date or a great number, less a small one
};

// What two lists of words have in common, by weight.
struct Overlap {
  double common = 0, shorter = 0;
  // A handful of words is no text: two of them in common say little.
  double share(double least) const { return shorter > 0 ? std::min(1.0, common / std::max(least, shorter)) : 0; }
};

Overlap overlap(const Hashes& a, const Hashes& b) {
  const std::uint32_t below = complete_below(a, b);
  Overlap found;
  for_shared(a, b, [&](std::uint32_t x, std::uint32_t y) {
    if (word_of(x) <= below) found.common += std::min(weight_of(x), weight_of(y));
  });
  found.shorter = std::min(total(a, below), total(b, below));
  return found;
}

Likeness likeness_of(const StorySignature& a, const StorySignature& b) {
  constexpr double fact_weights[] = {0.4, 0.8, 1.3, 2.0};
  Likeness likeness;
  const Overlap words = overlap(a.minhash, b.minhash);
  likeness.words = words.share(shortest_text);
  likeness.shared = words.common;
  likeness.shorter = words.shorter;
  likeness.title = title_likeness(a, b);
  for_shared(a.facts, b.facts, [&](std::uint32_t x, std::uint32_t) { likeness.facts += fact_weights[x & 3U]; });
  return likeness;
}

bool corrects(const StorySignature& a, const StorySignature& b) { return a.correction != b.correction; }

// What forbids that two entries are one story, however like their words, or nullptr.
const char* veto(const StorySignature& a, const StorySignature& b) {
  if (!a.series.empty() && !b.series.empty() && disjoint(a.series, b.series)) return "vetoed by series numbers";
  if (!a.areas.empty() && !b.areas.empty() && disjoint(a.areas, b.areas)) return "vetoed by areas";
  if (corrects(a, b)) return nullptr;
  if (!a.dates.empty() && !b.dates.empty() && disjoint(a.dates, b.dates)) return "vetoed by dates";
  return nullptr;
}

// Texts of one pattern with other sums are of two matters.
bool is_one_pattern_of_two_matters(const StorySignature& a, const StorySignature& b, const Likeness& likeness) {
  constexpr double one_pattern = 0.6;
  return !corrects(a, b) && likeness.words >= one_pattern && !a.facts.empty() && !b.facts.empty() &&
         disjoint(a.facts, b.facts);
}

// Does a title name somebody or some place of whom the other entry says nothing?
bool names_another(const StorySignature& a, const StorySignature& b) {
  const bool is_complete = b.minhash.size() < story_sketch_size;
  const auto says = [](const Hashes& words, std::uint32_t word) {
    return std::any_of(words.begin(), words.end(), [&](std::uint32_t each) { return word_of(each) == word_of(word); });
  };
  return std::any_of(a.title_lemmas.begin(), a.title_lemmas.end(), [&](std::uint32_t word) {
    if (static_cast<Weight>(word & 3U) != Weight::name || says(b.title_lemmas, word) || says(b.minhash, word))
      return false;
    return is_complete || word_of(word) <= word_of(b.minhash.back());
  });
}

StoryVerdict verdict(bool same, double score, std::string why) {
  return {same, std::clamp(score, 0.0, 1.0), std::move(why)};
}

// With figures: written for those that are the same, of the dozen that each entry is compared with few.
template <class... Figures>
StoryVerdict weighed(bool same, double score, std::string_view why, Figures... figures) {
  return verdict(same, score, same ? fmt::format(fmt::runtime(why), figures...) : "too little in common");
}

bool topics_meet(const StorySignature& a, const StorySignature& b) { return !disjoint(a.topics, b.topics); }

bool is_one_source(const StorySignature& a, const StorySignature& b) {
  return a.source == b.source || (!a.host.empty() && a.host == b.host);
}

// Long texts of one publisher share words whatever they are about, a tenth of them perhaps. Of a translation the
// glossary and the names find again a quarter or more.
bool is_long_and_says_other_things(const Likeness& likeness) {
  constexpr double long_text = 20;
  return likeness.shorter >= long_text && likeness.words < (likeness.facts >= 1.3 ? 0.12 : 0.17);
}

// One publisher in two languages, seldom two of them.
StoryVerdict judge_translation(const StorySignature& a, const StorySignature& b, const Likeness& likeness, days apart) {
  if (is_long_and_says_other_things(likeness))
    return verdict(false, likeness.words, "another language, and little in common");
  const bool one_source = is_one_source(a, b);
  const bool one_minute =
      a.to_the_minute && b.to_the_minute && std::chrono::abs(a.published - b.published) < std::chrono::minutes(1);
  const double evidence = likeness.facts + 0.5 * likeness.shared;
  const bool topics_known = !a.topics.empty() && !b.topics.empty();
  double needed = one_minute ? 0.4 : 1.2;
  if (topics_known) needed *= a.topics == b.topics ? 0.45 : topics_meet(a, b) ? 0.6 : 1.3;
  if (one_source && apart <= days(1))
    return weighed(evidence >= needed, 0.5 + evidence / 10, "one publisher in two languages, evidence {:.1f}",
                   evidence);
  // Two publishers: of exactly these areas, on these topics, in the same days.
  const bool one_matter = !a.areas.empty() && a.areas == b.areas && topics_meet(a, b);
  if (one_matter && apart <= days(1))
    return weighed(evidence >= 1.5, 0.4 + evidence / 12, "the same areas and topics in two languages, evidence {:.1f}",
                   evidence);
  if (apart <= days(2) && likeness.facts >= 1.3)
    return weighed(evidence >= 4.0, 0.4 + evidence / 12, "the same facts in two languages, evidence {:.1f}", evidence);
  return verdict(false, evidence / 12, "another language, and little in common");
}

// How like two tellings in one language must be: the farther apart, the liker; and a
// publisher who tells a thing twice uses the same words.
double likeness_needed(bool one_source, bool on_topic, double facts, days apart) {
  if (one_source) return 0.85;
  if (apart <= days(1)) return facts >= 1.3 && on_topic ? 0.28 : facts >= 2.0 ? 0.35 : 0.45;
  if (apart <= days(3)) return facts >= 1.3 && on_topic ? 0.45 : 0.55;
  return 0.8;
}

StoryVerdict judge_telling(const StorySignature& a, const StorySignature& b, const Likeness& likeness, days apart) {
  // A publisher's like releases of two places, of two units.
  if (is_one_source(a, b) && !corrects(a, b) && names_another(a, b) && names_another(b, a))
    return verdict(false, 0, "vetoed by names");
  const double score = likeness.words + 0.5 * likeness.title + 0.12 * likeness.facts;
  // Titles alone are alike too easily: "Varkauden ...", "Heinolan ...".
  constexpr double words_without_facts = 0.35;
  if (likeness.facts == 0 && likeness.words < words_without_facts)
    return verdict(false, score, "alike in the title only");
  const double needed = likeness_needed(is_one_source(a, b), topics_meet(a, b), likeness.facts, apart);
  return weighed(score >= needed, score, "likeness {:.2f} of words, {:.2f} of titles, {:.1f} of facts", likeness.words,
                 likeness.title, likeness.facts);
}

}  // namespace

double title_likeness(const StorySignature& a, const StorySignature& b) {
  return overlap(a.title_lemmas, b.title_lemmas).share(shortest_title);
}

StoryVerdict same_story(const StorySignature& a, const StorySignature& b) {
  const auto apart = std::chrono::abs(std::chrono::floor<days>(a.published) - std::chrono::floor<days>(b.published));
  if (a.routine || b.routine) return verdict(false, 0, "an item that every meeting has");
  if (!a.platform_id.empty() && a.platform_id == b.platform_id) return verdict(true, 1, "the same release number");
  if (!a.canonical_url.empty() && a.canonical_url == b.canonical_url) return verdict(true, 1, "the same address");
  if (apart > days(14)) return verdict(false, 0, "more than two weeks apart");
  if (const char* forbids = veto(a, b); forbids != nullptr) return verdict(false, 0, forbids);
  const Likeness likeness = likeness_of(a, b);
  if (is_one_pattern_of_two_matters(a, b, likeness)) return verdict(false, 0, "vetoed by numbers");
  return a.language != b.language ? judge_translation(a, b, likeness, apart) : judge_telling(a, b, likeness, apart);
}

bool bars(const StorySignature& telling, const StorySignature& entry) {
  if (telling.language != entry.language || (telling.source.empty() && telling.host.empty())) return false;
  return is_one_source(telling, entry) && !same_story(telling, entry).same;
}

}  // namespace sotevahti::tag
