#include "base/memory.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sotevahti::base {
namespace {

TEST(Memory, WhatLivesStaysWhenTheRestIsGivenBack) {
  std::vector<std::string> kept;
  for (int i = 0; i < 1000; ++i) {
    const std::string freed(10'000, 'f');
    kept.emplace_back(100, static_cast<char>('a' + i % 26));
  }
  give_memory_back();
  for (int i = 0; i < 1000; ++i)
    ASSERT_EQ(kept[static_cast<std::size_t>(i)], std::string(100, static_cast<char>('a' + i % 26)));
}

}  // namespace
}  // namespace sotevahti::base
