#include "tests/core/sync/sim_device.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "core/sync/refused.hpp"

namespace studiosync::testing {

SimDevice::SimDevice(Network& network, client::MemoryDeviceStore store, EngineOptions options,
                     std::uint64_t seed)
    : network_(network), store_(std::move(store)), options_(options), seed_(seed) {
  engine_.emplace(engine_store_, options_, Random(seed_));
  perform(engine_->token_changed("good", clock()));
}

void SimDevice::start() {
  perform(engine_->start(clock()));
}

void SimDevice::toggle() {
  if (status().state == LinkState::stopped) {
    start();
  } else {
    stop();
  }
}

void SimDevice::stop() {
  perform(engine_->stop(clock()));
}

void SimDevice::put(EntityType type, std::string_view id, std::string_view data) {
  SS_CHECK(store_.begin().has_value());
  SS_CHECK(put_record(store_, type, id, parse_json(data).value(), clock()).has_value());
  SS_CHECK(store_.commit().has_value());
  perform(engine_->edited(clock()));
}

bool SimDevice::erase(EntityType type, std::string_view id) {
  SS_CHECK(store_.begin().has_value());
  const bool there = delete_record(store_, type, id, clock()).has_value();
  SS_CHECK(store_.commit().has_value());
  perform(engine_->edited(clock()));
  return there;
}

std::string SimDevice::shown(EntityType type, std::string_view id) {
  return store_.find(type, id).value_or(DeviceRecord{}).content;
}

void SimDevice::log_in(const std::string& token) {
  perform(engine_->token_changed(token, clock()));
}

void SimDevice::ask_digest() {
  perform(engine_->ask_digest(clock()));
}

void SimDevice::confirm_sweep() {
  perform(engine_->confirm_sweep(clock()));
}

void SimDevice::decide_rejected(Result<> (*decide)(DeviceStore&, ChangeId, WallTime)) {
  SS_CHECK(store_.begin().has_value());
  for (const RejectedChange& rejected : store_.rejected()) {
    SS_CHECK(decide(store_, rejected.change.change, clock()).has_value());
  }
  SS_CHECK(store_.commit().has_value());
  perform(engine_->edited(clock()));
}

void SimDevice::retry_rejected() {
  decide_rejected(retry_refused);
}

void SimDevice::discard_rejected() {
  decide_rejected(discard_refused);
}

void SimDevice::reboot(client::MemoryDeviceStore store) {
  network_.disconnect(*this);
  store_ = std::move(store);
  wake_.reset();
  engine_.emplace(engine_store_, options_, Random(++seed_));
  perform(engine_->token_changed("good", clock()));
}

void SimDevice::opened(Connection connection) {
  perform(engine_->opened(connection, clock()));
}

void SimDevice::closed(Connection connection, const Error& error) {
  perform(engine_->closed(connection, error, clock()));
}

void SimDevice::received(Connection connection, const Frame& frame) {
  if (const auto ahead = engine_->ask_ahead(connection, frame, clock())) {
    network_.send(*this, *ahead);
  }
  perform(engine_->received(connection, frame, clock()));
}

void SimDevice::timer() {
  perform(engine_->timer(clock()));
}

std::optional<WallTime> SimDevice::wake_at() const {
  if (!wake_) return std::nullopt;
  return std::max(*wake_, network_.now());
}

bool SimDevice::at_rest() const {
  const EngineStatus now = status();
  return now.synced || now.state == LinkState::stopped || now.state == LinkState::halted;
}

std::size_t SimDevice::count(Notice::Kind kind) const {
  return static_cast<std::size_t>(std::count_if(notices_.begin(), notices_.end(),
                                                [&](const Notice& n) { return n.kind == kind; }));
}

void SimDevice::perform(Effects effects) {
  if (effects.disconnect) network_.disconnect(*this);
  if (effects.connect) network_.open(*this, *effects.connect);
  for (const Frame& frame : effects.send) network_.send(*this, frame);
  wake_.reset();
  if (effects.wake_at) wake_ = *effects.wake_at - skew;
  notices_.insert(notices_.end(), effects.notices.begin(), effects.notices.end());
}

}  // namespace studiosync::testing
