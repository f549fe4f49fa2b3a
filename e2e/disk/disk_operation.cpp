#include "e2e/disk/disk_operation.hpp"

namespace studiosync::e2e {

bool concerns(DiskFault fault, DiskCall call) noexcept {
  switch (fault) {
    case DiskFault::none:
      return false;
    case DiskFault::io_error:
      return true;
    case DiskFault::full:
      return call == DiskCall::write;
    case DiskFault::busy:
      return call == DiskCall::lock || call == DiskCall::lock_index;
    case DiskFault::lie:
      return call == DiskCall::sync;
  }
  return false;
}

FaultPlan fault_from(DiskFault fault, std::uint64_t first, bool lasting) {
  return [=, fired = false](const DiskOperation& operation) mutable {
    if (operation.number < first || !concerns(fault, operation.call)) return DiskFault::none;
    if (fired && !lasting) return DiskFault::none;
    fired = true;
    return fault;
  };
}

FaultPlan fault_at_rate(DiskFault fault, double rate, Random random) {
  return [=](const DiskOperation& operation) mutable {
    if (!concerns(fault, operation.call)) return DiskFault::none;
    return random.unit() < rate ? fault : DiskFault::none;
  };
}

}  // namespace studiosync::e2e
