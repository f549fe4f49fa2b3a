// A timer that an object may own whose functions it calls.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>

#include "loadtest/fleet/clock.hpp"

namespace boost::asio {
class io_context;
}

namespace studiosync::load {

// On the io_context's one thread. Nothing is called once it is set anew or destroyed: a handler of
// asio's may be queued as successful by then, where cancelling comes too late.
class LoopTimer {
 public:
  explicit LoopTimer(boost::asio::io_context& io) : timer_(io) {}
  LoopTimer(const LoopTimer&) = delete;
  LoopTimer& operator=(const LoopTimer&) = delete;

  // Calls `ring` once, in a later turn. Replaces what was set before.
  void set(Moment at, std::function<void()> ring);

 private:
  std::shared_ptr<std::function<void()>> ring_;
  boost::asio::steady_timer timer_;
};

}  // namespace studiosync::load
