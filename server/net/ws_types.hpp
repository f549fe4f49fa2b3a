// A WebSocket connection as the application sees it: no socket, no websocketpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/limits.hpp"
#include "core/base/result.hpp"

namespace studiosync::server {

// What the client asked for in its upgrade request (RFC 6455 section 4).
struct WsUpgrade {
  std::string subprotocol;    // the chosen one: sync.v1.json or sync.v1.cbor; never empty
  std::string authorization;  // the header's value, or empty
  std::string origin;
  std::string client_address;
};

// The socket's side. All methods may be called from any thread.
class WsPeer {
 public:
  virtual ~WsPeer() = default;
  // Queues one whole message. The payload is shared: a broadcast encodes once.
  virtual void send(std::shared_ptr<const std::string> payload) = 0;
  // Bytes queued here and not yet taken by the kernel: what bounds a slow reader.
  virtual std::size_t queued_bytes() const noexcept = 0;
  // The handler takes messages again.
  virtual void resume() = 0;
  // Sends a close frame behind what is queued, then ends the connection (RFC 6455 section 7).
  virtual void close(std::uint16_t code, std::string reason) = 0;
};

// The application's side. Called on the connection's I/O thread only, never after on_close.
class WsHandler {
 public:
  virtual ~WsHandler() = default;
  // Until it says so no further message is handed over, and nothing is read that could hold one.
  // After false the handler calls WsPeer::resume() as soon as that changes.
  virtual bool takes_messages() const { return true; }
  // Of the next message; asked again after each. A longer one ends the connection (1009).
  virtual std::size_t message_bytes_max() const { return limits::request_bytes_max; }
  virtual void on_message(std::string payload) = 0;
  // The queue ran empty after having been non-empty.
  virtual void on_drained() = 0;
  virtual void on_close() = 0;
};

// Decides about an upgrade: a handler, or an error that becomes the HTTP answer.
class WsAcceptor {
 public:
  virtual ~WsAcceptor() = default;
  virtual Result<std::shared_ptr<WsHandler>> accept(WsUpgrade upgrade,
                                                    std::shared_ptr<WsPeer> peer) = 0;
};

}  // namespace studiosync::server
