// One device of a run: the product's engine and connection over a store in memory, timed.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "client/ws/ws_client.hpp"
#include "core/sync/client_engine.hpp"
#include "core/sync/local_edit.hpp"
#include "e2e/history/device_watch.hpp"
#include "loadtest/fleet/edit_tracker.hpp"
#include "loadtest/fleet/lean_device_store.hpp"
#include "loadtest/fleet/user.hpp"
#include "loadtest/fleet/world.hpp"

namespace studiosync::load {

// On the world's one thread.
class VirtualDevice {
 public:
  struct Options {
    std::string id;
    std::size_t place = 0;  // within the user, below devices_a_user_max
    std::optional<std::size_t> contents_max;
    std::string source_address;  // to connect from; empty: the system's choice
    bool in_history = true;      // where one is written
  };
  // `world` and `user` outlive it. Offline at first.
  VirtualDevice(World& world, User& user, Options options);
  ~VirtualDevice();
  VirtualDevice(const VirtualDevice&) = delete;
  VirtualDevice& operator=(const VirtualDevice&) = delete;

  // Goes online; `connect` is timed from `intended` until the server's welcome.
  void start(Moment intended);
  // Goes offline, as the user wishes; edits go on.
  void stop();
  // The network takes the connection away; the engine comes back by itself.
  void cut();

  // A user's edit that was meant to be made at `intended`.
  Result<> put(EntityType type, const std::string& id, Json data, Moment intended);

  // Calls `told` once, in a later turn, as soon as everything of this device is settled and
  // everything up to the server's head is applied.
  void when_synced(std::function<void()> told);
  // Asks for the server's head as it is from now on.
  void pull_now();
  // Compares all records with the server's. Nothing is told where somebody wrote meanwhile.
  void compare_digest(std::function<void(std::optional<bool> equal)> told);

  // What has no answer by now will have none: it counts as a time-out that took until now. Who
  // waits for the device to be synced is forgotten.
  void give_up();

  bool online() const noexcept { return online_; }
  // Ever: one that was not has read nothing.
  bool started() const noexcept { return started_; }
  bool live() const noexcept { return state_ == LinkState::live; }
  LinkState state() const noexcept { return state_; }
  // What it holds, for the end of a history.
  void note_state();

  std::size_t outstanding() const noexcept { return tracker_.outstanding(); }
  LeanDeviceStore& store() noexcept { return store_; }

 private:
  void give_identity(const Options& options);
  // One event of the engine; `frame` is what it received, or null.
  template <class MakeEffects>
  void turn(const Frame* frame, MakeEffects event);
  // Also tells what a history says of it.
  Result<EditOutcome> write(EntityType type, const std::string& id, const Json& data, WallTime now,
                            std::optional<e2e::Edited>& edited);
  void note(e2e::Turned::What what);
  void apply(Effects effects);
  void open(Connection connection);
  void closed(Connection connection, Error error);
  void receive(Connection connection, const std::string& message);
  void send(const Frame& frame);
  void note_sent(const Push& push);
  void note_answer(const Frame& frame, Seq before);
  void note_rows(const std::vector<Record>& rows, Seq before);
  void note_arrival(const Record& row, Moment now);
  void note_arrived(const RecordKey& key, const Origin& origin, Version version, Moment now);
  void take(const Notice& notice);
  void take_state();
  bool made_a_version(const Settled& settled);
  void take_settled(const Settled& settled);
  void take_refused(const Notice& notice);
  bool take_own_answer(const Frame& frame);
  void tell_digest(std::optional<bool> equal);
  void tell_if_synced();

  World& world_;
  User& user_;
  const std::size_t place_;
  const std::string name_;
  const std::string source_address_;
  LeanDeviceStore store_;
  ReplicaId replica_;
  ClientEngine engine_;
  EditTracker tracker_;
  std::optional<e2e::DeviceWatch> watch_;  // where a history is written
  const std::size_t alarm_;
  std::unique_ptr<client::WsClient> socket_;
  Connection connection_;
  LinkState state_ = LinkState::stopped;
  bool online_ = false;
  bool started_ = false;
  bool welcomed_ = false;  // ever
  std::optional<Moment> connecting_since_;
  std::map<std::string, Moment> pulls_;  // asked, not yet answered
  std::vector<std::function<void()>> when_synced_;
  std::function<void(std::optional<bool>)> digest_told_;
};

}  // namespace studiosync::load
