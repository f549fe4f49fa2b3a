// A device as its user runs it: `syncctl` processes on a data folder of its own, behind a proxy of
// its own.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/store/sqlite_device_store.hpp"
#include "e2e/history/event.hpp"
#include "e2e/real/proxy.hpp"
#include "e2e/real/stream_reader.hpp"
#include "e2e/real/syncctl.hpp"
#include "e2e/scenario/scenario.hpp"

namespace studiosync::e2e {

class RealDevice {
 public:
  struct Place {
    std::string syncctl;  // the binary
    std::string folder;   // an empty one, which this device fills
    std::uint16_t server_port = 0;
    bool first_of_user = false;  // registers the account; the others log in
    Millis request_timeout{};    // of the process that syncs; 0 = its default
  };
  // Sets the device up and takes it online.
  static Result<std::unique_ptr<RealDevice>> set_up(const DeviceSpec& spec, const Place& place);
  // A copy of the folder of `original`, which is offline, with its identity and its login, on a
  // network of its own; goes online.
  static Result<std::unique_ptr<RealDevice>> clone(const std::string& name, RealDevice& original,
                                                   const std::string& folder);

  const std::string& name() const noexcept { return spec_.name; }
  const std::string& user() const noexcept { return spec_.user; }

  // The process that syncs: `syncctl watch`.
  Result<> online();
  Result<> offline();  // in order
  void crash();        // SIGKILL
  bool syncing() const noexcept { return watch_.has_value(); }
  // A process that stands still with its connection open (SIGSTOP), and goes on.
  void pause();
  void resume();
  // Reads what that process says, which would stop at a full pipe. `not_found` where it has ended
  // by itself: then it is known to be gone.
  Result<> take_events();
  // The engine's state, as that process has said it.
  const std::string& link() const noexcept { return link_; }
  // Returns when it has said that it lost the connection; false when that took too long.
  Result<bool> wait_for_lost_connection(Millis patience);

  // Its network.
  void partition(const std::string& direction);  // in, out or both
  void delay(Millis by);
  void heal();
  Proxy& proxy() noexcept { return *proxy_; }
  bool partitioned() const noexcept { return partitioned_; }
  bool delayed() const noexcept { return delayed_; }
  bool reaches_server() const noexcept { return !partitioned_ && !paused_; }

  // What the user did, as the history has it; nothing where the command refused.
  using Doings = std::vector<Happening>;
  Result<Doings> put(EntityType type, const std::string& id, const Json& data);
  Result<Doings> remove(EntityType type, const std::string& id);
  Result<Doings> retry_rejected();
  Result<Doings> discard_rejected();
  // Any other command; its exit code. Nothing is run where it needs the server and cannot reach it.
  Result<> ask_server(const std::vector<std::string>& words);
  // The oldest open conflict of the record.
  Result<> resolve(EntityType type, const std::string& id, const std::string& choice);
  Result<> log_in();
  Result<> revoke();
  bool revoked() const noexcept { return revoked_; }
  // The server may have done it.
  bool revoke_unanswered() const noexcept { return revoke_unanswered_; }
  Result<> confirm_sweep();
  Result<bool> reset_account();  // everything of the user goes; false: the server did not do it

  // A command that ends with exit_fine, exit_conflicts or exit_rejected when all is in sync.
  Result<os::ChildProcess> start_waiting(Millis patience);
  bool has_unsent();
  // Returns when the syncing process, connected though nothing may pass, has begun to send what was
  // edited: another edit of the same record is then queued behind it.
  void wait_until_sending(Millis patience);

  // The data folder's copies; offline only.
  Result<> backup();
  Result<bool> restore();  // false: there is no backup

  Result<DeviceState> state();
  // What the device did since the last call, in its order, with what its user did among it.
  Result<std::vector<Happening>> happened(Doings doings = {});

 private:
  Result<Doings> decide_refused(const std::string& command);

  RealDevice(DeviceSpec spec, Syncctl syncctl, std::unique_ptr<Proxy> proxy)
      : spec_(std::move(spec)), syncctl_(std::move(syncctl)), proxy_(std::move(proxy)) {}

  using Store = std::unique_ptr<client::SqliteDeviceStore>;
  Result<Store> open() const;
  Result<int> run(const std::vector<std::string>& words);
  Result<> join(bool register_account);
  Result<> begin_stream();
  std::string server_url() const;
  void take_event(const std::string& line);

  DeviceSpec spec_;
  Syncctl syncctl_;
  std::unique_ptr<Proxy> proxy_;
  std::uint16_t server_port_ = 0;
  Millis request_timeout_{};
  std::optional<os::ChildProcess> watch_;
  std::string link_;
  StreamReader stream_;
  bool paused_ = false;
  bool partitioned_ = false;
  bool delayed_ = false;
  bool revoked_ = false;
  bool revoke_unanswered_ = false;
};

}  // namespace studiosync::e2e
