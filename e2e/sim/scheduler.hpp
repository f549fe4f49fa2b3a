// Virtual time: what is due runs in the order of its time, and at one moment in the order in which
// it was asked for. Nothing in the simulation knows another clock. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "core/base/time.hpp"

namespace studiosync::e2e {

class Scheduler {
 public:
  // Up to two words of captures need no memory of their own: there are tens of thousands.
  using Task = std::function<void()>;

  // Runs so many tasks and then none: what goes round for ever comes to an end, and is found at
  // work there.
  explicit Scheduler(WallTime start, std::uint64_t tasks_max = UINT64_MAX)
      : now_(start), tasks_left_(tasks_max) {}

  WallTime now() const noexcept { return now_; }
  // When a task was due and no more were to be run.
  std::optional<WallTime> gave_up() const noexcept { return gave_up_; }
  // A time in the past is now.
  void at(WallTime time, Task task);
  void after(Millis delay, Task task) { at(now_ + delay, std::move(task)); }

  // Runs the next task that is due until then; false where there is none.
  bool step(WallTime until);
  // Runs everything that is due until then; it is then afterwards.
  void run_until(WallTime until);

 private:
  struct Entry {
    WallTime at;
    std::uint64_t number;
    Task task;
  };
  static bool later(const Entry& a, const Entry& b) noexcept;

  WallTime now_;
  std::uint64_t tasks_left_;
  std::optional<WallTime> gave_up_;
  std::vector<Entry> heap_;  // the next one in front
  std::uint64_t last_number_ = 0;
};

}  // namespace studiosync::e2e
