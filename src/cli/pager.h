// What is longer than the screen goes through a pager: $SOTEVAHTI_PAGER, else $PAGER, else less,
// which gets LESS=FRX where none is set. Only on a terminal; "cat" and the empty name are no pager.
// To be made when the answer is there, just before it is printed; at its end it waits for the
// reader to leave. A reader who leaves early is an EPIPE of the next print.
#pragma once
#include <string>

#include <sys/types.h>

namespace sotevahti::cli {

class Pager {
 public:
  Pager();
  ~Pager();
  Pager(const Pager&) = delete;
  Pager& operator=(const Pager&) = delete;

 private:
  void start(const std::string& command);
  pid_t process_ = -1;
  int terminal_ = -1;  // standard output, to be put back
};

}  // namespace sotevahti::cli
