#include "e2e/real/connection_pair.hpp"

#include <boost/asio/write.hpp>
#include <utility>

namespace studiosync::e2e {

namespace asio = boost::asio;
using NetError = boost::system::error_code;

ConnectionPair::ConnectionPair(Socket device, Hurts& hurts, Events events)
    : device_(std::move(device)),
      server_(device_.get_executor()),
      hurts_(hurts),
      events_(std::move(events)),
      flows_{Flow(device_.get_executor()), Flow(device_.get_executor())} {}

void ConnectionPair::start(std::uint16_t target_port) {
  server_.async_connect({asio::ip::address_v4::loopback(), target_port},
                        [self = shared_from_this()](const NetError& failed) {
                          if (failed) return self->reset();
                          self->pump(Way::to_server);
                          self->pump(Way::to_device);
                        });
}

void ConnectionPair::resume() {
  for (const Way way : {Way::to_server, Way::to_device}) {
    if (std::exchange(flow(way).waiting, false)) forward(way);
  }
}

// Linger with time-out 0 makes close() a reset (RFC 9293 section 3.10.4).
void ConnectionPair::reset() {
  for (Socket* socket : {&device_, &server_}) {
    NetError ignored;
    socket->set_option(asio::socket_base::linger(true, 0), ignored);
    socket->close(ignored);
  }
}

void ConnectionPair::pump(Way way) {
  from(way).async_read_some(
      asio::buffer(flow(way).buffer),
      [self = shared_from_this(), way](const NetError& failed, std::size_t bytes) {
        if (failed) return self->finish(way);
        self->flow(way).bytes = bytes;
        self->later(way);
      });
}

void ConnectionPair::later(Way way) {
  if (hurts_.delay.count == 0) return forward(way);
  flow(way).timer.expires_after(std::chrono::milliseconds(hurts_.delay.count));
  flow(way).timer.async_wait([self = shared_from_this(), way](const NetError& failed) {
    if (!failed) self->forward(way);
  });
}

void ConnectionPair::forward(Way way) {
  Flow& piece = flow(way);
  if (hurts_.held[index_of(way)]) {
    piece.waiting = true;
    return;
  }
  auto& left = hurts_.cut_after[index_of(way)];
  const bool cut = left && *left <= piece.bytes;
  const std::size_t bytes = cut ? *left : piece.bytes;
  if (cut) {
    left.reset();
  } else if (left) {
    *left -= bytes;
  }
  asio::async_write(
      to(way), asio::buffer(piece.buffer, bytes),
      [self = shared_from_this(), way, cut](const NetError& failed, std::size_t written) {
        if (failed) return self->reset();
        self->events_.passed(written);
        if (cut) return self->events_.cut();
        self->pump(way);
      });
}

// An orderly end passes on, so that close frames are not lost.
void ConnectionPair::finish(Way way) {
  NetError ignored;
  to(way).shutdown(Socket::shutdown_send, ignored);
  if (ended_++ == 1) reset();
}

}  // namespace studiosync::e2e
