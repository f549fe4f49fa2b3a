// What all open files of one DiskVfs share. For the functions behind SQLite's interface only.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>

#include "core/base/random.hpp"
#include "core/base/time.hpp"
#include "e2e/disk/disk_operation.hpp"
#include "e2e/disk/disk_vfs.hpp"
#include "e2e/disk/file_sharing.hpp"
#include "e2e/disk/simulated_disk.hpp"

namespace studiosync::e2e {

class VfsState {
 public:
  VfsState(SimulatedDisk& disk, const DiskVfsOptions& with)
      : options(with), disk_(disk), random_(with.seed) {}

  // Numbers a call, tells of it, and answers how it goes wrong.
  DiskFault begin(DiskOperation operation);

  SimulatedDisk& disk() noexcept { return disk_; }
  FileSharing& sharing(SimulatedDisk::FileNumber file) { return sharing_[file]; }
  void forget_sharing(SimulatedDisk::FileNumber file) { sharing_.erase(file); }
  std::string next_temporary_name() { return "temporary-" + std::to_string(++temporaries_); }
  WallTime now() const { return options.clock ? options.clock() : WallTime{1'700'000'000'000}; }
  Random& random() noexcept { return random_; }

  const DiskVfsOptions options;
  std::function<void(const DiskOperation&)> observer;
  FaultPlan faults;
  bool off = false;
  std::uint64_t operations = 0;
  std::map<DiskCall, std::uint64_t> by_call;
  FileSharing::Connection connections = 0;  // that were ever opened

 private:
  SimulatedDisk& disk_;
  Random random_;
  std::map<SimulatedDisk::FileNumber, FileSharing> sharing_;
  std::uint64_t temporaries_ = 0;
};

// SQLite's code for a call that went wrong; SQLITE_OK where nothing did.
int code_of(DiskFault fault, DiskCall call) noexcept;

}  // namespace studiosync::e2e
