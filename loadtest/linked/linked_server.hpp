// The product's server from its connections down, without accounts and disk.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "loadtest/linked/memory_stream.hpp"
#include "loadtest/linked/open_gate.hpp"
#include "server/channel/channel_acceptor.hpp"
#include "server/net/acceptor.hpp"
#include "server/net/io_thread.hpp"
#include "server/net/services.hpp"
#include "server/store/memory/memory_store.hpp"

namespace studiosync::load {

// Runs on its caller's thread, within `turn` and `run_for`.
class LinkedServer final : private server::HttpHandler {
 public:
  LinkedServer();
  ~LinkedServer();  // cuts all connections
  LinkedServer(const LinkedServer&) = delete;
  LinkedServer& operator=(const LinkedServer&) = delete;

  // A connection as its listener would have accepted it. The stream lives as long as that; `peer`
  // outlives it.
  MemoryStream& connect(StreamPeer& peer);
  // From now on sockets are accepted, too, on a port of the loopback address. To be called once;
  // `connection_refused` when it cannot bind.
  Result<> listen();
  // http://127.0.0.1:port, once it listens.
  std::string url() const;

  // Does everything there is to do.
  void turn();
  // Does what comes within that time.
  void run_for(std::chrono::milliseconds time);
  // Welcomed and still there; counted one by one.
  std::size_t devices() const { return hub_.size(); }
  // Of any kind, also those that are no device yet.
  std::size_t connections() const { return io_->connections(); }

 private:
  void handle(server::HttpRequest request, server::Respond respond) override;
  void start(std::unique_ptr<server::Stream> stream, server::Services& services);

  OpenGate gate_;
  server::MemoryStore store_;
  server::Hub hub_;
  server::SyncService sync_;
  server::RateLimiter changes_;
  server::ChannelContext context_;
  server::ChannelAcceptor channels_;
  server::Services for_links_;
  server::Services for_sockets_;
  std::shared_ptr<server::IoThread> io_;
  std::optional<server::Acceptor> acceptor_;
};

}  // namespace studiosync::load
