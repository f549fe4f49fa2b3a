// Bytes to and from one peer, with or without TLS. One thread: its io_context's.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <span>
#include <string_view>

#include "server/net/write_queue.hpp"

namespace studiosync::server {

using NetError = boost::system::error_code;

// Told how operations ended. Each operation keeps its user alive, and the user owns the stream.
class StreamUser {
 public:
  virtual ~StreamUser() = default;
  virtual void on_opened(const NetError& error) = 0;
  // `bytes` are valid during the call only; an error also at the peer's end.
  virtual void on_read(const NetError& error, std::string_view bytes) = 0;
  virtual void on_written(const NetError& error, std::size_t bytes) = 0;
  virtual void on_finished() = 0;
};

class Stream {
 public:
  virtual ~Stream() = default;

  // The TLS handshake, where there is one.
  virtual void open(std::shared_ptr<StreamUser> user) = 0;
  // Some bytes; one read at a time.
  virtual void read(std::shared_ptr<StreamUser> user) = 0;
  // Some of the bytes; one write at a time.
  virtual void write(const BufferList& buffers, std::shared_ptr<StreamUser> user) = 0;
  // Says that nothing follows, then discards what the peer still sends until it ends too. Closing
  // at once would answer those bytes with a reset, which can destroy our last answer on its way.
  virtual void finish(std::shared_ptr<StreamUser> user) = 0;
  // Operations in progress end with an error.
  virtual void close() noexcept = 0;
};

// `scratch` is the thread's: an idle connection waits without a buffer of its own.
std::unique_ptr<Stream> make_plain_stream(boost::asio::ip::tcp::socket socket,
                                          std::span<char> scratch);
std::unique_ptr<Stream> make_tls_stream(boost::asio::ip::tcp::socket socket,
                                        boost::asio::ssl::context& tls, std::span<char> scratch);

}  // namespace studiosync::server
