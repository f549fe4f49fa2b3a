#include "loadtest/fleet/thread_watch.hpp"

#include <boost/asio/io_context.hpp>

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
  timer_.expires_after(ThreadMeter::second);
  timer_.async_wait([this](const boost::system::error_code& failed) {
    if (failed) return;
    sample();
    wait();
  });
}

}  // namespace studiosync::load
