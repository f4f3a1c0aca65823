#include "text/language.h"

#include <gtest/gtest.h>

#include <chrono>
#include <utility>

namespace sotevahti::text {
namespace {

constexpr std::pair<const char*, const char*> headlines[] = {
    {"fi", "Aluehallitus esittää vuodeosaston lakkauttamista Loimaalla"},
    {"fi", "Lausuntopyyntö"},
    {"fi", "THL: influenssa leviää nyt nopeasti"},
    {"fi", "Näin haet avustusta"},
    {"fi", "Pöytäkirjan tarkastaminen"},
    {"fi", "Kuulemistilaisuus Sysmässä 4.3."},
    {"sv", "Nämnden beslöt om servicenätet i Kristinestad"},
    {"sv", "Enkät om tandvård"},
    {"sv", "Jouren i Vasa"},
    {"sv", "Ansök om bidrag senast den 3 april"},
    {"sv", "Brandkåren får en ny bil i Pargas"},
    {"en", "Residents can comment on the draft service network"},
    {"en", "How to book a flu jab in Oulu"},
    {"de", "Die Krankenhäuser in Finnland müssen sparen, sagt das Ministerium in der Hauptstadt Helsinki"},
    {"et", "Tervishoid Eestis on hädas ja ministeerium otsib lahendusi, kuidas arste juurde saada"},
};

TEST(DetectLanguage, HeadlinesWithoutAHint) {
  for (const auto& [lang, text] : headlines) EXPECT_EQ(detect_language(text, ""), lang) << text;
}

TEST(DetectLanguage, TheFeedsOwnLanguageDoesNotOverruleTheText) {
  for (const auto& [lang, text] : headlines) {
    if (std::string_view(text).size() <= 30) continue;
    for (const auto* hint : {"fi", "sv", "en"}) EXPECT_EQ(detect_language(text, hint), lang) << text << ' ' << hint;
  }
}

// CLD2 takes some of our Swedish for Norwegian or Danish, and of our Finnish for Estonian.
TEST(DetectLanguage, AKindredLanguageIsOursUnlessTheFeedSaysIt) {
  const auto* remiss =
      "Utkast till lag om avbytarservice för närståendevårdare sänt på remiss. Remisstiden går ut den 13 oktober. "
      "Propositionen avses bli behandlad i samband med budgetpropositionen.";
  const auto* norwegian = "Regjeringen vil styrke helsetjenestene og de ansatte i kommunene, sier statsråden i dag.";
  for (const auto* hint : {"", "fi", "sv"}) {
    EXPECT_EQ(detect_language(remiss, hint), "sv") << hint;
    EXPECT_EQ(detect_language(norwegian, hint), "sv") << hint;
  }
  EXPECT_EQ(detect_language(norwegian, "no"), "no");
  for (const auto* hint : {"nb", "nb-NO", "NO", "nn_NO"}) EXPECT_EQ(detect_language(norwegian, hint), "no") << hint;
  const auto* danish = "Regionen åbner et nyt sundhedscenter, og borgerne kan få hjælp af læger døgnet rundt.";
  for (const auto* hint : {"", "fi", "sv"}) EXPECT_NE(detect_language(danish, hint), "sv") << hint;
  const auto* icelandic = "Heilbrigðisráðherra segir að fleiri læknar þurfi að starfa á heilsugæslustöðvum landsins.";
  for (const auto* hint : {"", "fi", "is-IS"}) EXPECT_EQ(detect_language(icelandic, hint), "is") << hint;
  const auto* estonian = "Haigla avab uue osakonna patsientidele, teatas ministeerium eile Tallinnas.";
  for (const auto* hint : {"", "et-EE"}) EXPECT_EQ(detect_language(estonian, hint), "et") << hint;
}

TEST(DetectLanguage, EnglishHasItsSmallWords) {
  for (const auto* swedish :
       {"Kandidater söks. Föreningarna kan nominera kandidater under tiden 1.4–30.4.2026.",
        "Föreningarna kan nominera kandidater under tiden 1.4–30.4.2026.", "Personalen protesterar mot nedskärningar"})
    EXPECT_EQ(detect_language(swedish, ""), "sv") << swedish;
  for (const auto* english :
       {"Patient safety week", "THL: influenza season", "Maternity clinic video appointments available next spring",
        "Webinar: Future of Wellbeing Services, Kainuu and Varha", "Sami elders remember"})
    EXPECT_EQ(detect_language(english, ""), "en") << english;
}

TEST(DetectLanguage, NamesMakeNoEnglishFinnishOrSwedish) {
  for (const auto* english : {"Åbo hospital closes maternity ward", "Police investigate Riihimäki care home deaths",
                              "Doctors' strike hits Siilinjärvi health centre", "Hyvinkää emergency department closing",
                              "Åland parliament debates care homes, Mariehamn hospital funding tightens",
                              "THL: Influenza cases increasing, Koskinen says"})
    for (const auto* hint : {"", "en"}) EXPECT_EQ(detect_language(english, hint), "en") << english << ' ' << hint;
}

TEST(DetectLanguage, TooLittleToSayFallsToTheHint) {
  for (const auto* text : {"", "2025", "HUS", "\xFF\xFE", "\xF0\x9F\x98\x80"}) {
    EXPECT_EQ(detect_language(text, ""), "") << text;
    EXPECT_EQ(detect_language(text, "sv"), "sv") << text;
  }
}

TEST(DetectLanguage, EndlessTextTakesBoundedTime) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "Hyvinvointialue ja \xFF ";
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(detect_language(text, ""), "fi");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
}

}  // namespace
}  // namespace sotevahti::text
