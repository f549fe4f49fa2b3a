// One connection of a device through the proxy, and its counterpart to the server.
#pragma once

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <optional>

#include "core/base/time.hpp"
#include "e2e/real/proxy.hpp"

namespace studiosync::e2e {

// What is done to all connections at this moment.
struct Hurts {
  std::array<bool, 2> held{};                           // by Way
  std::array<std::optional<std::size_t>, 2> cut_after;  // bytes left until the cut
  Millis delay{};
};

inline std::size_t index_of(Way way) noexcept {
  return static_cast<std::size_t>(way);
}

// On the proxy's thread. Lives as long as one of its sockets is waited for.
class ConnectionPair : public std::enable_shared_from_this<ConnectionPair> {
 public:
  using Socket = boost::asio::ip::tcp::socket;
  struct Events {
    std::function<void(std::size_t bytes)> passed;
    std::function<void()> cut;  // every connection is to be reset
  };
  // `hurts` must outlive it.
  ConnectionPair(Socket device, Hurts& hurts, Events events);

  void start(std::uint16_t target_port);
  // Goes on where something was held.
  void resume();
  // What was on its way is lost.
  void reset();
  bool open() const { return device_.is_open(); }

 private:
  static constexpr std::size_t piece_bytes = 16U << 10;
  struct Flow {
    explicit Flow(const Socket::executor_type& executor) : timer(executor) {}
    std::array<char, piece_bytes> buffer{};
    std::size_t bytes = 0;
    bool waiting = false;  // has a piece and is held
    boost::asio::steady_timer timer;
  };

  Flow& flow(Way way) { return flows_[index_of(way)]; }
  Socket& from(Way way) { return way == Way::to_server ? device_ : server_; }
  Socket& to(Way way) { return way == Way::to_server ? server_ : device_; }

  void pump(Way way);
  void later(Way way);
  void forward(Way way);
  void finish(Way way);

  Socket device_;
  Socket server_;
  Hurts& hurts_;
  Events events_;
  std::array<Flow, 2> flows_;
  int ended_ = 0;
};

}  // namespace studiosync::e2e
