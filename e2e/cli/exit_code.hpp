// What scripts learn from syncsim's end.
#pragma once

namespace studiosync::e2e {

enum ExitCode : int {
  exit_fine = 0,
  exit_violation = 1,  // an invariant or an expectation was broken
  exit_usage = 2,
  exit_bad_file = 3,     // cannot be read or written, or is no file of ours
  exit_not_started = 4,  // real processes: they did not start, and nothing was judged
  exit_unjudged = 5,     // real processes: of the scenario's expectations none was judged
  exit_by_signal = 128,  // and its number: a long verb was interrupted
};

// `signal`: that ended it early, or 0.
constexpr int exit_code_after(int signal, int otherwise) noexcept {
  return signal == 0 ? otherwise : exit_by_signal + signal;
}

}  // namespace studiosync::e2e
