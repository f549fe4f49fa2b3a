// A device as its user runs it: `syncctl` processes on a data folder of its own, behind a proxy of
// its own.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "e2e/history/event.hpp"
#include "e2e/real/proxy.hpp"
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
  };
  // Sets the device up and takes it online.
  static Result<std::unique_ptr<RealDevice>> set_up(const DeviceSpec& spec, const Place& place);
  // A copy of `original`'s folder, with its identity and its login.
  static Result<std::unique_ptr<RealDevice>> clone(const std::string& name, RealDevice& original,
                                                   const std::string& folder);

  const std::string& name() const noexcept { return spec_.name; }
  const std::string& user() const noexcept { return spec_.user; }
  Proxy& proxy() noexcept { return *proxy_; }

  // The process that syncs: `syncctl watch`.
  Result<> online();
  Result<> offline();  // in order
  void crash();        // SIGKILL
  bool syncing() const noexcept { return watch_.has_value(); }
  // A process that stands still with its connection open (SIGSTOP), and goes on.
  void pause();
  void resume();

  // Edits as the history has them; nothing where the command refused.
  Result<std::vector<Edited>> put(EntityType type, const std::string& id, const Json& data);
  Result<std::vector<Edited>> remove(EntityType type, const std::string& id);
  // Any other command; its exit code.
  Result<int> run(const std::vector<std::string>& words);
  // The oldest open conflict of the record, or of any where `id` is empty.
  Result<> resolve(EntityType type, const std::string& id, const std::string& choice);
  Result<> retry_rejected();
  Result<> discard_rejected();
  Result<> log_in();

  // `exit_timeout` as an error where it is not in sync in time.
  Result<> wait_synced(Millis patience);

  // The data folder's copies; the syncing process is stopped for the moment.
  Result<> backup();
  Result<> restore();

  Result<DeviceState> state();

 private:
  RealDevice(DeviceSpec spec, Syncctl syncctl, std::unique_ptr<Proxy> proxy)
      : spec_(std::move(spec)), syncctl_(std::move(syncctl)), proxy_(std::move(proxy)) {}

  Result<> join(bool register_account);
  void drain_events();
  Result<std::string> shown(EntityType type, const std::string& id);
  Result<> each_rejected(const std::string& verb);
  // What `work` needs the folder for alone.
  Result<> with_folder_at_rest(const std::function<Result<>()>& work);

  DeviceSpec spec_;
  Syncctl syncctl_;
  std::unique_ptr<Proxy> proxy_;
  std::uint16_t server_port_ = 0;
  std::optional<os::ChildProcess> watch_;
  bool paused_ = false;
};

}  // namespace studiosync::e2e
