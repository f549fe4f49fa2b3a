// The product's server from its connections down, without sockets, accounts and disk.
#pragma once

#include <memory>

#include "loadtest/linked/memory_stream.hpp"
#include "loadtest/linked/open_gate.hpp"
#include "server/channel/channel_acceptor.hpp"
#include "server/net/io_thread.hpp"
#include "server/net/services.hpp"
#include "server/store/memory/memory_store.hpp"

namespace studiosync::load {

// Runs on its caller's thread, within `turn`.
class LinkedServer final : private server::HttpHandler {
 public:
  LinkedServer();
  ~LinkedServer();  // cuts all connections
  LinkedServer(const LinkedServer&) = delete;
  LinkedServer& operator=(const LinkedServer&) = delete;

  // A connection as its listener would have accepted it. The stream lives as long as that; `peer`
  // outlives it.
  MemoryStream& connect(StreamPeer& peer);
  // Does everything there is to do.
  void turn();
  std::size_t devices() const { return hub_.size(); }

 private:
  void handle(server::HttpRequest request, server::Respond respond) override;

  OpenGate gate_;
  server::MemoryStore store_;
  server::Hub hub_;
  server::SyncService sync_;
  server::RateLimiter changes_;
  server::ChannelContext context_;
  server::ChannelAcceptor acceptor_;
  server::Services services_;
  std::shared_ptr<server::IoThread> io_;
};

}  // namespace studiosync::load
