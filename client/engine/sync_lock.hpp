// The lock of the process that syncs a data folder, and what it tells the others there of itself.
#pragma once

#include <optional>
#include <string>

#include "core/sync/engine_types.hpp"
#include "os/file_lock.hpp"

namespace studiosync::client {

class SyncLock {
 public:
  // `store_locked` when another process has it.
  static Result<SyncLock> take(const std::string& folder);

  // For `syncing_process` of the others; writes only what is new.
  void tell(const EngineStatus& status);

 private:
  explicit SyncLock(os::FileLock lock) : lock_(std::move(lock)) {}

  os::FileLock lock_;
  std::string told_;
};

struct SyncingProcess {
  LinkState state = LinkState::stopped;
  std::optional<Error> error;  // why it is not live

  bool halted() const noexcept { return state == LinkState::halted; }
};
// The process that has the lock now; nothing when nobody has.
std::optional<SyncingProcess> syncing_process(const std::string& folder);

}  // namespace studiosync::client
