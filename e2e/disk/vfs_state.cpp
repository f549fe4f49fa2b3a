#include "e2e/disk/vfs_state.hpp"

#include <sqlite3.h>

namespace studiosync::e2e {

namespace {

int io_error_of(DiskCall call) noexcept {
  switch (call) {
    case DiskCall::open:
      return SQLITE_CANTOPEN;
    case DiskCall::remove:
      return SQLITE_IOERR_DELETE;
    case DiskCall::access:
      return SQLITE_IOERR_ACCESS;
    case DiskCall::read:
      return SQLITE_IOERR_READ;
    case DiskCall::write:
      return SQLITE_IOERR_WRITE;
    case DiskCall::truncate:
      return SQLITE_IOERR_TRUNCATE;
    case DiskCall::sync:
      return SQLITE_IOERR_FSYNC;
    case DiskCall::size:
      return SQLITE_IOERR_FSTAT;
    case DiskCall::lock:
      return SQLITE_IOERR_LOCK;
    case DiskCall::map_index:
      return SQLITE_IOERR_SHMMAP;
    case DiskCall::lock_index:
      return SQLITE_IOERR_SHMLOCK;
  }
  return SQLITE_IOERR;
}

}  // namespace

DiskFault VfsState::begin(DiskOperation operation) {
  if (off) return DiskFault::io_error;
  operation.number = ++operations;
  ++by_call[operation.call];
  if (observer) observer(operation);
  return faults ? faults(operation) : DiskFault::none;
}

int code_of(DiskFault fault, DiskCall call) noexcept {
  switch (fault) {
    case DiskFault::none:
    case DiskFault::lie:
      return SQLITE_OK;
    case DiskFault::io_error:
      return io_error_of(call);
    case DiskFault::full:
      return SQLITE_FULL;
    case DiskFault::busy:
      return SQLITE_BUSY;
  }
  return SQLITE_ERROR;
}

}  // namespace studiosync::e2e
