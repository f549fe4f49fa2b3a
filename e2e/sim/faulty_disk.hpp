// A simulated disk that a SQLite store lives on, with what goes wrong on it: it is full, a commit
// fails, the power goes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/random.hpp"
#include "e2e/disk/disk_vfs.hpp"

namespace studiosync::e2e {

class FaultyDisk {
 public:
  // What goes wrong, and how, follows from the seed. SQLite's random numbers, too: from here on.
  FaultyDisk(SimulatedDisk content, std::uint64_t seed);
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  // Under which SQLite finds it.
  const std::string& vfs() const noexcept { return vfs_->name(); }
  // Everything that programs see, as it would be after a flush.
  SimulatedDisk copy() const;

  bool full = false;  // writes fail

  // Until the end no commit succeeds: writes or flushes of write-ahead logs fail, in one way.
  void fail();
  void end_failure() noexcept { failing_.reset(); }

  // From now on every call fails and changes nothing: the store is only to be taken down.
  void power_off() noexcept { vfs_->power_off(); }
  // Likewise, but within the next calls that change something.
  void power_off_soon();
  // What a crash leaves: nothing that was flushed is harmed, everything else may be missing, torn
  // or garbage. Works again afterwards. Nothing may be open.
  void crash();
  // Nothing may be open.
  void replace(SimulatedDisk content);

 private:
  struct Failure {
    DiskCall call;
    DiskFault fault;
  };

  DiskFault fault_of(const DiskOperation& operation);
  void attach();

  Random random_;
  SimulatedDisk content_;
  std::optional<DiskVfs> vfs_;
  std::optional<Failure> failing_;
  std::optional<std::uint64_t> changes_left_;  // before the power goes
};

}  // namespace studiosync::e2e
