// What stands wrong in the files of an admin, gathered so that one reading tells
// all of it: "FILE:LINE: cause", one a line. Internal to the room; one thread.
#pragma once
#include <string>
#include <vector>

#include "base/result.h"

namespace sotevahti::config {

// Where something stands.
struct Spot {
  std::string source;  // a file, or "environment SOTEVAHTI_WEB_LISTEN"
  int line = 0;        // 0: the source as a whole
  int column = 0;      // 0: the line as a whole
};

std::string to_string(const Spot& spot);

class Problems {
 public:
  void add(Spot spot, std::string cause);
  bool empty() const { return found_.empty(); }
  // All of them in the order in which a reader meets them in the files.
  tl::unexpected<base::Failure> failure() const;
  // Without their places, where those are none that a person could look at: "cause; cause".
  tl::unexpected<base::Failure> causes() const;

 private:
  struct Problem {
    Spot spot;
    std::string cause;
  };
  std::vector<Problem> found_;
};

}  // namespace sotevahti::config
