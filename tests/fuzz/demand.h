// What must hold of any input: where it does not, the fuzzer has found something.
#pragma once
#include <cstdlib>
#include <iostream>
#include <string_view>

namespace sotevahti::test_support {

inline void demand(bool holds, std::string_view what, std::string_view of) {
  if (holds) return;
  std::cerr << what << "\n" << of << "\n";
  std::abort();
}

}  // namespace sotevahti::test_support
