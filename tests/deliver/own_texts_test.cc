#include "deliver/own_texts.h"

#include <gmock/gmock.h>

#include <fstream>

#include "support/temp_folder.h"

namespace sotevahti::deliver {
namespace {

using testing::HasSubstr;

class OwnTexts : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& content) {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << content;
  }
  std::string refusal() const {
    const auto texts = load_texts(folder_.path());
    return texts ? "" : texts.error().message;
  }
  test_support::TempFolder folder_;
};

TEST_F(OwnTexts, TakeThePlaceOfTheBuiltInOnes) {
  write("templates/digest.txt.mustache", "Oma pohja {{subject}}");
  const auto texts = load_texts(folder_.path());
  ASSERT_TRUE(texts.has_value()) << texts.error().message;
  EXPECT_EQ(texts->file("templates/digest.txt.mustache"), "Oma pohja {{subject}}");
  EXPECT_EQ(texts->file("templates/digest.html.mustache"), load_texts({})->file("templates/digest.html.mustache"));
}

TEST_F(OwnTexts, AFileThatNoDigestHasIsNamed) {
  write("digest.txt.mustache", "Oma pohja");  // in no templates/
  EXPECT_THAT(refusal(), HasSubstr("digest.txt.mustache: a digest has no such file"));
  EXPECT_THAT(refusal(), HasSubstr("templates/digest.txt.mustache"));
}

TEST_F(OwnTexts, WhatEditorsLeaveIsPassedOver) {
  write("templates/digest.txt.mustache~", "Vanha");
  write("templates/.digest.txt.mustache.swp", "Vanha");
  EXPECT_EQ(refusal(), "");
}

TEST_F(OwnTexts, AFolderThatIsNotThereIsNamed) {
  const auto texts = load_texts(folder_ / "nowhere");
  ASSERT_FALSE(texts.has_value());
  EXPECT_THAT(texts.error().message, HasSubstr("nowhere: there is no such folder"));
}

}  // namespace
}  // namespace sotevahti::deliver
