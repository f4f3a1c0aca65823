#include <libvoikko/voikko.h>

#include <algorithm>
#include <unordered_map>

#include "text/finnish.h"
#include "text/finnish_names.h"
#include "text/lexicon_cache.h"
#include "text/swedish.h"
#include "text/utf8.h"
#include "text/words.h"

namespace sotevahti::text {
namespace {

// Raised when a rule of ours changes what a word is indexed under.
constexpr std::string_view rules_version = "1";

enum class Language { finnish, swedish, english };

Language language_of(std::string_view lang) {
  if (lang == "sv") return Language::swedish;
  return lang.empty() || lang == "fi" ? Language::finnish : Language::english;
}

// a with a combining diaeresis as ä; soft hyphens and other combining marks go; hyphens and
// apostrophes of every kind are the plain ones.
std::string normal_form(std::string_view word) {
  std::string out;
  out.reserve(word.size());
  for (std::size_t at = 0; at < word.size();) {
    const char32_t c = next_code_point(word, at);
    const char last = out.empty() ? '\0' : out.back();
    if (c == 0x2010 || c == 0x2011) {
      out += '-';
    } else if (c == 0x2019) {
      out += '\'';
    } else if (c == 0x0308 || c == 0x030A) {
      constexpr std::string_view plain = "aoAO";
      const std::size_t which = plain.find(last);
      if (which == std::string_view::npos || last == '\0' || (c == 0x030A && which % 2 == 1)) continue;
      out.pop_back();
      const char32_t diaeresis[] = {0xE4, 0xF6, 0xC4, 0xD6};
      const char32_t ring[] = {0xE5, 0, 0xC5, 0};
      append_utf8(out, c == 0x0308 ? diaeresis[which] : ring[which]);
    } else if (c != 0x00AD && !(c >= 0x0300 && c <= 0x036F)) {
      append_utf8(out, c);
    }
  }
  return out;
}

void add_once(std::vector<std::string>& to, std::string word) {
  if (!word.empty() && std::find(to.begin(), to.end(), word) == to.end()) to.push_back(std::move(word));
}

class VoikkoLexicon final : public Lexicon {
 public:
  VoikkoLexicon(Finnish finnish, std::size_t cache_bytes)
      : finnish_(std::move(finnish)),
        caches_{LexiconCache(cache_bytes / 4 * 2), LexiconCache(cache_bytes / 4),
                LexiconCache(cache_bytes / 4)} {}

  const Analysis& analyze(std::string_view word, std::string_view lang) override {
    const Language language = language_of(lang);
    if (word.size() > Finnish::max_word) return uncached(word);
    LexiconCache& cache = caches_[static_cast<std::size_t>(language)];
    if (const Analysis* hit = cache.find(word)) {
      ++statistics_.hits;
      return *hit;
    }
    ++statistics_.misses;
    return cache.insert(word, look_up(normal_form(word), language));
  }

  void add_name(std::string_view nominative, std::string_view genitive) override {
    if (nominative.empty() || nominative.find(' ') != std::string_view::npos) return;
    const std::string lemma = lower(nominative);
    for (NameForm& form : name_forms(nominative, genitive))
      names_.try_emplace(std::move(form.form), Name{lemma, form.name_case});
    for (LexiconCache& cache : caches_) cache.clear();
  }

  CacheStatistics statistics() const override {
    CacheStatistics all = statistics_;
    for (const LexiconCache& cache : caches_) all.bytes += cache.bytes();
    return all;
  }

 private:
  struct Name {
    std::string lemma;
    NameCase name_case;
  };

  // What is longer than any word is its own lemma, and none of the cache's business.
  const Analysis& uncached(std::string_view word) {
    ++statistics_.misses;
    long_word_ = Analysis{};
    long_word_.lemmas.push_back(lower(utf8_prefix(word, 2 * Finnish::max_word)));
    return long_word_;
  }

  Analysis look_up(const std::string& word, Language language) const {
    Analysis analysis;
    if (language == Language::finnish) analysis = finnish(word);
    if (language == Language::swedish) analysis = swedish_.analyze(lower(word));
    if (language == Language::english) analysis.lemmas.push_back(english(lower(word)));
    if (language != Language::finnish) add_name_reading(analysis, word);
    if (analysis.lemmas.empty()) analysis.lemmas.push_back(lower(word));
    return analysis;
  }

  static std::string english(std::string word) {
    if (word.ends_with("'s")) word.resize(word.size() - 2);
    return word;
  }

  // A name of ours leads where it is written as a name, and follows the dictionary's
  // readings where it is not: "soitella" is first of all a verb.
  void add_name_reading(Analysis& analysis, const std::string& word) const {
    const std::string form = lower(word);
    const auto name = names_.find(form);
    if (name == names_.end()) return;
    add_reading(analysis, name->second, form != word);
  }

  static void add_reading(Analysis& analysis, const Name& name, bool leads) {
    std::erase(analysis.lemmas, name.lemma);
    analysis.lemmas.insert(leads ? analysis.lemmas.begin() : analysis.lemmas.end(), name.lemma);
    if (leads) analysis.parts.clear();
    analysis.place_name = true;
    analysis.local_case = analysis.local_case || name.name_case == NameCase::local;
    analysis.genitive = analysis.genitive || name.name_case == NameCase::genitive;
    analysis.known = true;
  }

  Analysis finnish(const std::string& word) const {
    Analysis analysis = finnish_.analyze(word);
    add_name_reading(analysis, word);
    if (!analysis.known) {
      if (const std::size_t colon = word.rfind(':'); colon != std::string::npos)
        return abbreviation(word, colon);
      if (const std::size_t hyphen = word.rfind('-'); hyphen != std::string::npos)
        return hyphenated(word, hyphen);
    }
    return analysis;
  }

  // "HUS:n": the abbreviation, in the case that the ending tells.
  Analysis abbreviation(const std::string& word, std::size_t colon) const {
    NameCase name_case = NameCase::other;
    const bool is_ending = is_case_ending(lower(word.substr(colon + 1)), name_case);
    if (!is_ending) {
      Analysis unknown;
      unknown.lemmas.push_back(lower(word));
      return unknown;
    }
    Analysis analysis = finnish(word.substr(0, colon));
    if (analysis.lemmas.empty()) analysis.lemmas.push_back(lower(word.substr(0, colon)));
    analysis.local_case = name_case == NameCase::local;
    analysis.genitive = name_case == NameCase::genitive;
    analysis.known = true;
    return analysis;
  }

  // "HUS-yhtymän": the dictionary knows the last part only.
  Analysis hyphenated(const std::string& word, std::size_t hyphen) const {
    const std::string head = lower(word.substr(0, hyphen));
    Analysis tail = finnish(word.substr(hyphen + 1));
    Analysis analysis;
    analysis.local_case = tail.local_case;
    analysis.genitive = tail.genitive;
    analysis.known = tail.known;
    if (tail.lemmas.empty()) tail.lemmas.push_back(lower(word.substr(hyphen + 1)));
    for (const std::string& lemma : tail.lemmas) add_once(analysis.lemmas, head + "-" + lemma);
    const Analysis first = finnish(word.substr(0, hyphen));
    add_once(analysis.parts, first.lemmas.empty() ? head : first.lemmas.front());
    add_once(analysis.parts, tail.lemmas.front());
    for (std::string& part : tail.parts) add_once(analysis.parts, std::move(part));
    return analysis;
  }

  Finnish finnish_;
  Swedish swedish_;
  std::unordered_map<std::string, Name> names_;
  LexiconCache caches_[3];
  Analysis long_word_;
  CacheStatistics statistics_;
};

}  // namespace

base::Result<std::unique_ptr<Lexicon>> Lexicon::open(std::size_t cache_bytes) {
  auto finnish = Finnish::open();
  if (!finnish) return tl::unexpected(finnish.error());
  return std::make_unique<VoikkoLexicon>(std::move(*finnish), cache_bytes);
}

std::string Lexicon::version() {
  std::string dictionary = "none";
  if (voikko_dict** dictionaries = voikko_list_dicts(nullptr)) {
    for (auto** each = dictionaries; *each != nullptr; ++each)
      if (std::string_view(voikko_dict_language(*each)) == "fi") dictionary = voikko_dict_description(*each);
    voikko_free_dicts(dictionaries);
  }
  return "words " + std::string(rules_version) + ", voikko " + voikkoGetVersion() + ", " + dictionary;
}

}  // namespace sotevahti::text
