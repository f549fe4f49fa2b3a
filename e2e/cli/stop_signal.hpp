// Ctrl-C as a wish: the work ends in order, and what was done so far is told.
#pragma once

#include <csignal>

namespace studiosync::e2e {

// While it lives, SIGINT and SIGTERM are only noted, each once: the second one ends the program.
// One at a time. Children inherit that until they become another program.
class StopSignal {
 public:
  StopSignal();
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  // Its number; 0: none came.
  static int received() noexcept;

 private:
  struct sigaction interrupt_before_ {};
  struct sigaction terminate_before_ {};
};

}  // namespace studiosync::e2e
