// Keeps a meter of the thread that an io_context runs on.
#pragma once

#include "loadtest/fleet/loop_timer.hpp"
#include "loadtest/fleet/thread_meter.hpp"

namespace studiosync::load {

// On that thread, from its construction until its end.
class ThreadWatch {
 public:
  explicit ThreadWatch(boost::asio::io_context& io);
  ThreadWatch(const ThreadWatch&) = delete;
  ThreadWatch& operator=(const ThreadWatch&) = delete;

  // Until now.
  ThreadUse use();

 private:
  void sample();
  void wait();

  ThreadMeter meter_;
  LoopTimer timer_;
};

}  // namespace studiosync::load
