// A subject's store on a disk of its own, opened after whatever befell it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "e2e/crash/state_mark.hpp"
#include "e2e/crash/subject.hpp"
#include "e2e/disk/disk_vfs.hpp"

namespace studiosync::e2e {

// At its end the machine is dead: closing changes nothing any more.
class StoreOnDisk {
 public:
  // `name` is the VFS's.
  StoreOnDisk(SimulatedDisk disk, const CrashSubject& subject, std::string name);
  ~StoreOnDisk();
  StoreOnDisk(const StoreOnDisk&) = delete;
  StoreOnDisk& operator=(const StoreOnDisk&) = delete;

  // What SQLite makes of the disk, the store having touched it or not; see StateReader.
  Result<std::uint64_t> whole();
  Result<ContentMark> content();

  Result<> open() { return subject_->open(vfs_.name()); }
  void close() { subject_->close(); }
  std::vector<TaskAnswer> step(std::size_t number) { return subject_->step(number); }
  // Everything that can be examined. The store is open.
  Result<> examine();

  DiskVfs& vfs() noexcept { return vfs_; }
  SimulatedDisk after_crash(CrashMode mode) const;

 private:
  Result<StateReader*> reader();

  SimulatedDisk disk_;
  DiskVfs vfs_;
  std::unique_ptr<CrashSubject> subject_;
  std::optional<StateReader> reader_;
};

// An error with what it was that failed.
std::string told(std::string_view what, const Error& error);

}  // namespace studiosync::e2e
