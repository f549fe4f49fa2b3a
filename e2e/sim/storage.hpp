// What outlives a process: disks, as the simulation sees them. One kind in memory; others (a real
// database on a disk that fails) come behind the same ports.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/sync/device_store.hpp"
#include "e2e/scenario/scenario.hpp"
#include "e2e/sim/commit_watch.hpp"
#include "server/store/store.hpp"

namespace studiosync::e2e {

// The server's disk. At most one store is open; it dies in `crash` or `close`.
class ServerStorage {
 public:
  virtual ~ServerStorage() = default;

  // A server start on what is durable, with a new epoch.
  virtual server::Store& open() = 0;
  // The process dies: what was not synced is gone, what waits is never answered.
  virtual void crash() = 0;
  // The process ends in order: what waits is committed and answered.
  virtual void close() = 0;

  virtual void backup() = 0;  // of what is durable, also while a store is open
  // The newest backup in place of what there is; false where there is none. Not while one is open.
  virtual bool restore() = 0;
  virtual void set_full(bool full) = 0;
  virtual void fail_commits(std::int64_t count) = 0;  // the next ones
  // All of a user's archive; there is no other way to look into it.
  virtual std::vector<ArchiveRow> archive(server::UserRef user) const = 0;
};

// A device's disk. At most one store is open; it dies in `crash` or `close`.
class DeviceStorage {
 public:
  virtual ~DeviceStorage() = default;

  virtual DeviceStore& open() = 0;
  // The process and the machine die: relaxed transactions may be gone, the newest ones first.
  virtual void crash() = 0;
  virtual void close() = 0;
  // Says that a crash is near, for a storage that has to prepare for one.
  virtual void expect_crash() = 0;

  virtual void backup() = 0;
  // The newest backup in place of what there is; false where there is none. Not while one is open.
  virtual bool restore() = 0;
  // The same database on another device.
  virtual std::unique_ptr<DeviceStorage> clone() = 0;
  virtual void set_full(bool full) = 0;
  // All texts of the databases that were set aside.
  virtual std::vector<DeviceRecord> aside() const = 0;
};

// What a storage needs of its world. All of it outlives the storage.
struct StorageContext {
  class Scheduler& scheduler;
  std::uint64_t seed;
  // Each row of a commit, when it is on the disk.
  CommitWatch::Committed committed;
};

std::unique_ptr<ServerStorage> make_server_storage(StoreKind kind, StorageContext context);
std::unique_ptr<DeviceStorage> make_device_storage(StoreKind kind, std::uint64_t seed);

}  // namespace studiosync::e2e
