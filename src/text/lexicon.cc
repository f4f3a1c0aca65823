#include <fmt/format.h>
#include <libvoikko/voikko.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "base/hash.h"
#include "text/finnish_words.h"
#include "text/lexicon_cache.h"
#include "text/swedish.h"
#include "text/utf8.h"
#include "text/words.h"

namespace sotevahti::text {
namespace {

// Raised when a rule of ours changes what a word is indexed under.
constexpr std::string_view rules_version = "2";

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

bool is_number(std::string_view word) {
  return word.find_first_not_of("0123456789:-'") == std::string_view::npos && word.find_first_of("0123456789") == 0;
}

// What tells one build of the dictionary from the next: voikko has no call for it, but each
// dictionary has an index.txt beside it, and these are the places where voikko looks.
std::string dictionary_build() {
  const char* set = std::getenv("VOIKKO_DICTIONARY_PATH");  // NOLINT(concurrency-mt-unsafe): nothing sets it
  for (const std::string folder : {set == nullptr ? "" : set, "/etc/voikko", "/usr/lib/voikko", "/usr/share/voikko"}) {
    std::ifstream index(folder + "/5/mor-standard/index.txt", std::ios::binary);
    if (index) return base::to_hex(base::hash64(std::string(std::istreambuf_iterator<char>(index), {})));
  }
  return "unknown";
}

class CachedLexicon final : public Lexicon {
 public:
  CachedLexicon(Finnish finnish, std::size_t cache_bytes)
      : finnish_(std::move(finnish)),
        caches_{LexiconCache(cache_bytes / 4 * 2), LexiconCache(cache_bytes / 4), LexiconCache(cache_bytes / 4)} {}

  const Analysis& analyze(std::string_view word, std::string_view lang) override {
    const Language language = language_of(lang);
    if (word.size() > Finnish::max_word) return as_it_is(utf8_prefix(word, 2 * Finnish::max_word));
    if (is_number(word)) return as_it_is(word);
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
    finnish_.add_name(nominative, genitive);
    for (LexiconCache& cache : caches_) cache.clear();
  }

  CacheStatistics statistics() const override {
    CacheStatistics all = statistics_;
    for (const LexiconCache& cache : caches_) all.bytes += cache.bytes();
    return all;
  }

 private:
  // What is longer than any word, and what has no letters, is its own lemma and none of the cache's business.
  const Analysis& as_it_is(std::string_view word) {
    ++statistics_.misses;
    no_word_ = Analysis{};
    no_word_.lemmas.push_back(lower(word));
    return no_word_;
  }

  Analysis look_up(const std::string& word, Language language) const {
    if (language == Language::finnish) return finnish_.analyze(word);
    const std::string form = lower(word);
    Analysis analysis;
    if (language == Language::swedish) analysis = swedish_.analyze(word);
    else analysis.lemmas.push_back(form.ends_with("'s") ? form.substr(0, form.size() - 2) : form);
    if (analysis.lemmas.empty()) analysis.lemmas.push_back(form);
    finnish_.names().add_reading(analysis, word);
    return analysis;
  }

  FinnishWords finnish_;
  Swedish swedish_;
  LexiconCache caches_[3];
  Analysis no_word_;
  CacheStatistics statistics_;
};

}  // namespace

base::Result<std::unique_ptr<Lexicon>> Lexicon::open(std::size_t cache_bytes) {
  auto finnish = Finnish::open();
  if (!finnish) return tl::unexpected(finnish.error());
  return std::make_unique<CachedLexicon>(std::move(*finnish), cache_bytes);
}

std::string Lexicon::version() {
  return fmt::format("words {}, voikko {}, dictionary {}", rules_version, voikkoGetVersion(), dictionary_build());
}

}  // namespace sotevahti::text
