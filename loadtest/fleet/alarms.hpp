// Rings a thread's devices at their times, with one timer of the system for all of them.
#pragma once

#include <functional>
#include <vector>

#include "loadtest/fleet/loop_timer.hpp"
#include "loadtest/fleet/timer_queue.hpp"

namespace studiosync::load {

// On the io_context's one thread.
class Alarms {
 public:
  explicit Alarms(boost::asio::io_context& io) : timer_(io) {}
  Alarms(const Alarms&) = delete;
  Alarms& operator=(const Alarms&) = delete;

  // A place whose alarms call `ring`. Its number is free again after `remove`.
  std::size_t add(std::function<void()> ring);
  void remove(std::size_t place);
  // Replaces the place's alarm; nothing = none.
  void set(std::size_t place, std::optional<WallTime> at);

 private:
  void arm();
  void ring_due();

  TimerQueue queue_;
  std::vector<std::function<void()>> ring_;
  std::vector<std::size_t> free_;
  std::optional<WallTime> armed_for_;
  LoopTimer timer_;
};

}  // namespace studiosync::load
