// The listening socket. Deals accepted ones out to the I/O threads in turn.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "server/net/io_thread.hpp"

namespace studiosync::server {

// Runs on the first thread. Must be closed before it is destroyed.
class Acceptor {
 public:
  // Called on the thread that the socket is pinned to.
  using OnSocket =
      std::function<void(const std::shared_ptr<IoThread>&, boost::asio::ip::tcp::socket)>;

  Acceptor(std::vector<std::shared_ptr<IoThread>> threads, OnSocket on_socket);

  // `connection_refused` when the address cannot be bound.
  Result<> bind(const std::string& host, std::uint16_t port);
  void start() { accept_next(); }
  std::uint16_t port() const;
  // On the first thread.
  void close();

 private:
  void accept_next();
  void hand_over(const std::shared_ptr<IoThread>& thread, boost::asio::ip::tcp::socket socket);
  void retry_later();

  std::vector<std::shared_ptr<IoThread>> threads_;
  OnSocket on_socket_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer retry_;
  std::size_t next_ = 0;
};

}  // namespace studiosync::server
