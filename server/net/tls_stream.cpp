#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <utility>

#include "server/net/stream.hpp"
#include "server/net/stream_drain.hpp"

namespace studiosync::server {
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

class TlsStream final : public Stream {
 public:
  TlsStream(tcp::socket socket, asio::ssl::context& tls, std::span<char> scratch)
      : stream_(std::move(socket), tls), scratch_(scratch) {}

  void open(std::shared_ptr<StreamUser> user) override {
    stream_.async_handshake(
        asio::ssl::stream_base::server,
        [user = std::move(user)](const NetError& error) { user->on_opened(error); });
  }

  void read(std::shared_ptr<StreamUser> user) override {
    stream_.async_read_some(asio::buffer(buffer_), [this, user = std::move(user)](
                                                       const NetError& error, std::size_t bytes) {
      user->on_read(error, {buffer_.data(), bytes});
    });
  }

  void write(const BufferList& buffers, std::shared_ptr<StreamUser> user) override {
    stream_.async_write_some(buffers,
                             [user = std::move(user)](const NetError& error, std::size_t bytes) {
                               user->on_written(error, bytes);
                             });
  }

  void finish(std::shared_ptr<StreamUser> user) override {
    // The socket does not block: this sends our close_notify and does not wait for the peer's.
    NetError ignored;
    stream_.shutdown(ignored);
    drain(stream_.next_layer(), scratch_, std::move(user));
  }

  void close() noexcept override { close_socket(stream_.next_layer()); }

 private:
  asio::ssl::stream<tcp::socket> stream_;
  // Decrypted bytes may arrive in a later turn of the loop, so the thread's scratch will not do.
  std::array<char, 4096> buffer_;
  std::span<char> scratch_;
};

}  // namespace

std::unique_ptr<Stream> make_tls_stream(tcp::socket socket, asio::ssl::context& tls,
                                        std::span<char> scratch) {
  return std::make_unique<TlsStream>(std::move(socket), tls, scratch);
}

}  // namespace studiosync::server
