#include "e2e/sim/faulty_disk.hpp"

#include <utility>

namespace studiosync::e2e {
namespace {

// A commit of a few records makes about as many: each page of its log is two writes.
constexpr std::uint64_t changes_of_a_commit = 64;

// SQLite's own seed is a positive number of 31 bits.
std::uint64_t sqlite_seed(Random& random) {
  return 1 + random.below(0x7fff'fffe);
}

}  // namespace

FaultyDisk::FaultyDisk(SimulatedDisk content, std::uint64_t seed)
    : random_(seed), content_(std::move(content)) {
  attach();
}

void FaultyDisk::attach() {
  seed_sqlite(sqlite_seed(random_));
  vfs_.reset();
  vfs_.emplace(content_, DiskVfsOptions{.seed = random_.next()});
  vfs_->inject([this](const DiskOperation& operation) { return fault_of(operation); });
  changes_left_.reset();
}

DiskFault FaultyDisk::fault_of(const DiskOperation& operation) {
  if (changes_left_ && operation.changes_disk() && (*changes_left_)-- == 0) {
    vfs_->power_off();
    return DiskFault::io_error;
  }
  if (full && concerns(DiskFault::full, operation.call)) return DiskFault::full;
  const bool fails =
      failing_ && operation.call == failing_->call && operation.file.ends_with("-wal");
  return fails ? failing_->fault : DiskFault::none;
}

SimulatedDisk FaultyDisk::copy() const {
  Random unused(1);
  return content_.after_crash(CrashMode::kept, unused);
}

void FaultyDisk::fail() {
  constexpr Failure kinds[] = {{DiskCall::write, DiskFault::io_error},
                               {DiskCall::write, DiskFault::full},
                               {DiskCall::sync, DiskFault::io_error}};
  failing_ = kinds[random_.below(std::size(kinds))];
}

void FaultyDisk::power_off_soon() {
  changes_left_ = random_.below(changes_of_a_commit);
}

void FaultyDisk::crash() {
  content_ = content_.after_crash(crash_modes[random_.below(crash_modes.size())], random_);
  attach();
}

void FaultyDisk::replace(SimulatedDisk content) {
  content_ = std::move(content);
  attach();
}

}  // namespace studiosync::e2e
