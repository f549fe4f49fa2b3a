#include "tests/core/sync/world.hpp"

#include <algorithm>

#include "core/base/answer_limits.hpp"
#include "core/base/check.hpp"
#include "core/protocol/codec.hpp"
#include "core/sync/digest.hpp"
#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

constexpr std::uint64_t steps_max = 1'000'000;  // beyond it something goes round in circles

Error broken() {
  return {.code = ErrorCode::network_error, .message = "the connection broke"};
}

}  // namespace

World::World(std::uint64_t seed) : random_(seed) {
  const TestServer::Wires wires{.send =
                                    [this](Link link, const Frame& frame) {
                                      const auto at = wires_.find(link);
                                      if (at == wires_.end()) return;
                                      later(arrival(at->second.down),
                                            [this, link, bytes = encode(frame, Encoding::json)] {
                                              deliver(link, bytes, false);
                                            });
                                    },
                                .hang_up = [this](Link link) { hang_up(link); }};
  server_ = std::make_unique<TestServer>([this] { return now_; }, wires, random_.next());
}

SimDevice& World::add_device(const std::string& name, EngineOptions options) {
  const auto letter = static_cast<std::uint8_t>('A' + devices_.size());
  devices_.push_back(
      std::make_unique<SimDevice>(*this, device_store(name, letter), options, random_.next()));
  return *devices_.back();
}

void World::open(SimDevice& device, Connection connection) {
  const Link link = ++last_link_;
  wires_[link] = {&device, connection, false, now_, now_};
  later(arrival(wires_[link].down), [this, link] {
    const auto at = wires_.find(link);
    if (at == wires_.end()) return;
    const Wire wire = at->second;
    if (reachable) {
      at->second.open = true;
      server_->opened(link);
      wire.device->opened(wire.connection);
    } else {
      wires_.erase(at);
      wire.device->closed(wire.connection, {.code = ErrorCode::connection_refused});
    }
  });
}

void World::send(SimDevice& device, const Frame& frame) {
  const Link link = link_of(device);
  if (!wires_.contains(link)) return;
  const std::string bytes = encode(frame, Encoding::json);
  if (on_bytes) on_bytes(bytes);
  const auto at = wires_.find(link);
  if (at == wires_.end()) return;  // who saw the bytes broke the link
  later(arrival(at->second.up), [this, link, bytes] { deliver(link, bytes, true); });
}

void World::disconnect(SimDevice& device) {
  const Link link = link_of(device);
  wires_.erase(link);
  server_->closed(link);
}

// Frames of one direction arrive in order.
WallTime World::arrival(WallTime& previous) {
  const Millis delay{static_cast<std::int64_t>(5 + random_.below(20))};
  previous = std::max(previous, now_ + delay);
  return previous;
}

void World::deliver(Link link, const std::string& bytes, bool to_server) {
  const auto at = wires_.find(link);
  if (at == wires_.end()) return;
  const bool too_large = !to_server && bytes.size() > limits::server_message_bytes_max;
  if (too_large) return break_link(link);
  const std::uint64_t number = frames_++;
  const Fate fate = faults ? faults(number) : Fate::delivered;
  if (fate == Fate::swallowed) return;
  if (fate == Fate::lost) {
    break_link(link);
    return;
  }
  const auto frame = decode(bytes, Encoding::json);
  SS_CHECK(frame.has_value());
  Wire wire = at->second;
  if (fate == Fate::cut_after) {
    // What follows from the frame finds nobody at the other end any more.
    wires_.erase(at);
    hand_over(wire, link, *frame, to_server);
    server_->closed(link);
    wire.device->closed(wire.connection, broken());
  } else {
    hand_over(wire, link, *frame, to_server);
  }
}

void World::hand_over(Wire& wire, Link link, const Frame& frame, bool to_server) {
  if (to_server) {
    server_->received(link, frame);
  } else {
    wire.device->received(wire.connection, frame);
  }
}

// The server ends a connection: what it sent before still arrives.
void World::hang_up(Link link) {
  server_->closed(link);
  const auto at = wires_.find(link);
  if (at == wires_.end()) return;
  later(arrival(at->second.down), [this, link] { break_link(link); });
}

void World::break_link(Link link) {
  const auto at = wires_.find(link);
  if (at == wires_.end()) return;
  const Wire wire = at->second;
  wires_.erase(at);
  server_->closed(link);
  wire.device->closed(wire.connection, broken());
}

void World::cut(SimDevice& device) {
  break_link(link_of(device));
}

void World::cut_all() {
  while (!wires_.empty()) break_link(wires_.begin()->first);
}

World::Link World::link_of(const SimDevice& device) const {
  for (const auto& [link, wire] : wires_) {
    if (wire.device == &device) return link;
  }
  return 0;
}

bool World::quiet() const {
  return events_.empty() &&
         std::all_of(devices_.begin(), devices_.end(), [](const auto& d) { return d->at_rest(); });
}

// The next event, or the next timer; false when there is none up to `until`.
bool World::step(WallTime until) {
  SimDevice* sleeper = nullptr;
  WallTime next = events_.empty() ? until + Millis{1} : events_.begin()->first;
  for (const auto& candidate : devices_) {
    const auto wake = candidate->wake_at();
    if (!wake || *wake >= next) continue;
    next = *wake;
    sleeper = candidate.get();
  }
  if (next > until) return false;
  now_ = next;
  if (sleeper != nullptr) {
    sleeper->timer();
    return true;
  }
  const auto event = std::move(events_.begin()->second);
  events_.erase(events_.begin());
  event();
  return true;
}

bool World::settle(Millis patience) {
  const WallTime deadline = now_ + patience;
  for (std::uint64_t steps = 0; steps < steps_max; ++steps) {
    if (quiet()) return true;
    if (!step(deadline)) return false;
  }
  return false;
}

void World::run_for(Millis span) {
  const WallTime end = now_ + span;
  for (std::uint64_t steps = 0; steps < steps_max && step(end); ++steps) continue;
  now_ = end;
}

std::string World::difference() {
  std::map<RecordKey, std::string> stored;
  Digest expected;
  for (const auto& [seq, record] : server_->user().log) {
    if (record.deleted) continue;
    stored[{record.type, record.id}] = record.content;
    expected.add(record);
  }
  std::string difference;
  for (const auto& device : devices_) {
    if (device->status().state != LinkState::live) continue;
    const std::string who = device->store().meta().device_name;
    Digest digest;
    for (const Record& shadow : device->store().live_shadows()) digest.add(shadow);
    if (digest.sums() != expected.sums()) difference += who + " has another digest\n";
    auto missing = stored;
    for (const EntityType type : user_entity_types) {
      for (const DeviceRecord& record : device->store().list(type, "", 100'000)) {
        if (record.local_only) continue;
        const auto at = missing.find({type, record.id});
        const std::string theirs = at == missing.end() ? "nothing" : at->second;
        if (outgoing(type, record.content).content() != theirs) {
          difference += who + " shows " + record.id + " as " + record.content + ", stored is " +
                        theirs + "\n";
        }
        if (at != missing.end()) missing.erase(at);
      }
    }
    for (const auto& [key, content] : missing) {
      if (key.type != EntityType::conflict) difference += who + " lacks " + key.id + "\n";
    }
  }
  return difference;
}

}  // namespace studiosync::testing
