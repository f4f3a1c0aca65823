#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <set>
#include <sstream>

#include "text/lexicon_cache.h"
#include "text/words.h"

namespace sotevahti::text {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

std::unique_ptr<Lexicon> lexicon(std::size_t cache_bytes = 4 << 20) {
  auto opened = Lexicon::open(cache_bytes);
  if (!opened) throw std::runtime_error(opened.error().message);
  return std::move(*opened);
}

// Names as tags.d tells them.
void add_names(Lexicon& to) {
  constexpr std::pair<const char*, const char*> names[] = {
      {"Pirha", "Pirhan"}, {"Varha", "Varhan"},   {"Pohde", "Pohteen"},  {"Keusote", "Keusoten"},
      {"Kymenhva", ""},    {"Ekhva", ""},         {"Eksote", "Eksoten"}, {"Essote", "Essoten"},
      {"Soite", "Soiten"}, {"Eloisa", "Eloisan"}, {"Hyvaks", ""},        {"HUS", "HUSin"},
      {"THL", ""},         {"STM", ""},           {"STEA", ""},          {"SOSTE", ""},
      {"Tays", ""},        {"Tyks", ""},          {"KYS", ""},           {"OYS", ""},
      {"Fimea", ""},       {"Valvira", ""},       {"Kela", "Kelan"},     {"VAKE", ""},
      {"LUVN", ""}};
  for (const auto& [nominative, genitive] : names) to.add_name(nominative, genitive);
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> pieces;
  std::istringstream in(text);
  for (std::string piece; std::getline(in, piece, at);) pieces.push_back(piece);
  return pieces;
}

// Rows of form, lemma, parts; returns the share of rows that the lexicon has right.
double share_right(const std::string& file, std::string_view lang, std::size_t least_rows) {
  std::ifstream in(std::string(SOTEVAHTI_TEST_DATA "/") + file);
  const auto words = lexicon();
  add_names(*words);
  std::size_t rows = 0;
  std::size_t right = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    const auto columns = split(line, '\t');
    const auto wanted = columns.size() > 2 ? split(columns[2], ' ') : std::vector<std::string>();
    const Analysis& got = words->analyze(columns[0], lang);
    ++rows;
    bool same = got.lemmas.front() == columns[1];
    for (const std::string& part : wanted)
      same = same && std::find(got.parts.begin(), got.parts.end(), part) != got.parts.end();
    // Of three parts and more there are compounds within the compound.
    if (wanted.size() < 3) same = same && got.parts.size() == wanted.size();
    right += same ? 1 : 0;
    if (!same)
      std::cout << "differs: " << columns[0] << " gives " << testing::PrintToString(got.lemmas) << " of "
                << testing::PrintToString(got.parts) << '\n';
  }
  EXPECT_GE(rows, least_rows);
  std::cout << file << ": " << right << " of " << rows << " right\n";
  return static_cast<double>(right) / static_cast<double>(rows);
}

TEST(Lexicon, FinnishGoldList) { EXPECT_GE(share_right("lemmas_fi.tsv", "fi", 400), 0.98); }
TEST(Lexicon, SwedishGoldList) { EXPECT_GE(share_right("lemmas_sv.tsv", "sv", 100), 0.98); }

TEST(Lexicon, LettersOfTheirOwnAreNotFolded) {
  const auto words = lexicon();
  EXPECT_THAT(words->analyze("hyväksyi", "fi").lemmas, ElementsAre("hyväksyä"));
  EXPECT_EQ(words->analyze("hyvaksi", "fi").known, false);
  EXPECT_THAT(words->analyze("tays", "fi").lemmas, Not(Contains("täysi")));
}

TEST(Lexicon, EveryWordHasALemma) {
  const auto words = lexicon();
  for (const auto* lang : {"fi", "sv", "en", "", "de"})
    for (const auto* word :
         {"", "a", "-", "xqzzw", "2025", "\xF0\x9F\x98\x80", "\xFF\xFE", ":", "a:", ":n", "-a", "ÄÄ", "ja"})
      EXPECT_FALSE(words->analyze(word, lang).lemmas.empty()) << word << ' ' << lang;
}

TEST(Lexicon, CaseFormsOfNamesAreExact) {
  const auto words = lexicon();
  add_names(*words);
  EXPECT_THAT(words->analyze("Varhassa", "fi").lemmas.front(), "varha");
  EXPECT_TRUE(words->analyze("Varhassa", "fi").local_case);
  EXPECT_TRUE(words->analyze("Pohteen", "fi").genitive);
  EXPECT_THAT(words->analyze("Varhain", "fi").lemmas, Not(Contains("varha")));
  EXPECT_THAT(words->analyze("soitella", "fi").lemmas.front(), "soitella");
  EXPECT_THAT(words->analyze("Kelan", "fi").lemmas.front(), "kela");
}

TEST(Lexicon, AbbreviationsAreInflectedBehindAColon) {
  const auto words = lexicon();
  add_names(*words);
  EXPECT_THAT(words->analyze("HUS:n", "fi").lemmas, ElementsAre("hus"));
  EXPECT_TRUE(words->analyze("HUS:n", "fi").genitive);
  EXPECT_TRUE(words->analyze("OYS:ssa", "fi").local_case);
  EXPECT_THAT(words->analyze("ABCD:lle", "fi").lemmas, ElementsAre("abcd"));
  EXPECT_THAT(words->analyze("a:b", "fi").lemmas, ElementsAre("a:b"));
}

TEST(Lexicon, APlacesNameIsWhole) {
  const auto words = lexicon();
  const Analysis& analysis = words->analyze("Etelä-Pohjanmaalla", "fi");
  EXPECT_THAT(analysis.lemmas, ElementsAre("etelä-pohjanmaa"));
  EXPECT_THAT(analysis.parts, IsEmpty());
  EXPECT_TRUE(analysis.place_name && analysis.local_case);
}

TEST(Lexicon, ForeignHyphensAndDecomposedLettersAreTheSameWord) {
  const auto words = lexicon();
  EXPECT_EQ(words->analyze("Ha\u0308meessa\u0308", "fi").lemmas.front(), "häme");
  EXPECT_EQ(words->analyze("hyvin\u00ADvoin\u00ADti", "fi").lemmas.front(), "hyvinvointi");
  EXPECT_EQ(words->analyze("Etelä\u2011Savossa", "fi").lemmas.front(), "etelä-savo");
}

TEST(Lexicon, AVerbIsFoundThroughItsParticiplesAndNouns) {
  const auto words = lexicon();
  EXPECT_THAT(words->analyze("haettavana", "fi").lemmas, ElementsAre("haettava", "hakea"));
  EXPECT_THAT(words->analyze("ilmoittautumiset", "fi").lemmas, ElementsAre("ilmoittautuminen", "ilmoittautua"));
}

TEST(Lexicon, EnglishIsAsItIs) {
  const auto words = lexicon();
  EXPECT_THAT(words->analyze("Residents", "en").lemmas, ElementsAre("residents"));
  EXPECT_THAT(words->analyze("County\u2019s", "en").lemmas, ElementsAre("county"));
}

TEST(Lexicon, AWordOfAMegabyteIsCutAndNotCached) {
  const auto words = lexicon(1 << 16);
  const std::string word(1 << 20, 'a');
  EXPECT_LE(words->analyze(word, "fi").lemmas.front().size(), 200U);
  EXPECT_LE(words->statistics().bytes, 1U << 16);
}

TEST(Lexicon, ManyDifferentBadWordsTakeBoundedTimeAndMemory) {
  const auto words = lexicon(1 << 20);
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 20'000; ++i)
    for (const auto* lang : {"fi", "sv"})
      words->analyze("\xD0\x96x" + std::to_string(i) + "-\xF0\x9F\x98\x80:\xFFä", lang);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
  EXPECT_LE(words->statistics().bytes, 1U << 20);
}

TEST(Lexicon, VersionNamesTheDictionary) {
  EXPECT_THAT(Lexicon::version(), AllOf(testing::HasSubstr("voikko"), testing::HasSubstr("words")));
}

TEST(LexiconCache, ForgetsWhatIsNotAskedForAndKeepsWhatIs) {
  LexiconCache cache(64 << 10);
  const auto analysis = [](const std::string& lemma) {
    Analysis made;
    made.lemmas.push_back(lemma);
    return made;
  };
  cache.insert("usein", analysis("usein"));
  cache.insert("kerran", analysis("kerran"));
  for (int i = 0; i < 10'000; ++i) {
    cache.insert("sana" + std::to_string(i), analysis("sana"));
    ASSERT_NE(cache.find("usein"), nullptr) << i;
    ASSERT_LE(cache.bytes(), 65U << 10);
  }
  EXPECT_EQ(cache.find("kerran"), nullptr);
  EXPECT_EQ(cache.find("usein")->lemmas.front(), "usein");
}

TEST(Lexicon, WhereCapitalsSayNothingTheAnalysisIsTheSame) {
  const auto words = lexicon();
  add_names(*words);
  std::ifstream file(SOTEVAHTI_TEST_DATA "/lemmas_fi.tsv");
  std::size_t alike = 0;
  for (std::string line; std::getline(file, line);) {
    std::string word = line.substr(0, line.find('\t'));
    if (word.empty() || word[0] < 'a' || word[0] > 'z') continue;
    const Analysis small = words->analyze(word, "fi");
    word[0] = static_cast<char>(word[0] - ('a' - 'A'));
    const Analysis capital = words->analyze(word, "fi");
    EXPECT_EQ(small.any_case, capital.any_case) << word;
    if (!small.any_case) continue;
    ++alike;
    EXPECT_EQ(small.lemmas, capital.lemmas) << word;
    EXPECT_EQ(small.parts, capital.parts) << word;
    EXPECT_EQ(small.place_name, capital.place_name) << word;
    EXPECT_EQ(small.local_case, capital.local_case) << word;
    EXPECT_EQ(small.genitive, capital.genitive) << word;
    EXPECT_EQ(small.known, capital.known) << word;
  }
  EXPECT_GT(alike, 200U);
}

TEST(Lexicon, CapitalsTellOfWordsThatAreNamesToo) {
  const auto words = lexicon();
  add_names(*words);
  for (const char* name : {"salo", "Salo", "helsingissä", "pirhan", "Kela"})
    EXPECT_FALSE(words->analyze(name, "fi").any_case) << name;
}

}  // namespace
}  // namespace sotevahti::text
