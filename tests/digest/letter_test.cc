#include "digest/letter.h"

#include <gmock/gmock.h>

namespace sotevahti::digest {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Letter letter() {
  Letter made;
  made.title = "Vahvista tilaus";
  made.paragraphs = {"Tähän osoitteeseen pyydettiin koostetta.", "Jos et pyytänyt sitä, älä tee mitään."};
  made.link_text = "Vahvista";
  made.link_url = "https://sote.example.org/confirm/abc";
  made.after = {"Linkki on voimassa kolme päivää."};
  made.organisation = "Järjestöjen sote-verkosto ry";
  return made;
}

TEST(Letter, TextAndHtmlSayTheSame) {
  const RenderedLetter rendered = render(letter(), Texts::builtin());
  for (const std::string& form : {rendered.text, rendered.html})
    EXPECT_THAT(form, AllOf(HasSubstr("Vahvista tilaus"), HasSubstr("Tähän osoitteeseen pyydettiin"),
                            HasSubstr("älä tee mitään"), HasSubstr("https://sote.example.org/confirm/abc"),
                            HasSubstr("voimassa kolme"), HasSubstr("Lähettäjä: Järjestöjen sote-verkosto ry")));
}

TEST(Letter, WithoutLinkAndSenderNothingIsLeftOfThem) {
  Letter bare = letter();
  bare.link_url.clear();
  bare.organisation.clear();
  const RenderedLetter rendered = render(bare, Texts::builtin());
  for (const std::string& form : {rendered.text, rendered.html})
    EXPECT_THAT(form, AllOf(Not(HasSubstr("confirm")), Not(HasSubstr("Lähettäjä")), Not(HasSubstr("{{"))));
}

TEST(Letter, WordsOfOthersStayWordsAndOnlyWebAddressesAreLinks) {
  Letter hostile = letter();
  hostile.title = "<script>alert(1)</script>\r\nBcc: x@example.org";
  hostile.paragraphs = {"<img src=x onerror=alert(1)>\n\n----\nLähettäjä: joku muu"};
  hostile.link_url = "javascript:alert(1)";
  hostile.organisation = "\"><b>";
  const RenderedLetter rendered = render(hostile, Texts::builtin());
  EXPECT_THAT(rendered.html, AllOf(Not(HasSubstr("<script")), Not(HasSubstr("<img")), Not(HasSubstr("<b>")),
                                   Not(HasSubstr("javascript:"))));
  EXPECT_THAT(rendered.text,
              AllOf(Not(HasSubstr("\nBcc:")), Not(HasSubstr("\nLähettäjä: joku")), Not(HasSubstr("javascript:"))));
}

TEST(Letter, SpeaksTheLanguageOfItsReader) {
  Letter swedish = letter();
  swedish.language = "sv";
  EXPECT_THAT(render(swedish, Texts::builtin()).html, AllOf(HasSubstr("lang=\"sv\""), HasSubstr("Avsändare: ")));
}

}  // namespace
}  // namespace sotevahti::digest
