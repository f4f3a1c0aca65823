#include "base/content.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "support/temp_folder.h"

namespace sotevahti::base {
namespace {

constexpr std::size_t megabyte = std::size_t{1} << 20;

TEST(Content, IsReadToItsEndOrNotAtAll) {
  const test_support::TempFolder folder;
  const std::string bytes(megabyte, 'a');
  std::ofstream(folder / "full", std::ios::binary) << bytes;
  std::ofstream(folder / "over", std::ios::binary) << bytes << "b";
  std::ofstream(folder / "empty", std::ios::binary).flush();
  EXPECT_EQ(content_of(folder / "full", megabyte), bytes);
  EXPECT_EQ(content_of(folder / "empty", megabyte), "");
  EXPECT_EQ(content_of(folder / "over", megabyte).error().message, "is larger than 1 MB");
}

TEST(Content, SaysWhyItCannotBeRead) {
  const test_support::TempFolder folder;
  EXPECT_EQ(content_of(folder / "none", megabyte).error().message, "cannot be read: No such file or directory");
  EXPECT_EQ(content_of(folder.path(), megabyte).error().message, "is a folder; name a file");
}

TEST(Content, IsNotHalfTaken) {
  // Nothing is mapped at its beginning: opening it is fine, reading it fails.
  EXPECT_EQ(content_of("/proc/self/mem", megabyte).error().message, "cannot be read to its end");
}

TEST(Content, OfWhatHasNoEndIsRefused) {
  EXPECT_EQ(content_of("/dev/zero", megabyte).error().message, "is larger than 1 MB");
}

TEST(Content, ItsFirstBytesLeaveTheRest) {
  std::istringstream in("first rest");
  EXPECT_EQ(first_bytes(in, 6), "first ");
  EXPECT_EQ(first_bytes(in, 100), "rest");
  EXPECT_EQ(first_bytes(in, 100), "");
}

}  // namespace
}  // namespace sotevahti::base
