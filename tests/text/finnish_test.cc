#include "text/finnish.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/finnish_names.h"

namespace sotevahti::text {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

std::vector<std::string> forms_of(std::string_view nominative, std::string_view genitive) {
  std::vector<std::string> forms;
  for (const NameForm& form : name_forms(nominative, genitive)) forms.push_back(form.form);
  return forms;
}

TEST(CompoundParts, DerivationsAreJoinedToTheirStem) {
  EXPECT_THAT(compound_parts("järjestöavustus", "+järjestö(järjestö)+avust(avustaa)+us(+us)", "=pppppppp=pppppppppp"),
              ElementsAre("järjestö", "avustus"));
  EXPECT_THAT(compound_parts("valinnanvapaus", "+vali(valita)+nnan(+ta)+vapa(vapaa)+us(+us)", "=pppppppp=pppppp"),
              ElementsAre("valinta", "vapaus"));
  EXPECT_THAT(compound_parts("asumispalvelu", "+asumis(asua)+palvel(palvella)+u(+u)", "=pppppp=pppppppppp"),
              ElementsAre("asuminen", "palvelu"));
}

TEST(CompoundParts, ThreePartsGiveTheCompoundsWithin) {
  EXPECT_THAT(compound_parts("perusterveydenhuolto", "+perus(perus)+terve(terve)+yden(+ys)+huolto(huolto)",
                             "=ppppp=ppppppppp=ppppppp"),
              ElementsAre("perus", "terveys", "huolto", "perusterveys", "terveydenhuolto"));
}

TEST(CompoundParts, WhatMeansAnotherThingThanItsHalvesIsNotTakenApart) {
  EXPECT_THAT(compound_parts("maakunta", "+maa(maa)+kunta(kunta)", "=ppp=ppppp"), IsEmpty());
  EXPECT_THAT(
      compound_parts("maakuntastrategia", "+maa(maa)+kunta(kunta)+strategia(strategia)", "=ppp=ppppp=ppppppppp"),
      ElementsAre("maakunta", "strategia"));
}

TEST(CompoundParts, BrokenInputGivesNothingAndEnds) {
  for (const std::string_view bases : {"", "+", "(", "+a(", "+(+)", "+a+b+c+d+e+f+g", ")", "+-+-"})
    EXPECT_LE(compound_parts("x", bases, "==p=").size(), 16U) << bases;
}

TEST(NameForms, StemAndGradationComeFromTheGenitive) {
  EXPECT_THAT(forms_of("Pirha", "Pirhan"),
              ElementsAre("pirha", "pirhan", "pirhalle", "pirhaan", "pirhaksi", "pirhassa", "pirhasta", "pirhalla",
                          "pirhalta", "pirhaa", "pirhana", "pirhatta"));
  for (const auto* form : {"pohteessa", "pohdetta", "pohteeseen", "pohteena", "pohteelle"})
    EXPECT_THAT(forms_of("Pohde", "Pohteen"), Contains(form));
  for (const auto* form : {"helsingissä", "helsinkiin", "helsinkiä", "helsinkinä"})
    EXPECT_THAT(forms_of("Helsinki", "Helsingin"), Contains(form));
  for (const auto* form : {"kauniaisissa", "kauniaisia"})
    EXPECT_THAT(forms_of("Kauniaiset", "Kauniaisten"), Not(Contains(form)));
  EXPECT_THAT(forms_of("Varkaus", "Varkauden"), Contains("varkautta"));
  EXPECT_THAT(forms_of("Kannus", "Kannuksen"), Contains("kannusta"));
  EXPECT_THAT(forms_of("Suomi", "Suomen"), Contains("suomeen"));
}

TEST(NameForms, AGuessedGenitiveFitsAbbreviations) {
  EXPECT_THAT(forms_of("HUS", ""), Contains("husissa"));
  EXPECT_THAT(forms_of("Tays", ""), Contains("taysissa"));
  EXPECT_THAT(forms_of("Fimea", ""), Contains("fimealle"));
}

TEST(GuessLemmas, ByTheEnding) {
  NameCase name_case = NameCase::other;
  EXPECT_THAT(guess_lemmas("webropolilla", name_case), ElementsAre("webropoli", "webropol"));
  EXPECT_EQ(name_case, NameCase::local);
  EXPECT_THAT(guess_lemmas("kuvantamisen", name_case), ElementsAre("kuvantaminen"));
  EXPECT_THAT(guess_lemmas("lla", name_case), IsEmpty());
  EXPECT_THAT(guess_lemmas("", name_case), IsEmpty());
}

}  // namespace
}  // namespace sotevahti::text
