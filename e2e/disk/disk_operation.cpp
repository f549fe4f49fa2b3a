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

}  // namespace studiosync::e2e
