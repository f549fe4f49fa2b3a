#include <boost/asio/buffer.hpp>
#include <utility>

#include "server/net/stream.hpp"
#include "server/net/stream_drain.hpp"

namespace studiosync::server {
namespace asio = boost::asio;
using asio::ip::tcp;

bool would_block(const NetError& error) noexcept {
  return error == asio::error::would_block || error == asio::error::try_again;
}

void close_socket(tcp::socket& socket) noexcept {
  NetError ignored;
  socket.close(ignored);
}

namespace {

void discard(tcp::socket& socket, std::span<char> scratch, std::shared_ptr<StreamUser> user) {
  socket.async_wait(tcp::socket::wait_read,
                    [&socket, scratch, user = std::move(user)](NetError error) mutable {
                      // Once a turn: a sender that never pauses must not keep the thread.
                      if (!error)
                        socket.read_some(asio::buffer(scratch.data(), scratch.size()), error);
                      if (!error || would_block(error))
                        return discard(socket, scratch, std::move(user));
                      user->on_finished();
                    });
}

class PlainStream final : public Stream {
 public:
  PlainStream(tcp::socket socket, std::span<char> scratch)
      : socket_(std::move(socket)), scratch_(scratch) {}

  void open(std::shared_ptr<StreamUser> user) override { user->on_opened({}); }

  void read(std::shared_ptr<StreamUser> user) override {
    socket_.async_wait(tcp::socket::wait_read,
                       [this, user = std::move(user)](const NetError& error) mutable {
                         if (error) return user->on_read(error, {});
                         read_ready(std::move(user));
                       });
  }

  void write(const BufferList& buffers, std::shared_ptr<StreamUser> user) override {
    socket_.async_write_some(buffers,
                             [user = std::move(user)](const NetError& error, std::size_t bytes) {
                               user->on_written(error, bytes);
                             });
  }

  void finish(std::shared_ptr<StreamUser> user) override {
    drain(socket_, scratch_, std::move(user));
  }

  void close() noexcept override { close_socket(socket_); }

 private:
  void read_ready(std::shared_ptr<StreamUser> user) {
    NetError error;
    const std::size_t bytes =
        socket_.read_some(asio::buffer(scratch_.data(), scratch_.size()), error);
    if (would_block(error)) return read(std::move(user));
    user->on_read(error, {scratch_.data(), bytes});
  }

  tcp::socket socket_;
  std::span<char> scratch_;
};

}  // namespace

void drain(tcp::socket& socket, std::span<char> scratch, std::shared_ptr<StreamUser> user) {
  NetError ignored;
  socket.shutdown(tcp::socket::shutdown_send, ignored);
  discard(socket, scratch, std::move(user));
}

std::unique_ptr<Stream> make_plain_stream(tcp::socket socket, std::span<char> scratch) {
  return std::make_unique<PlainStream>(std::move(socket), scratch);
}

}  // namespace studiosync::server
