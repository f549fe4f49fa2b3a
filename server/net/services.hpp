// What every connection of one listener shares. Set up before the threads start.
#pragma once

#include <atomic>

#include "server/net/http_types.hpp"
#include "server/net/listener.hpp"
#include "server/net/trusted_proxies.hpp"
#include "server/net/ws_types.hpp"

namespace studiosync::server {

struct Services {
  ListenerOptions options;
  HttpHandler& http;
  WsAcceptor* acceptor;
  TrustedProxies proxies{};
  std::atomic<bool> draining{false};  // stopping: answers end their connections
};

}  // namespace studiosync::server
