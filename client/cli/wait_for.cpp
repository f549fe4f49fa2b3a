#include "client/cli/wait_for.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

namespace studiosync::client {

Millis Deadline::left() const {
  using std::chrono::milliseconds;
  const auto left =
      std::chrono::duration_cast<milliseconds>(end_ - std::chrono::steady_clock::now());
  return {std::max<std::int64_t>(0, left.count())};
}

bool wait_for(Millis patience, const std::function<bool()>& holds) {
  boost::asio::io_context io;
  boost::asio::steady_timer timer(io);
  const Deadline deadline(patience);
  while (!holds()) {
    if (deadline.left().count == 0) return false;
    timer.expires_after(std::chrono::milliseconds(100));
    timer.wait();
  }
  return true;
}

}  // namespace studiosync::client
