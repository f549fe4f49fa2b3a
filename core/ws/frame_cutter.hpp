// Takes the whole text messages out of what a WebSocket's peer sends, and leaves the rest as it
// came.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace studiosync {

// What the peer's frames must be: a client masks, a server does not (RFC 6455 section 5.1).
enum class Masking : std::uint8_t { none, masked };

// Nearly all that is sent is one unfragmented text frame a message. A general WebSocket
// implementation looks at each of their bytes by itself, which costs more than reading what they
// say; this copies and checks them as a whole. Whatever is not such a frame (the upgrade, control
// frames, fragments) or not as RFC 6455 section 5.2 demands goes on to the general implementation,
// which answers or refuses it. One thread.
class FrameCutter {
 public:
  class Sink {
   public:
    virtual ~Sink() = default;
    // For the general implementation, in pieces that end anywhere. False when it takes no more.
    virtual bool on_other_bytes(std::string_view bytes) = 0;
    // The payload of one text message: UTF-8.
    virtual void on_whole_text(std::string payload) = 0;
    // The upgrade has been accepted and no close frame sent or received.
    virtual bool takes_messages() const = 0;
  };

  FrameCutter(Sink& sink, Masking peers, std::size_t message_bytes_max)
      : sink_(sink), peers_(peers), message_bytes_max_(message_bytes_max) {}

  // False when nothing more will be taken.
  bool feed(std::string_view bytes);
  // From the next frame on.
  void limit_messages(std::size_t bytes_max) noexcept { message_bytes_max_ = bytes_max; }

 private:
  enum class State : std::uint8_t { upgrade, header, text, other, unwatched };

  std::size_t upgrade(std::string_view bytes);
  bool read_header(char byte);
  bool begin_frame();
  bool pass_on(State next);
  bool read_payload(std::string_view bytes);
  bool end_text();

  Sink& sink_;
  const Masking peers_;
  std::size_t message_bytes_max_;
  State state_ = State::upgrade;
  std::size_t blank_line_ = 0;  // how much of "\r\n\r\n" has been seen
  std::string header_;
  std::string text_;
  std::uint64_t left_ = 0;  // of the frame's payload
  bool fragmented_ = false;
};

}  // namespace studiosync
