#include "e2e/disk/open_disk_file.hpp"

#include <sqlite3.h>

namespace studiosync::e2e {

OpenDiskFile::OpenDiskFile(VfsState& vfs, std::string name, Traits traits)
    : vfs_(vfs),
      name_(std::move(name)),
      traits_(traits),
      number_(vfs.disk().open_or_create(name_)),
      connection_(++vfs.connections) {
  vfs_.disk().hold(number_);
  sharing().join(connection_);
}

OpenDiskFile::~OpenDiskFile() {
  sharing().leave(connection_);
  if (sharing().empty()) vfs_.forget_sharing(number_);
  if (traits_.delete_on_close) vfs_.disk().remove(name_);
  vfs_.disk().let_go(number_);
}

DiskFault OpenDiskFile::begin(DiskCall call, std::uint64_t offset,
                              std::span<const std::uint8_t> bytes) {
  return vfs_.begin({.call = call, .file = name_, .offset = offset, .bytes = bytes});
}

int OpenDiskFile::read(std::uint64_t offset, std::span<std::uint8_t> out) {
  if (const auto fault = begin(DiskCall::read, offset); fault != DiskFault::none)
    return code_of(fault, DiskCall::read);
  return bytes().read(offset, out) == out.size() ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int OpenDiskFile::write(std::uint64_t offset, std::span<const std::uint8_t> data) {
  if (const auto fault = begin(DiskCall::write, offset, data); fault != DiskFault::none)
    return code_of(fault, DiskCall::write);
  bytes().write(offset, data);
  return SQLITE_OK;
}

int OpenDiskFile::truncate(std::uint64_t size) {
  if (const auto fault = begin(DiskCall::truncate, size); fault != DiskFault::none)
    return code_of(fault, DiskCall::truncate);
  bytes().truncate(size);
  return SQLITE_OK;
}

int OpenDiskFile::sync() {
  const DiskFault fault = begin(DiskCall::sync);
  if (fault == DiskFault::io_error && !vfs_.off) bytes().fail_sync();
  if (fault != DiskFault::none) return code_of(fault, DiskCall::sync);
  bytes().sync();
  if (traits_.sync_names) vfs_.disk().sync_names();
  return SQLITE_OK;
}

int OpenDiskFile::size(std::uint64_t& count) {
  if (const auto fault = begin(DiskCall::size); fault != DiskFault::none)
    return code_of(fault, DiskCall::size);
  count = bytes().size();
  return SQLITE_OK;
}

int OpenDiskFile::lock(int level) {
  if (const auto fault = begin(DiskCall::lock); fault != DiskFault::none)
    return code_of(fault, DiskCall::lock);
  return sharing().lock(connection_, level) ? SQLITE_OK : SQLITE_BUSY;
}

int OpenDiskFile::unlock(int level) {
  sharing().unlock(connection_, level);
  return SQLITE_OK;
}

int OpenDiskFile::check_reserved(bool& reserved) {
  if (begin(DiskCall::lock) == DiskFault::io_error) return SQLITE_IOERR_CHECKRESERVEDLOCK;
  reserved = sharing().reserved();
  return SQLITE_OK;
}

int OpenDiskFile::map_index(std::size_t number, std::size_t size, bool create, void*& memory) {
  if (const auto fault = begin(DiskCall::map_index); fault != DiskFault::none)
    return code_of(fault, DiskCall::map_index);
  memory = sharing().map_index(connection_, number, size, create);
  return SQLITE_OK;
}

int OpenDiskFile::lock_index(int first, int count, bool exclusive) {
  if (const auto fault = begin(DiskCall::lock_index); fault != DiskFault::none)
    return code_of(fault, DiskCall::lock_index);
  return sharing().lock_index(connection_, first, count, exclusive) ? SQLITE_OK : SQLITE_BUSY;
}

void OpenDiskFile::unlock_index(int first, int count) {
  sharing().unlock_index(connection_, first, count);
}

void OpenDiskFile::unmap_index() {
  sharing().unmap_index(connection_);
}

}  // namespace studiosync::e2e
