#include "e2e/sim/link.hpp"

#include <algorithm>
#include <utility>

#include "e2e/sim/frame_text.hpp"

namespace studiosync::e2e {
namespace {

// As the real ones are (client/ws, server/net).
constexpr Millis connect_timeout{10'000};
constexpr Millis idle_timeout{75'000};
constexpr Millis close_timeout{5'000};
// What the kernels on the way take, and what a server queues for a slow reader before it gives up.
// Small, so that few records suffice to reach the bounds.
constexpr std::size_t window_bytes = 4'096;
constexpr std::size_t queued_bytes_max = 128U << 10;
constexpr std::uint16_t close_try_again_later = 1013;

LinkWay other(LinkWay way) noexcept {
  return way == LinkWay::up ? LinkWay::down : LinkWay::up;
}

std::string_view name_of(LinkWay way) noexcept {
  return way == LinkWay::up ? "up" : "down";
}

}  // namespace

// Lives as long as a channel holds it; the link may be gone before.
class Link::Peer final : public server::WsPeer {
 public:
  explicit Peer(Link& link) : link_(&link) {}
  void detach() noexcept { link_ = nullptr; }

  void send(std::shared_ptr<const std::string> payload) override {
    if (link_ != nullptr) link_->from_server(*payload);
  }
  std::size_t queued_bytes() const noexcept override {
    return link_ == nullptr ? 0 : link_->queued_down();
  }
  // Messages are handed over all the same: a device asks for little at once.
  void resume() override {}
  void close(std::uint16_t code, std::string reason) override {
    if (link_ != nullptr) link_->close_from_server(code, reason);
  }

 private:
  Link* link_;
};

Link::Link(LinkSetup setup)
    : setup_(std::move(setup)), random_(setup_.seed), alive_(std::make_shared<bool>(true)) {}

Link::~Link() {
  if (peer_) peer_->detach();
}

Error Link::broken() const {
  return {.code = ErrorCode::network_error, .message = "the connection was lost"};
}

void Link::later(Millis delay, std::function<void()> task) {
  setup_.scheduler.after(delay, [alive = std::weak_ptr<bool>(alive_), task = std::move(task)] {
    if (!alive.expired()) task();
  });
}

void Link::open() {
  const LinkConditions& path = setup_.conditions;
  if (path.blocked[0] || path.blocked[1]) {
    return give_up_connecting(ErrorCode::timeout, connect_timeout);
  }
  const Millis there = path.delay + path.extra;
  if (!setup_.door.listening()) return give_up_connecting(ErrorCode::connection_refused, there);
  later(there + there, [this] {
    if (device_gone_) return;
    if (!setup_.door.listening()) return end_device({.code = ErrorCode::connection_refused});
    server_gone_ = false;
    connected();
  });
}

void Link::give_up_connecting(ErrorCode code, Millis after) {
  later(after, [this, code] { end_device({.code = code, .message = "cannot connect"}); });
}

bool Link::accept_device() {
  peer_ = std::make_shared<Peer>(*this);
  auto handler = setup_.door.accept(setup_.upgrade, peer_);
  if (!handler) return false;
  handler_ = std::move(*handler);
  return true;
}

void Link::open_device() {
  if (!device_gone_) setup_.user.link_opened(setup_.connection);
}

void Link::send(std::string payload) {
  if (device_gone_) return;
  note_sent(LinkWay::up, payload);
  device_sends(payload);
}

void Link::from_server(const std::string& payload) {
  if (server_gone_ || server_closing_) return;
  if (queued_down() > 0 && queued_down() + payload.size() > queued_bytes_max) {
    return close_from_server(close_try_again_later, "reads too slowly");
  }
  note_sent(LinkWay::down, payload);
  server_sends(payload);
}

void Link::close_from_server(std::uint16_t code, const std::string& reason) {
  if (server_gone_ || std::exchange(server_closing_, true)) return;
  server_closes(code, reason);
  later(close_timeout, [this] {
    if (server_gone_) return;
    end_server();
    push(LinkWay::down, {Packet::Kind::reset});
  });
}

void Link::leave() {
  if (std::exchange(device_gone_, true)) return;
  lose_messages(LinkWay::down, "the device is gone");
  push(LinkWay::up, {Packet::Kind::end});
}

// Its kernel answers for the dead process, behind what was sent before.
void Link::server_died() {
  if (std::exchange(server_gone_, true)) return;
  lose_messages(LinkWay::up, "the server is gone");
  if (peer_) peer_->detach();
  handler_.reset();
  push(LinkWay::down, {Packet::Kind::reset});
}

void Link::end_device(const Error& error) {
  if (std::exchange(device_gone_, true)) return;
  lose_messages(LinkWay::down, "the connection ended");
  setup_.user.link_closed(setup_.connection, error);
}

void Link::end_server() {
  if (std::exchange(server_gone_, true)) return;
  lose_messages(LinkWay::up, "the connection ended");
  if (peer_) peer_->detach();
  if (const auto handler = std::exchange(handler_, nullptr)) handler->on_close();
}

void Link::transmit(LinkWay way, std::string bytes) {
  auto& cut = setup_.conditions.cut_after[static_cast<std::size_t>(way)];
  if (cut) {
    const auto size = static_cast<std::int64_t>(bytes.size());
    if (size > *cut) return break_at(way, std::move(bytes));
    *cut -= size;
  }
  push(way, {Packet::Kind::bytes, std::move(bytes)});
}

void Link::transmit_end(LinkWay way) {
  push(way, {Packet::Kind::end});
}

// The first bytes may still arrive; then both ends hear that the connection is gone.
void Link::break_at(LinkWay way, std::string bytes) {
  auto& cut = setup_.conditions.cut_after[static_cast<std::size_t>(way)];
  bytes.resize(static_cast<std::size_t>(*cut));
  cut.reset();
  if (in_pieces()) push(way, {Packet::Kind::bytes, std::move(bytes)});
  push(way, {Packet::Kind::reset});
  push(other(way), {Packet::Kind::reset});
}

void Link::push(LinkWay way, Packet packet) {
  Pipe& line = pipe(way);
  const LinkConditions& path = setup_.conditions;
  if (path.blocked[static_cast<std::size_t>(way)]) die(way);
  if (line.dead) return lose_messages(way, "partitioned");
  const auto jitter = random_.below(static_cast<std::uint64_t>(path.jitter.count) + 1);
  WallTime at =
      setup_.scheduler.now() + path.delay + path.extra + Millis{static_cast<std::int64_t>(jitter)};
  if (way == LinkWay::down)
    at = std::max(at, std::max(line.last, setup_.scheduler.now()) + path.slow);
  line.last = std::max(line.last, at);
  line.bytes += packet.bytes.size();
  line.packets.push_back(std::move(packet));
  setup_.due(way, line.last);
}

void Link::arrived(LinkWay way) {
  Pipe& line = pipe(way);
  if (setup_.conditions.blocked[static_cast<std::size_t>(way)]) die(way);
  if (line.packets.empty()) return;
  const Packet packet = std::move(line.packets.front());
  line.packets.pop_front();
  line.bytes -= packet.bytes.size();
  if (gone(way)) {
    lose_messages(way, "nobody is there");
    if (packet.kind == Packet::Kind::bytes && !gone(other(way))) {
      push(other(way), {Packet::Kind::reset});
    }
  } else if (packet.kind == Packet::Kind::bytes) {
    bytes_arrived(way, packet.bytes);
    if (way == LinkWay::down && line.packets.empty() && handler_) handler_->on_drained();
  } else if (packet.kind == Packet::Kind::end) {
    end_arrived(way);
  } else if (way == LinkWay::up) {
    end_server();
  } else {
    end_device(broken());
  }
}

void Link::message_arrived(LinkWay way, std::string payload) {
  Pipe& line = pipe(way);
  Recorder& recorder = setup_.recorder;
  if (!line.messages.empty()) {
    const std::uint64_t number = line.messages.front();
    line.messages.pop_front();
    if (recorder.frames()) {
      recorder.note(way == LinkWay::up ? "server" : setup_.lane, Arrived{number});
    }
  }
  recorder.hash(static_cast<std::uint64_t>(setup_.scheduler.now().unix_ms), setup_.lane,
                name_of(way), payload);
  if (way == LinkWay::down) {
    if (!device_gone_) setup_.user.link_received(setup_.connection, payload);
  } else if (handler_ && !server_closing_) {
    handler_->on_message(std::move(payload));
  }
}

// An end that hears nothing for long enough, no ping and no answer to its own, gives up.
void Link::die(LinkWay way) {
  Pipe& line = pipe(way);
  if (std::exchange(line.dead, true)) return;
  line.packets.clear();
  line.bytes = 0;
  lose_messages(way, "partitioned");
  later(idle_timeout, [this, way] { silent(way); });
}

void Link::silent(LinkWay way) {
  if (gone(way)) return;
  if (way == LinkWay::up) {
    end_server();
  } else {
    end_device({.code = ErrorCode::timeout, .message = "the server is silent"});
  }
  push(other(way), {Packet::Kind::reset});
}

void Link::note_sent(LinkWay way, const std::string& payload) {
  Recorder& recorder = setup_.recorder;
  const bool up = way == LinkWay::up;
  recorder.look_for_leaks(up ? setup_.lane : "server", "a frame", payload);
  const std::uint64_t number = recorder.next_frame();
  pipe(way).messages.push_back(number);
  if (!recorder.frames()) return;
  const FrameText text = describe(payload, setup_.upgrade.subprotocol);
  recorder.note(up ? setup_.lane : "server",
                Sent{number, up ? "server" : setup_.lane, text.type, text.about});
}

void Link::lose_messages(LinkWay way, std::string_view why) {
  Recorder& recorder = setup_.recorder;
  for (const std::uint64_t number : std::exchange(pipe(way).messages, {})) {
    if (recorder.frames()) recorder.note("network", Lost{number, std::string(why)});
  }
}

std::size_t Link::queued_down() const noexcept {
  const std::size_t bytes = pipes_[static_cast<std::size_t>(LinkWay::down)].bytes;
  return bytes > window_bytes ? bytes - window_bytes : 0;
}

}  // namespace studiosync::e2e
