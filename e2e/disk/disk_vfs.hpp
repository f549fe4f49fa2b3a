// The operating system that SQLite sees, over a simulated disk: numbered calls, faults, locks, and
// time and randomness of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/base/time.hpp"
#include "e2e/disk/disk_operation.hpp"
#include "e2e/disk/simulated_disk.hpp"

struct sqlite3_vfs;

namespace studiosync::e2e {

class VfsState;

struct DiskVfsOptions {
  std::string name{};  // under which SQLite finds it; one of this name at a time; empty: a free one
  std::uint64_t seed = 1;
  std::function<WallTime()> clock{};  // empty: one fixed moment
};

// A VFS of SQLite, registered while it lives. Several connections of this process may use it, all
// on one thread. No call waits: when SQLite sleeps, it wakes at once.
//
// The disk must outlive it, and may be exchanged for another while no file is open. The write-ahead
// log's shared memory is no part of the disk: it goes when the last connection closes.
class DiskVfs {
 public:
  DiskVfs(SimulatedDisk& disk, const DiskVfsOptions& options);
  ~DiskVfs();
  DiskVfs(const DiskVfs&) = delete;
  DiskVfs& operator=(const DiskVfs&) = delete;

  const std::string& name() const noexcept;

  // Told of each operation before it is done or fails. It may copy the disk, and must not use
  // this VFS.
  void observe(std::function<void(const DiskOperation&)> observer);
  // Replaces what was said before; empty: no faults.
  void inject(FaultPlan faults);
  // From now on every call fails and changes nothing: the process is dead, and its stores are only
  // taken down.
  void power_off() noexcept;

  std::uint64_t operations() const noexcept;
  std::uint64_t operations(DiskCall call) const noexcept;

 private:
  std::unique_ptr<VfsState> state_;
  std::unique_ptr<sqlite3_vfs> vfs_;
};

// SQLite's own random numbers, which are the process's: from here on they follow from the seed (not
// 0). Without it the bytes of a write-ahead log differ from run to run.
void seed_sqlite(std::uint64_t seed);

}  // namespace studiosync::e2e
