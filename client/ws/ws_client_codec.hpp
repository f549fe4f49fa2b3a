// RFC 6455's client role without a socket. The one place on the client's side that uses
// websocketpp.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "client/ws/ws_client.hpp"
#include "core/base/error.hpp"

namespace studiosync::client {

class WsClientCodec {
 public:
  // Called within the codec's methods; must not destroy it.
  class Events {
   public:
    virtual ~Events() = default;
    virtual void on_codec_open() = 0;
    virtual void on_codec_bytes(std::string bytes) = 0;
    virtual void on_codec_message(std::string payload) = 0;
    // Send what is queued, then end with result().
    virtual void on_codec_end() = 0;
  };

  // The options' URL must be valid.
  WsClientCodec(Events& events, const WsClientOptions& options);
  ~WsClientCodec();
  WsClientCodec(const WsClientCodec&) = delete;
  WsClientCodec& operator=(const WsClientCodec&) = delete;

  // Sends the upgrade request.
  void start();
  // False when nothing more will be taken.
  bool feed(std::string_view bytes);
  // The peer's end.
  void eof();
  void send(const std::string& message);
  void close();

  bool is_open() const;
  // A close frame was sent or received.
  bool is_closing() const;
  // Why the connection ended, as far as the protocol knows.
  Error result() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace studiosync::client
