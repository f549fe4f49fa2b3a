#include "client/cli/wait_for.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

namespace studiosync::client {

bool wait_for(Millis patience, const std::function<bool()>& holds) {
  boost::asio::io_context io;
  boost::asio::steady_timer timer(io);
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(patience.count);
  while (!holds()) {
    if (std::chrono::steady_clock::now() >= end) return false;
    timer.expires_after(std::chrono::milliseconds(100));
    timer.wait();
  }
  return true;
}

}  // namespace studiosync::client
