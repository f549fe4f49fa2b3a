// A device of the simulated world: the real engine over a store in memory.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "client/store/memory_device_store.hpp"
#include "core/sync/client_engine.hpp"
#include "core/sync/local_edit.hpp"
#include "tests/core/sync/dying_store.hpp"

namespace studiosync::testing {

class SimDevice;

// What a device can do to the world around it.
class Network {
 public:
  virtual ~Network() = default;
  virtual WallTime now() const = 0;
  virtual void open(SimDevice& device, Connection connection) = 0;
  virtual void send(SimDevice& device, const Frame& frame) = 0;
  virtual void disconnect(SimDevice& device) = 0;
};

class SimDevice {
 public:
  SimDevice(Network& network, client::MemoryDeviceStore store, EngineOptions options,
            std::uint64_t seed);
  SimDevice(const SimDevice&) = delete;
  SimDevice& operator=(const SimDevice&) = delete;

  // The user's doings.
  void start();
  void stop();
  // Starts it when it is stopped, and the other way round.
  void toggle();
  void put(EntityType type, std::string_view id, std::string_view data);
  bool erase(EntityType type, std::string_view id);  // whether it was there
  std::string shown(EntityType type, std::string_view id);
  void log_in(const std::string& token);
  void ask_digest();
  void confirm_sweep();
  // Every change on the rejected list, held deletes included.
  void retry_rejected();
  void discard_rejected();

  // The process ends, and begins again on `store`: what a restored backup or a clone looks like.
  void reboot(client::MemoryDeviceStore store);

  // The process dies once it has had so many more transactions; reboot brings it back.
  void die_after(std::optional<std::uint64_t> transactions) {
    engine_store_.die_after(transactions);
  }
  bool dead() const { return engine_store_.dead(); }
  // What another process does to the store as soon as the engine has set a copy aside.
  void behind_the_copy(std::function<void()> work) {
    engine_store_.behind_the_copy(std::move(work));
  }

  // What comes from outside.
  void opened(Connection connection);
  void closed(Connection connection, const Error& error);
  void received(Connection connection, const Frame& frame);
  void timer();

  client::MemoryDeviceStore& store() { return store_; }
  EngineStatus status() const { return engine_->status(); }
  std::optional<WallTime> wake_at() const;
  bool at_rest() const;  // synced, or without a connection by intention
  const std::vector<Notice>& notices() const { return notices_; }
  std::size_t count(Notice::Kind kind) const;
  Millis skew{};  // of its wall clock

 private:
  WallTime clock() const { return network_.now() + skew; }
  void decide_rejected(Result<> (*decide)(DeviceStore&, ChangeId, WallTime));
  void perform(Effects effects);

  Network& network_;
  client::MemoryDeviceStore store_;
  DyingStore engine_store_{store_};
  EngineOptions options_;
  std::uint64_t seed_;
  std::optional<ClientEngine> engine_;
  std::optional<WallTime> wake_;  // by the world's clock: setting the device's moves no timer
  std::vector<Notice> notices_;
};

}  // namespace studiosync::testing
