// The server's end of a connection that has no socket: bytes go from hand to hand.
#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "server/net/stream.hpp"

namespace studiosync::load {

// The other end.
class StreamPeer {
 public:
  virtual ~StreamPeer() = default;
  // Within the server's write; must not give bytes back before it returns.
  virtual void received(std::string_view bytes) = 0;
};

// On the io_context's one thread. Operations end in a later turn, as a socket's do.
class MemoryStream final : public server::Stream {
 public:
  // Both outlive it.
  MemoryStream(boost::asio::io_context& io, StreamPeer& peer) : io_(io), peer_(peer) {}

  // The peer sends; the server reads it in a later turn.
  void give(std::string_view bytes);

  void open(std::shared_ptr<server::StreamUser> user) override { user->on_opened({}); }
  void read(std::shared_ptr<server::StreamUser> user) override;
  void write(const server::BufferList& buffers, std::shared_ptr<server::StreamUser> user) override;
  void finish(std::shared_ptr<server::StreamUser> user) override;
  void close() noexcept override;

 private:
  void deliver();

  boost::asio::io_context& io_;
  StreamPeer& peer_;
  std::string given_;  // and not yet read
  std::shared_ptr<server::StreamUser> reader_;
};

}  // namespace studiosync::load
