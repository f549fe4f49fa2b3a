#include "e2e/sim/network.hpp"

#include <algorithm>

namespace studiosync::e2e {
namespace {

constexpr std::uint64_t path_delay_ms = 40;  // the slowest path's, without faults
constexpr Millis welcome_by{500};
constexpr std::uint64_t repeat_ms_max = 3'000;
constexpr Millis ghost_stays{10'000};

}  // namespace

// A connection that nobody reads: a push that some box on the way kept, and sends once more.
class Network::Ghost final : public server::WsPeer {
 public:
  void send(std::shared_ptr<const std::string>) override {}
  std::size_t queued_bytes() const noexcept override { return 0; }
  void resume() override {}
  void close(std::uint16_t, std::string) override {}

  std::shared_ptr<server::WsHandler> handler;  // null once it is over
};

Network::Network(Scheduler& scheduler, Recorder& recorder, ServerDoor& door, LinkKind kind,
                 std::uint64_t seed)
    : scheduler_(scheduler), recorder_(recorder), door_(door), kind_(kind), random_(seed) {}

Network::Path& Network::add(LinkUser& user, const std::string& lane, Encoding encoding) {
  paths_.push_back(std::make_unique<Path>(Path{&user, lane, encoding}));
  Path& path = *paths_.back();
  path.conditions.delay = {static_cast<std::int64_t>(1 + random_.below(path_delay_ms))};
  path.conditions.jitter = {static_cast<std::int64_t>(random_.below(path_delay_ms))};
  return path;
}

void Network::open(Path& path, Connection connection) {
  close(path);
  collect();
  const std::uint64_t number = ++last_link_;
  path.link = number;
  hellos_.erase(&path);
  LinkSetup setup{.scheduler = scheduler_,
                  .recorder = recorder_,
                  .door = door_,
                  .conditions = path.conditions,
                  .user = *path.user,
                  .lane = path.lane,
                  .connection = connection,
                  .upgrade = {.subprotocol = std::string(subprotocol(path.encoding))},
                  .seed = random_.next(),
                  .due = [this, number](LinkWay way, WallTime at) {
                    ++in_flight_;
                    scheduler_.at(at, [this, key = number * 2 + static_cast<std::uint64_t>(way)] {
                      arrived(key / 2, static_cast<LinkWay>(key % 2));
                    });
                  }};
  auto link = kind_ == LinkKind::bytes ? make_byte_link(std::move(setup))
                                       : make_frame_link(std::move(setup));
  links_.emplace(number, std::move(link)).first->second->open();
}

void Network::send(Path& path, const Frame& frame) {
  Link* link = find(path);
  if (link == nullptr) return;
  std::string bytes = encode(frame, path.encoding);
  if (std::holds_alternative<Hello>(frame.body)) hellos_[&path] = bytes;
  if (std::holds_alternative<Push>(frame.body) && path.conditions.repeat_push) {
    path.conditions.repeat_push = false;
    repeat_over_another_connection(path, bytes);
  }
  link->send(std::move(bytes));
}

void Network::close(Path& path) {
  if (Link* link = find(path)) link->leave();
  path.link = 0;
}

void Network::server_died() {
  resume_server();
  for (const auto& ghost : ghosts_) ghost->handler.reset();
  ghosts_.clear();
  for (const auto& [number, link] : links_) link->server_died();
}

bool Network::reaches(const Path& path) const {
  return door_.listening() && !server_paused_ && !path.conditions.blocked[0] &&
         !path.conditions.blocked[1];
}

bool Network::idle() const {
  return in_flight_ == 0;
}

Link* Network::find(const Path& path) {
  const auto at = links_.find(path.link);
  return at == links_.end() ? nullptr : at->second.get();
}

void Network::resume_server() {
  server_paused_ = false;
  for (const std::uint64_t number : std::exchange(waiting_, {})) {
    scheduler_.after({}, [this, number] { arrived(number, LinkWay::up); });
  }
}

void Network::arrived(std::uint64_t number, LinkWay way) {
  if (server_paused_ && way == LinkWay::up) return waiting_.push_back(number);
  --in_flight_;
  const auto at = links_.find(number);
  if (at == links_.end()) return;
  running_ = number;
  at->second->arrived(way);
  running_ = 0;
}

// Never the link that is on the stack.
void Network::collect() {
  std::erase_if(links_, [this](const auto& entry) {
    return entry.second->over() && entry.first != running_;
  });
}

void Network::repeat_over_another_connection(const Path& path, std::string push) {
  const auto hello = hellos_.find(&path);
  if (hello == hellos_.end()) return;
  const Millis wait{static_cast<std::int64_t>(1 + random_.below(repeat_ms_max))};
  server::WsUpgrade upgrade{.subprotocol = std::string(subprotocol(path.encoding))};
  scheduler_.after(
      wait, [this, upgrade, restores = restores_, hello = hello->second, push = std::move(push)] {
        if (restores != restores_) return;
        auto ghost = std::make_shared<Ghost>();
        auto handler = door_.listening() ? door_.accept(upgrade, ghost)
                                         : fail(ErrorCode::connection_refused, "nobody listens");
        if (!handler) return;
        ghost->handler = *handler;
        ghosts_.push_back(ghost);
        ghost->handler->on_message(hello);
        scheduler_.after(welcome_by, [ghost, push] {
          if (ghost->handler) ghost->handler->on_message(push);
        });
        scheduler_.after(ghost_stays, [ghost] {
          if (ghost->handler) ghost->handler->on_close();
          ghost->handler.reset();
        });
      });
}

}  // namespace studiosync::e2e
