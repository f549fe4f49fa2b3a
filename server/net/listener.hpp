// One port for HTTP/1.1 with keep-alive and for WebSocket. Owns its I/O threads.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "server/net/http_types.hpp"
#include "server/net/ws_types.hpp"

namespace studiosync::server {

struct ListenerOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;     // 0 takes a free one
  unsigned threads = 2;       // each has its own io_context; a connection stays on one
  std::string tls_cert_file;  // empty: no TLS
  std::string tls_key_file;
  Millis header_timeout{10'000};  // for a whole request head, then for each 64 KiB of body
  Millis idle_timeout{75'000};    // keep-alive without a request; WebSocket without any frame
  Millis ping_interval{25'000};
  Millis handshake_timeout{5'000};  // TLS, and the close handshake
  std::size_t send_queue_bytes_max =
      4U << 20;  // per connection; above it the connection is closed (1013)
  std::vector<std::string> trusted_proxies;  // whose X-Forwarded-For counts
};

class Listener {
 public:
  // `acceptor` may be null: then an upgrade is answered 404. Both must outlive the listener.
  Listener(ListenerOptions options, HttpHandler& http, WsAcceptor* acceptor);
  ~Listener();  // stops
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  // Binds and starts the threads. `connection_refused` when it cannot bind, `bad_request` for bad
  // TLS files.
  Result<> start();
  std::uint16_t port() const noexcept;  // the bound one
  std::size_t connections() const noexcept;

  void stop_accepting();
  // Closes idle connections, waits until requests in flight are answered and sockets closed,
  // `patience` at most; then cuts the rest. Not from an I/O thread.
  void stop(Millis patience);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace studiosync::server
