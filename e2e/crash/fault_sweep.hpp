// Lets every call of a store to its disk and its memory fail, one after another, and looks at what
// the store says and has afterwards.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "e2e/crash/sweep.hpp"

namespace studiosync::e2e {

enum class StoreFault : std::uint8_t { io_error, disk_full, busy, no_memory };
inline constexpr std::array store_faults{StoreFault::io_error, StoreFault::disk_full,
                                         StoreFault::busy, StoreFault::no_memory};
std::string_view to_string(StoreFault fault) noexcept;
std::optional<StoreFault> store_fault_from(std::string_view name) noexcept;

struct FaultSweepOptions {
  CrashSide side = CrashSide::server;
  std::uint64_t seed = 1;
  std::size_t steps = 2'000;          // of the workload
  std::size_t visit_every = 1;        // every so many steps are repeated with faults
  std::size_t stride = 1;             // every so many calls of such a step fail in turn
  std::optional<StoreFault> fault{};  // only this one
};

// Each visited step is run again and again from the state before it, with call 0 failing, then call
// 1, … until a run finishes untouched; once with a single failure, once with all calls failing from
// there on. What must hold: a step that fails has left the state before it or, where it says that
// it may have happened, the one behind it; a step that succeeds has left the one behind it, also
// when power is lost then; after the fault the same store, or the store opened again, does the
// step. The same for opening the store. Needs MemoryFaults::install(). A point is one failure.
SweepReport sweep_faults(const FaultSweepOptions& options);

}  // namespace studiosync::e2e
