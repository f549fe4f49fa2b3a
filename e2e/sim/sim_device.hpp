// A device of the simulation: the real engine over a storage that outlives it, with a process that
// starts and dies, a user who edits, and a clock of its own.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/sync/client_engine.hpp"
#include "core/sync/local_edit.hpp"
#include "e2e/history/device_watch.hpp"
#include "e2e/sim/network.hpp"
#include "e2e/sim/sim_gate.hpp"
#include "e2e/sim/storage.hpp"

namespace studiosync::e2e {

class SimDevice final : private LinkUser {
 public:
  struct Parts {
    Scheduler& scheduler;
    Recorder& recorder;
    Network& network;
    SimGate& gate;
    std::uint64_t seed;
    Encoding encoding = Encoding::json;
  };
  // A new database, set up and logged in.
  SimDevice(const Parts& parts, const DeviceSpec& spec, std::unique_ptr<DeviceStorage> storage);
  // A database that another device had, with its identity and its login.
  SimDevice(const Parts& parts, const std::string& name, SimDevice& original);

  const std::string& name() const noexcept { return spec_.name; }
  const std::string& user() const noexcept { return spec_.user; }
  const DeviceId& id() const noexcept { return device_; }
  bool running() const noexcept { return engine_.has_value(); }
  WallTime clock() const { return parts_.scheduler.now() + skew_; }
  LinkConditions& path() noexcept { return path_.conditions; }
  bool reaches_server() const { return parts_.network.reaches(path_); }

  // The process's life. A start goes online again unless the user had gone offline.
  void start();
  void crash();
  void expect_crash() { storage_->expect_crash(); }
  void online();
  void offline();
  void backup();
  void restore();  // nothing where there is no backup
  void set_skew(Millis skew);
  void set_disk_full(bool full);

  // The user's doings; nothing while the process is dead. An error: it did not come to be.
  Result<> put(EntityType type, const std::string& id, const Json& data);
  Result<> remove(EntityType type, const std::string& id);
  void retry_rejected();
  void discard_rejected();
  void log_in();
  void expire_token();
  void end_login();
  void revoke();
  void pull_now();
  void confirm();  // what it asked before it removes much
  // From now on the user answers every question and logs in where that is what it waits for.
  void agree_to_everything();

  // Only while running.
  EngineStatus status() const { return engine_->status(); }
  DeviceStore& store() noexcept { return *store_; }
  // Nothing more will come of it by itself.
  bool at_rest() const;
  DeviceState state();

 private:
  void link_opened(Connection connection) override;
  void link_received(Connection connection, const std::string& payload) override;
  void link_closed(Connection connection, const Error& error) override;

  void set_up();
  void boot();
  void end_process();
  // One event of the engine; what it did to the store is written down before anything is sent.
  void turn(const Frame* frame, const std::function<Effects()>& event);
  void perform(Effects effects);
  void wake_at(std::optional<WallTime> device_time);
  void wake();
  void take(const Notice& notice);
  void refresh_token();
  bool waits_for_user() const;
  void answer();  // what it waits for
  // What `write` adds to the list is written down when it is durable, before anything is sent.
  using Edits = std::vector<Happening>;
  Result<> edit(const std::function<Result<Edits>(DeviceStore&)>& write);
  void note(Turned::What what, std::string detail = {});
  DeviceRecord found(EntityType type, const std::string& id);
  std::string shown(EntityType type, const std::string& id);
  Decided decided(const FrozenChange& refused, Decided::What what, std::string before);

  Parts parts_;
  DeviceSpec spec_;
  DeviceId device_;
  Random random_;
  std::unique_ptr<DeviceStorage> storage_;
  Network::Path& path_;
  DeviceWatch watch_;
  Millis skew_;
  std::string token_;
  bool wants_online_ = true;
  bool agrees_ = false;
  bool refreshing_ = false;

  DeviceStore* store_ = nullptr;  // while the process runs
  std::optional<ClientEngine> engine_;
  std::optional<WallTime> wake_;   // of the run's clock
  std::optional<WallTime> armed_;  // a task of the scheduler is due then
};

}  // namespace studiosync::e2e
