// How busy a thread was, second by second: one that rests before and after has no time for the
// server meanwhile, whatever its average.
#pragma once

#include <optional>

#include "loadtest/fleet/clock.hpp"
#include "loadtest/fleet/thread_time.hpp"
#include "loadtest/self_check.hpp"

namespace studiosync::load {

// Not thread-safe. A shorter stretch than `second` says nothing, unless it is all there is.
class ThreadMeter {
 public:
  static constexpr std::chrono::seconds second{1};

  // Begins anew.
  void start(Moment now, const ThreadTime& so_far);
  // Later; to be called about once a second.
  void sample(Moment now, const ThreadTime& so_far);
  // From the start until the last sample.
  ThreadUse use() const;

 private:
  struct Mark {
    Moment at;
    ThreadTime time;
  };
  static double busy(const Mark& from, const Mark& to);

  Mark begin_;
  Mark second_;  // the begin of the one that goes on
  Mark last_;
  std::optional<double> busiest_;
};

}  // namespace studiosync::load
