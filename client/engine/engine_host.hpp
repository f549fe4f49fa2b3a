// A device that runs: the engine on one thread of its own, with a real store and a real connection.
#pragma once

#include <functional>
#include <future>
#include <memory>
#include <string>

#include "client/engine/auth_file.hpp"
#include "client/engine/sync_lock.hpp"
#include "client/store/sqlite_device_store.hpp"
#include "core/sync/client_engine.hpp"
#include "core/sync/local_edit.hpp"

namespace studiosync::client {

// All methods may be called from any thread but the host's own (from a notice: post only).
class EngineHost {
 public:
  struct Options {
    std::string folder;  // holds auth.json and the locks
    EngineOptions engine;
    Millis other_process_poll{200};  // how soon an edit of another process is noticed
  };
  // On the host's thread, in order. Must not block and not call the host.
  using OnNotice = std::function<void(const Notice&, const EngineStatus&)>;

  // Takes the folder's sync lock: `store_locked` when another process syncs it already.
  static Result<std::unique_ptr<EngineHost>> create(std::unique_ptr<SqliteDeviceStore> store,
                                                    Login login, Options options,
                                                    OnNotice on_notice);
  // … for one who has it already.
  static std::unique_ptr<EngineHost> create(SyncLock lock, std::unique_ptr<SqliteDeviceStore> store,
                                            Login login, Options options, OnNotice on_notice);
  ~EngineHost();  // stops
  EngineHost(const EngineHost&) = delete;
  EngineHost& operator=(const EngineHost&) = delete;

  void go_online();
  void go_offline();     // edits go on, and wait
  void confirm_sweep();  // as ClientEngine's

  Result<EditOutcome> put(EntityType type, std::string id, Json data);
  Result<EditOutcome> remove(EntityType type, std::string id);
  // Runs `work` on the host's thread with the store, outside a transaction, and waits for it.
  void with_store(const std::function<void(SqliteDeviceStore&)>& work);

  EngineStatus status();
  enum class Outage : std::uint8_t {
    wait_out,  // until the server is back
    give_up,   // once attempts fail repeatedly; the edits stay queued
  };
  // Waits until everything of this device is settled and everything up to the server's head is
  // applied. `timeout`, or the error that halted the engine or made it give up.
  Result<> wait_synced(Millis patience, Outage outage = Outage::wait_out);
  // Compares all records with the server's. Both must be at rest.
  struct DigestComparison {
    bool equal = false;
    std::string device;  // 32 hex digits over all records
    std::string server;
  };
  Result<DigestComparison> compare_digest(Millis patience);

 private:
  class Impl;
  explicit EngineHost(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace studiosync::client
