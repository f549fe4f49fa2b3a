// A server that answers everything at once and keeps nothing: the measure of the generator itself.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "loadtest/null_server/null_channel.hpp"
#include "server/net/listener.hpp"

namespace studiosync::load {

class NullServer final : private server::HttpHandler, private server::WsAcceptor {
 public:
  // On the loopback address; port 0 takes a free one.
  explicit NullServer(std::uint16_t port);

  // `connection_refused` when it cannot bind.
  Result<> start() { return listener_.start(); }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(listener_.port()); }

 private:
  void handle(server::HttpRequest request, server::Respond respond) override;
  Result<std::shared_ptr<server::WsHandler>> accept(server::WsUpgrade upgrade,
                                                    std::shared_ptr<server::WsPeer> peer) override;

  // All on the listener's one thread.
  std::map<std::string, NullUser> users_;
  NullPages pages_;
  server::Listener listener_;
};

}  // namespace studiosync::load
