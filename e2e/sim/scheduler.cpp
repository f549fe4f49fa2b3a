#include "e2e/sim/scheduler.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace studiosync::e2e {

bool Scheduler::later(const Entry& a, const Entry& b) noexcept {
  return std::tie(a.at, a.number) > std::tie(b.at, b.number);
}

void Scheduler::at(WallTime time, Task task) {
  heap_.push_back({std::max(time, now_), ++last_number_, std::move(task)});
  std::push_heap(heap_.begin(), heap_.end(), later);
}

bool Scheduler::step(WallTime until) {
  if (heap_.empty() || heap_.front().at > until) return false;
  if (tasks_left_ == 0) {
    if (!gave_up_) gave_up_ = heap_.front().at;
    return false;
  }
  --tasks_left_;
  std::pop_heap(heap_.begin(), heap_.end(), later);
  Entry next = std::move(heap_.back());
  heap_.pop_back();
  now_ = next.at;
  next.task();
  return true;
}

void Scheduler::run_until(WallTime until) {
  while (step(until)) continue;
  now_ = std::max(now_, until);
}

}  // namespace studiosync::e2e
