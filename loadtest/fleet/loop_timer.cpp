#include "loadtest/fleet/loop_timer.hpp"

#include <boost/asio/io_context.hpp>
#include <utility>

namespace studiosync::load {

void LoopTimer::set(Moment at, std::function<void()> ring) {
  ring_ = std::make_shared<std::function<void()>>(std::move(ring));
  timer_.expires_at(at);
  timer_.async_wait([pending = std::weak_ptr(ring_)](const boost::system::error_code& failed) {
    const auto still_set = pending.lock();
    if (still_set && !failed) (*still_set)();
  });
}

}  // namespace studiosync::load
