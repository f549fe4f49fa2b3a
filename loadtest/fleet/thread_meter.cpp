#include "loadtest/fleet/thread_meter.hpp"

#include <algorithm>

namespace studiosync::load {

double ThreadMeter::busy(const Mark& from, const Mark& to) {
  const std::chrono::duration<double> length = to.at - from.at;
  const std::chrono::duration<double> running = to.time.running - from.time.running;
  const std::chrono::duration<double> waiting = to.time.waiting - from.time.waiting;
  return length.count() > 0 ? std::min(1.0, (running + waiting) / length) : 0;
}

void ThreadMeter::start(Moment now, const ThreadTime& so_far) {
  begin_ = second_ = last_ = {now, so_far};
  busiest_.reset();
}

void ThreadMeter::sample(Moment now, const ThreadTime& so_far) {
  last_ = {now, so_far};
  if (now - second_.at < second) return;
  busiest_ = std::max(busiest_.value_or(0), busy(second_, last_));
  second_ = last_;
}

ThreadUse ThreadMeter::use() const {
  const auto turns = static_cast<double>(last_.time.turns - begin_.time.turns);
  const std::chrono::duration<double, std::micro> waited = last_.time.waiting - begin_.time.waiting;
  const double all = busy(begin_, last_);
  return {.busy = all,
          .busiest_second = busiest_.value_or(all),
          .wait_us = turns > 0 ? waited.count() / turns : 0};
}

}  // namespace studiosync::load
