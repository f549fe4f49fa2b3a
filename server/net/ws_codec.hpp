// RFC 6455's server role without a socket: bytes go in, messages and bytes come out.
// The one place on the server's side that uses websocketpp. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace studiosync::server {

enum class WsOpcode : std::uint8_t { text, binary };

class WsCodec {
 public:
  // Called within the codec's methods; must not destroy it.
  class Events {
   public:
    virtual ~Events() = default;
    // The handshake's answer and control frames, to be sent in this order.
    virtual void on_codec_bytes(std::string bytes) = 0;
    virtual void on_codec_message(std::string payload, WsOpcode opcode) = 0;
    // The close handshake is complete, or the peer broke the protocol: send what is queued, then
    // end.
    virtual void on_codec_end() = 0;
  };

  WsCodec(Events& events, std::size_t message_bytes_max);
  ~WsCodec();
  WsCodec(const WsCodec&) = delete;
  WsCodec& operator=(const WsCodec&) = delete;

  // Answers an upgrade that was checked and accepted.
  void open(std::string_view key, std::string_view subprotocol);
  // False when nothing more will be taken.
  bool feed(std::string_view bytes);
  // Whether data may be sent.
  bool is_open() const;
  void ping();
  // From the next frame on; may be called within Events.
  void limit_messages(std::size_t bytes_max);
  // False when no close frame can be sent any more.
  bool close(std::uint16_t code, std::string_view reason);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Servers do not mask, so one payload can follow the headers of many connections.
std::string ws_frame_header(WsOpcode opcode, std::size_t payload_bytes);

}  // namespace studiosync::server
