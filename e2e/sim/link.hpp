// One connection between a device and the server: two ordered directions with delays, and two ends
// that may notice its end at different times, or only by the other's silence. How messages become
// bytes is a subclass's. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/random.hpp"
#include "core/sync/engine_types.hpp"
#include "e2e/sim/recorder.hpp"
#include "server/net/ws_types.hpp"

namespace studiosync::e2e {

enum class LinkWay : std::uint8_t { up, down };  // to the server, to the device

// Of a device's path to the server, whichever connection uses it.
struct LinkConditions {
  Millis delay{10};
  Millis jitter{10};
  Millis extra{};                 // beside the delay
  Millis slow{};                  // the device takes that long for each message
  std::array<bool, 2> blocked{};  // by way: what is on it vanishes silently
  // By way: the connection breaks after so many more bytes.
  std::array<std::optional<std::int64_t>, 2> cut_after{};
  bool repeat_push = false;  // the next push arrives once more, over another connection
};

// The device's end, above the WebSocket.
class LinkUser {
 public:
  virtual ~LinkUser() = default;
  virtual void link_opened(Connection connection) = 0;
  virtual void link_received(Connection connection, const std::string& payload) = 0;
  virtual void link_closed(Connection connection, const Error& error) = 0;
};

// The server's end.
class ServerDoor : public server::WsAcceptor {
 public:
  virtual bool listening() const = 0;
};

struct LinkSetup {
  Scheduler& scheduler;
  Recorder& recorder;
  ServerDoor& door;
  LinkConditions& conditions;
  LinkUser& user;
  std::string lane;  // the device's
  Connection connection;
  server::WsUpgrade upgrade;
  std::uint64_t seed;
  // Has `arrived` called for the way at that time.
  std::function<void(LinkWay, WallTime)> due;
};

class Link {
 public:
  explicit Link(LinkSetup setup);
  virtual ~Link();
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;

  void open();
  // The device's: `kind` is the frame's type, for the history.
  void send(std::string payload);
  void leave();  // it closes its end, or dies
  void server_died();
  void arrived(LinkWay way);  // the next packet is due
  bool over() const noexcept { return device_gone_ && server_gone_; }
  const LinkSetup& setup() const noexcept { return setup_; }

 protected:
  // For the subclass: both ends can reach each other.
  virtual void connected() = 0;
  virtual void device_sends(const std::string& payload) = 0;
  virtual void server_sends(const std::string& payload) = 0;
  virtual void server_closes(std::uint16_t code, const std::string& reason) = 0;
  virtual void bytes_arrived(LinkWay way, const std::string& bytes) = 0;
  virtual void end_arrived(LinkWay way) = 0;  // in order, behind everything else
  virtual bool in_pieces() const = 0;         // whether a part of what was transmitted can arrive
  virtual Error broken() const;

  // What the subclass does.
  bool accept_device();  // false: the server refused it
  void transmit(LinkWay way, std::string bytes);
  void transmit_end(LinkWay way);
  void message_arrived(LinkWay way, std::string payload);
  void open_device();
  void end_device(const Error& error);
  void end_server();

 private:
  class Peer;
  struct Packet {
    enum class Kind : std::uint8_t { bytes, end, reset } kind = Kind::bytes;
    std::string bytes{};
  };
  struct Pipe {
    std::deque<Packet> packets;
    std::deque<std::uint64_t> messages;  // their frame numbers
    std::size_t bytes = 0;
    WallTime last;
    bool dead = false;  // nothing arrives any more, and nobody is told
  };

  Pipe& pipe(LinkWay way) noexcept { return pipes_[static_cast<std::size_t>(way)]; }
  bool gone(LinkWay to) const noexcept { return to == LinkWay::up ? server_gone_ : device_gone_; }
  void push(LinkWay way, Packet packet);
  void break_at(LinkWay way, std::string bytes);
  void die(LinkWay way);
  void silent(LinkWay way);
  void lose_messages(LinkWay way, std::string_view why);
  void note_sent(LinkWay way, const std::string& payload);
  void from_server(const std::string& payload);
  void close_from_server(std::uint16_t code, const std::string& reason);
  void give_up_connecting(ErrorCode code, Millis after);
  std::size_t queued_down() const noexcept;
  // Runs the task unless the link is gone by then.
  void later(Millis delay, std::function<void()> task);

  LinkSetup setup_;
  Random random_;
  std::array<Pipe, 2> pipes_;
  std::shared_ptr<Peer> peer_;
  std::shared_ptr<server::WsHandler> handler_;
  std::shared_ptr<bool> alive_;
  bool device_gone_ = false;
  bool server_gone_ = true;  // until it accepts
  bool server_closing_ = false;
};

// Whole messages; fast.
std::unique_ptr<Link> make_frame_link(LinkSetup setup);
// Through WebSocket framing, cut into pieces anywhere.
std::unique_ptr<Link> make_byte_link(LinkSetup setup);

}  // namespace studiosync::e2e
