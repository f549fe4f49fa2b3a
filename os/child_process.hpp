// A program that we start, talk to and are sure to end.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace studiosync::os {

// Not thread-safe. The child ends with its parent, even when that is killed (PR_SET_PDEATHSIG).
class ChildProcess {
 public:
  // Standard output is read by read_line; standard error goes to `error_file`, or ours when empty.
  static Result<ChildProcess> start(const std::vector<std::string>& command,
                                    const std::string& error_file = {});

  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&& other) noexcept;
  ~ChildProcess();  // kills and reaps what still runs

  // The next line of standard output; `timeout` when there is none within `patience`, `not_found`
  // at its end.
  Result<std::string> read_line(Millis patience);
  void signal(int number) const;
  // Waits for the end: the exit code, or 128 + the signal's number. `timeout` after `patience`.
  Result<int> wait(Millis patience);
  void kill();  // SIGKILL, and waits
  pid_t id() const noexcept { return id_; }

 private:
  ChildProcess(pid_t id, int output) noexcept : id_(id), output_(output) {}

  pid_t id_ = -1;
  int output_ = -1;
  std::string read_;  // not yet a whole line
};

}  // namespace studiosync::os
