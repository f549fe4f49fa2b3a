// Lets the calls of a store to its disk and its memory fail, one after another, and looks at what
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
  std::size_t visit_every = 1;        // one step in so many is repeated with faults
  std::size_t stride = 1;             // one call in so many of such a step fails in its turn
  std::optional<StoreFault> fault{};  // only this one
};

// Each visited step is run again and again from the state before it, with one of its calls failing,
// then a later one, … until a run finishes untouched; once with a single failure, once with all
// calls failing from there on. With a stride of 1 no call of a visited step is left out.
//
// What must hold of each transaction of the step, whatever became of the others in its group: one
// that fails has left its part of the content as it was or, where it says that it may have
// happened, as it is behind the step; one that succeeds has left it as it is behind the step, also
// when power is lost then. After the fault the same store, or the store opened again, does the
// step. The same for opening the store. Needs MemoryFaults::install(). A point is one failure.
SweepReport sweep_faults(const FaultSweepOptions& options);

}  // namespace studiosync::e2e
