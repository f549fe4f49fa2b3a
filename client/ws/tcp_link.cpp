#include <array>
#include <boost/asio/write.hpp>
#include <utility>

#include "client/ws/link.hpp"

namespace studiosync::client {
namespace asio = boost::asio;
using asio::ip::tcp;

void Link::close() noexcept {
  NetError ignored;
  socket().close(ignored);
}

namespace {

// Used within one turn of the loop only, so that waiting connections need no buffer of their own.
std::array<char, 64 * 1024>& scratch() {
  thread_local std::array<char, 64 * 1024> buffer;
  return buffer;
}

class TcpLink final : public Link {
 public:
  explicit TcpLink(asio::io_context& io) : socket_(io) {}

  tcp::socket& socket() override { return socket_; }

  void open(Done done) override {
    NetError error;
    socket_.non_blocking(true, error);
    done(error);
  }

  void read(Received received) override {
    socket_.async_wait(tcp::socket::wait_read,
                       [this, received = std::move(received)](const NetError& error) mutable {
                         if (error) return received(error, {});
                         read_ready(std::move(received));
                       });
  }

  void write(std::string_view bytes, Done done) override {
    asio::async_write(
        socket_, asio::buffer(bytes.data(), bytes.size()),
        [done = std::move(done)](const NetError& error, std::size_t) { done(error); });
  }

 private:
  void read_ready(Received received) {
    NetError error;
    const std::size_t bytes = socket_.read_some(asio::buffer(scratch()), error);
    if (error == asio::error::would_block) return read(std::move(received));
    received(error, {scratch().data(), bytes});
  }

  tcp::socket socket_;
};

}  // namespace

std::unique_ptr<Link> make_tcp_link(asio::io_context& io) {
  return std::make_unique<TcpLink>(io);
}

}  // namespace studiosync::client
