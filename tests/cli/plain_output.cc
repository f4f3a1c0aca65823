// These tests say the same on a terminal and off one.
#include <gtest/gtest.h>

#include <cstdlib>

namespace {

class PlainOutput : public testing::Environment {
  void SetUp() override {
    setenv("NO_COLOR", "1", 1);
    setenv("FORCE_HYPERLINK", "0", 1);
  }
};
[[maybe_unused]] const auto* const plain = testing::AddGlobalTestEnvironment(new PlainOutput);

}  // namespace
