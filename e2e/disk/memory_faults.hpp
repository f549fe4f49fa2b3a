// Memory that runs out for SQLite, at an allocation of our choice.
#pragma once

#include <cstdint>

namespace studiosync::e2e {

// SQLite knows one allocator in a process, so this is one for the process: for programs that use
// SQLite on one thread.
class MemoryFaults {
 public:
  // Puts itself before SQLite's allocator, once for the life of the process. No connection may be
  // open.
  static void install();

  // The next allocation but `allocations` fails; `lasting`: so do all that follow, until disarm().
  static void fail_after(std::uint64_t allocations, bool lasting) noexcept;
  static void disarm() noexcept;
  // Whether an allocation failed since fail_after().
  static bool fired() noexcept;
};

}  // namespace studiosync::e2e
