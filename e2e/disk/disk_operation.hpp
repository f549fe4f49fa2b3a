// One call of SQLite to the disk, and how it can go wrong.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

namespace studiosync::e2e {

enum class DiskCall : std::uint8_t {
  open,
  remove,
  access,
  read,
  write,
  truncate,
  sync,
  size,
  lock,        // of the database file
  map_index,   // a region of the write-ahead log's index
  lock_index,  // of the write-ahead log
};

struct DiskOperation {
  std::uint64_t number = 0;  // from 1, all calls to one DiskVfs counted
  DiskCall call{};
  std::string_view file;
  std::uint64_t offset = 0;               // of a read or write; of a truncation: the new size
  std::span<const std::uint8_t> bytes{};  // of a write

  // Whether it changes what a crash leaves.
  bool changes_disk() const noexcept {
    return call == DiskCall::remove || call == DiskCall::write || call == DiskCall::truncate ||
           call == DiskCall::sync;
  }
};

enum class DiskFault : std::uint8_t {
  none,
  io_error,  // any call fails; a sync that does loses what it should have flushed
  full,      // no room: writes fail
  busy,      // another process holds the lock
  lie,       // a sync says that it succeeded and flushes nothing
};

// Asked before each operation.
using FaultPlan = std::function<DiskFault(const DiskOperation&)>;

// Whether the fault has an effect on this kind of call.
bool concerns(DiskFault fault, DiskCall call) noexcept;

}  // namespace studiosync::e2e
