#include "loadtest/fleet/thread_watch.hpp"

namespace studiosync::load {

ThreadWatch::ThreadWatch(boost::asio::io_context& io) : timer_(io) {
  meter_.start(Clock::now(), thread_time());
  wait();
}

ThreadUse ThreadWatch::use() {
  sample();
  return meter_.use();
}

void ThreadWatch::sample() {
  meter_.sample(Clock::now(), thread_time());
}

void ThreadWatch::wait() {
  timer_.set(Clock::now() + ThreadMeter::second, [this] {
    sample();
    wait();
  });
}

}  // namespace studiosync::load
