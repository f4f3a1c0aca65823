#include "archive/index_words.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "archive/terms.h"
#include "tag/tagger.h"

namespace sotevahti::archive {
namespace {

class PreparedIndexWords : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    taxonomy_ = std::make_unique<config::Taxonomy>(config::load_taxonomy(SOTEVAHTI_SOURCE_DIR "/tags.d").value());
    lexicon_ = std::move(text::Lexicon::open(8 << 20).value());
    tagger_ = std::make_unique<tag::Tagger>(*taxonomy_, *lexicon_);
  }
  static void TearDownTestSuite() {
    tagger_.reset();
    lexicon_.reset();
    taxonomy_.reset();
  }

  static PreparedWords prepared(std::string_view title, std::string_view text, const std::string& kept_language,
                                const std::string& read_language) {
    IncomingEntry entry;
    entry.tags.language = kept_language;
    tag::Subject subject;
    subject.title = title;
    subject.text = text;
    WordPreparer(*taxonomy_).prepare(entry, tagger_->read(subject, read_language));
    return entry.words;
  }

  static std::unique_ptr<config::Taxonomy> taxonomy_;
  static std::unique_ptr<text::Lexicon> lexicon_;
  static std::unique_ptr<tag::Tagger> tagger_;
};

std::unique_ptr<config::Taxonomy> PreparedIndexWords::taxonomy_;
std::unique_ptr<text::Lexicon> PreparedIndexWords::lexicon_;
std::unique_ptr<tag::Tagger> PreparedIndexWords::tagger_;

// An edit takes the old words out of the index: they must be the very same that were put in.
TEST_F(PreparedIndexWords, AreThoseTheArchiveMakesItself) {
  const std::string word(80, 'a');
  for (const std::string& text :
       {std::string("Sosiaali- ja terveydenhuolto 4/2026: Pirhan ja HUS:n järjestöavustukset 75 000 euroa"),
        std::string("Lasten-, nuorten- ja perhepalvelut, aluevaltuusto ja -hallitus"), word + " " + word + "-aika",
        std::string(
            "Järjestöavustus, järjestöavustus, JÄRJESTÖAVUSTUS; Terveyskeskus terveyskeskus; 12-vuotias 2026-luku"),
        std::string("Asumis- ja 24-tuntispalvelut, ilta- ja 24/7-palvelut, yö- ja viikonloppupäivystykset"),
        std::string("Områdena och sjukhuset får bidraget – 15:45"), std::string(),
        std::string("\xC3 rikki \xF0\x9F")}) {
    for (const std::string lang : {"fi", "sv", "en"}) {
      const PreparedWords words = prepared("Otsikko: haku avautuu", text, lang, lang);
      EXPECT_EQ(words.title, write_terms("Otsikko: haku avautuu", lang, *lexicon_)) << lang;
      EXPECT_EQ(words.text, write_terms(text, lang, *lexicon_)) << text << " in " << lang;
      EXPECT_EQ(words.version, index_version(names_of(*taxonomy_)));
    }
  }
}

TEST_F(PreparedIndexWords, AreLeftToTheArchiveWhereTheTextWasReadInAnotherLanguage) {
  EXPECT_TRUE(prepared("Nyt", "Haku avautuu", "da", "da").version.empty());  // read as Swedish, indexed as it is
  EXPECT_FALSE(prepared("Nyt", "Haku avautuu", "de", "de").version.empty());
}

TEST_F(PreparedIndexWords, AreLeftToTheArchiveWhereTheTextWasNotReadToItsEnd) {
  std::string text;
  while (text.size() < 60'000) text += "haku avautuu ";
  EXPECT_TRUE(prepared("Nyt", text, "fi", "fi").version.empty());
}

}  // namespace
}  // namespace sotevahti::archive
