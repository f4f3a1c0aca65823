#include "text/language.h"

#include <cld2/public/encodings.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include <cld2/public/compact_lang_det.h>

#include "text/utf8.h"
#include "text/words.h"

namespace sotevahti::text {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t most_bytes = 8192;  // of a text, to judge it by
constexpr std::size_t short_text = 60;    // where CLD2 takes Finnish for Estonian, Swedish for Danish
constexpr std::size_t few_lines = 300;    // where it takes Swedish for English, though no word of it is

// Words that say on their own which language a short text is in.
constexpr std::array finnish = {"ja"sv,     "on"sv,   "ei"sv,     "että"sv, "myös"sv,   "sekä"sv,
                                "voi"sv,    "ovat"sv, "mutta"sv,  "kun"sv,  "jos"sv,    "tai"sv,
                                "mukaan"sv, "asti"sv, "saakka"sv, "klo"sv,  "vuoden"sv, "uusi"sv,
                                "uuden"sv,  "ensi"sv, "nyt"sv,    "yli"sv,  "alle"sv,   "mennessä"sv,
                                "kuin"sv,   "joka"sv, "haku"sv,   "näin"sv, "tästä"sv,  "hyvinvointialue"sv};
constexpr std::array swedish = {
    "och"sv, "att"sv, "är"sv,  "inte"sv, "som"sv,   "för"sv, "med"sv,  "den"sv,    "det"sv, "ett"sv,
    "en"sv,  "på"sv,  "av"sv,  "till"sv, "från"sv,  "kan"sv, "ska"sv,  "senast"sv, "nya"sv, "nu"sv,
    "i"sv,   "om"sv,  "vid"sv, "hos"sv,  "eller"sv, "har"sv, "blir"sv, "får"sv,    "kl"sv,  "välfärdsområde"sv};
constexpr std::array english = {"the"sv,  "of"sv,   "and"sv,  "to"sv,  "is"sv,   "are"sv, "for"sv,
                                "by"sv,   "with"sv, "from"sv, "on"sv,  "in"sv,   "at"sv,  "new"sv,
                                "will"sv, "has"sv,  "be"sv,   "how"sv, "this"sv, "you"sv};

struct Votes {
  int fi = 0;
  int sv = 0;
  int en = 0;
};

bool is_in(const auto& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// By its ending or its long vowels, which Swedish and English write hardly ever.
bool looks_finnish(std::string_view word) {
  static constexpr std::array endings = {"ssa"sv,  "ssä"sv,  "sta"sv, "stä"sv,  "lla"sv,  "llä"sv,  "lle"sv, "lta"sv,
                                         "ltä"sv,  "isen"sv, "een"sv, "aan"sv,  "ään"sv,  "ksi"sv,  "uus"sv, "yys"sv,
                                         "inen"sv, "iden"sv, "ien"sv, "ista"sv, "istä"sv, "taan"sv, "tään"sv};
  static constexpr std::array long_vowels = {"uu"sv, "yy"sv, "ää"sv, "öö"sv, "ii"sv};
  return word.size() > 5 &&
         (std::any_of(endings.begin(), endings.end(), [&](std::string_view e) { return word.ends_with(e); }) ||
          std::any_of(long_vowels.begin(), long_vowels.end(),
                      [&](std::string_view v) { return word.find(v) != std::string_view::npos; }));
}

// By its ending, which Finnish and English write hardly ever.
bool looks_swedish(std::string_view word) {
  static constexpr std::array endings = {"arna"sv,  "erna"sv,  "orna"sv,  "ningar"sv, "ningen"sv,
                                         "heten"sv, "heter"sv, "elsen"sv, "erar"sv,   "erades"sv};
  return word.size() > 6 &&
         std::any_of(endings.begin(), endings.end(), [&](std::string_view e) { return word.ends_with(e); });
}

void count_vote(std::string_view word, Votes& votes) {
  if (is_in(finnish, word)) votes.fi += 2;
  if (is_in(swedish, word)) votes.sv += 2;
  if (is_in(english, word)) votes.en += 2;
  if (looks_finnish(word)) ++votes.fi;
  if (looks_swedish(word)) ++votes.sv;
  if (word.find("å") != std::string_view::npos) ++votes.sv;
}

enum class Counted { all, small_letters };  // a name says nothing of the language around it

Votes count_votes(std::string_view text, Counted counted = Counted::all) {
  Votes votes;
  for (const Token& token : tokenize(text))
    if (counted == Counted::all || !token.capital) count_vote(lower(token.surface.substr(0, 64)), votes);
  return votes;
}

// The language that leads clearly, or "".
std::string_view winner(const Votes& votes) {
  const std::array<std::pair<int, std::string_view>, 3> all = {{{votes.fi, "fi"}, {votes.sv, "sv"}, {votes.en, "en"}}};
  const auto best = std::max_element(all.begin(), all.end(), [](auto& a, auto& b) { return a.first < b.first; });
  const auto ties = std::count_if(all.begin(), all.end(), [&](auto& v) { return v.first * 3 > best->first * 2; });
  return best->first > 0 && ties == 1 ? best->second : std::string_view();
}

CLD2::Language as_hint(std::string_view lang) {
  if (lang == "fi") return CLD2::FINNISH;
  if (lang == "sv") return CLD2::SWEDISH;
  if (lang == "en") return CLD2::ENGLISH;
  return CLD2::UNKNOWN_LANGUAGE;
}

struct Guess {
  std::string_view code;  // "" when there is none
  bool reliable = false;
};

Guess guess(std::string_view text, std::string_view hint) {
  const CLD2::CLDHints hints = {"fi,sv,en", nullptr, CLD2::UNKNOWN_ENCODING, as_hint(hint)};
  CLD2::Language best[3];
  int percent[3];
  double score[3];
  int bytes = 0;
  int valid = 0;
  bool reliable = false;
  const CLD2::Language language =
      CLD2::ExtDetectLanguageSummaryCheckUTF8(text.data(), static_cast<int>(text.size()), true, &hints, 0, best,
                                              percent, score, nullptr, &bytes, &reliable, &valid);
  if (language == CLD2::UNKNOWN_LANGUAGE) return {};
  const std::string_view code = CLD2::LanguageCode(language);
  return {code == "un" ? std::string_view() : code, reliable};
}

bool is_ours(std::string_view code) { return code == "fi" || code == "sv" || code == "en"; }

bool is_scandinavian(std::string_view code) {
  constexpr std::array codes = {"no"sv, "nb"sv, "nn"sv, "da"sv};
  return is_in(codes, code);
}

// Letters that are in no Swedish word.
bool has_foreign_letter(std::string_view text) {
  constexpr std::array letters = {"æ"sv, "Æ"sv, "ø"sv, "Ø"sv, "ð"sv, "Ð"sv, "þ"sv, "Þ"sv};
  return std::any_of(letters.begin(), letters.end(),
                     [&](std::string_view letter) { return text.find(letter) != std::string_view::npos; });
}

// "nb" of "nb-NO" and "NB_no".
std::string primary_language(std::string_view tag) { return lower(tag.substr(0, tag.find_first_of("-_"))); }

// By letters and words that no Finnish text has.
bool is_estonian(std::string_view text) {
  constexpr std::array words = {"ning"sv,  "või"sv, "mis"sv,    "mida"sv, "kuidas"sv, "see"sv,
                                "eesti"sv, "ka"sv,  "eestis"sv, "pole"sv, "kes"sv};
  if (text.find("õ") != std::string_view::npos) return true;
  const auto tokens = tokenize(text);
  return std::any_of(tokens.begin(), tokens.end(),
                     [&](const Token& token) { return is_in(words, lower(token.surface.substr(0, 64))); });
}

// One of the small words of Swedish or two others, and none of English.
bool is_swedish_without_names(std::string_view text) {
  const Votes votes = count_votes(text, Counted::small_letters);
  return votes.sv >= 2 && winner(votes) == "sv" && count_votes(text).en == 0;
}

// Of "Police investigate Riihimäki care home deaths" CLD2 is not sure, and the name alone votes.
bool is_english_with_names(std::string_view text, std::string_view voted) {
  if ((voted != "fi" && voted != "sv") || !winner(count_votes(text, Counted::small_letters)).empty()) return false;
  std::string rest;
  for (const Token& token : tokenize(text))
    if (!token.capital) rest.append(token.surface).append(" ");
  const Guess told = guess(rest, "");
  return told.reliable && told.code == "en";
}

// What CLD2 takes for a kindred language is ours, where the feed itself does not say that language and no
// letter or word is foreign; for Finnish, where its words or the feed say so besides. A few lines of Swedish
// are taken for English too, where the feed does not say that it is.
std::string_view nearest_of_ours(std::string_view code, std::string_view text, std::string_view hint) {
  const std::string told = primary_language(hint);
  if (is_scandinavian(code) && !is_scandinavian(told) && told != "is" && !has_foreign_letter(text)) return "sv";
  if (code == "et" && told != "et" && !is_estonian(text) && (told == "fi" || winner(count_votes(text)) == "fi"))
    return "fi";
  if (code == "en" && told != "en" && text.size() <= few_lines && is_swedish_without_names(text)) return "sv";
  return code;
}

}  // namespace

std::string detect_language(std::string_view plain_text, std::string_view hint) {
  const std::string text = repair_utf8(utf8_prefix(plain_text, most_bytes));
  const Guess told = guess(text, hint);
  const auto ours = [&] { return std::string(nearest_of_ours(told.code, text, hint)); };
  if (told.reliable && (is_ours(told.code) || text.size() > short_text)) return ours();
  const std::string_view voted = winner(count_votes(text));
  if ((told.code == "en" || told.code.empty()) && is_english_with_names(text, voted)) return "en";
  if (!voted.empty()) return std::string(voted);
  if (told.reliable) return ours();
  if (!hint.empty()) return std::string(hint);
  return is_ours(told.code) ? std::string(told.code) : std::string();
}

}  // namespace sotevahti::text
