#include "e2e/disk/file_methods.hpp"

#include <sqlite3.h>

#include "e2e/disk/open_disk_file.hpp"

namespace studiosync::e2e {

namespace {

struct Attached {
  sqlite3_file base;  // first: SQLite sees only this
  OpenDiskFile* file;
};

constexpr int sector_bytes = 4096;

OpenDiskFile& of(sqlite3_file* file) {
  return *reinterpret_cast<Attached*>(file)->file;
}

template <class Byte>
std::span<Byte> span_of(void* bytes, int count) {
  return {static_cast<Byte*>(bytes), static_cast<std::size_t>(count)};
}

int close(sqlite3_file* file) {
  delete reinterpret_cast<Attached*>(file)->file;
  file->pMethods = nullptr;
  return SQLITE_OK;
}

int read(sqlite3_file* file, void* out, int count, sqlite3_int64 offset) {
  return of(file).read(static_cast<std::uint64_t>(offset), span_of<std::uint8_t>(out, count));
}

int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
  return of(file).write(static_cast<std::uint64_t>(offset),
                        {static_cast<const std::uint8_t*>(bytes), static_cast<std::size_t>(count)});
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  return of(file).truncate(static_cast<std::uint64_t>(size));
}

int sync(sqlite3_file* file, int) {
  return of(file).sync();
}

int file_size(sqlite3_file* file, sqlite3_int64* out) {
  std::uint64_t size = 0;
  const int code = of(file).size(size);
  *out = static_cast<sqlite3_int64>(size);
  return code;
}

int lock(sqlite3_file* file, int level) {
  return of(file).lock(level);
}

int unlock(sqlite3_file* file, int level) {
  return of(file).unlock(level);
}

int check_reserved(sqlite3_file* file, int* out) {
  bool reserved = false;
  const int code = of(file).check_reserved(reserved);
  *out = reserved ? 1 : 0;
  return code;
}

int control(sqlite3_file*, int, void*) {
  return SQLITE_NOTFOUND;
}

int sector_size(sqlite3_file*) {
  return sector_bytes;
}

// As SQLite takes it of every disk of ours: a write that power cuts short damages no byte outside
// of it.
int characteristics(sqlite3_file*) {
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int map_index(sqlite3_file* file, int number, int bytes, int create, void volatile** out) {
  void* memory = nullptr;
  const int code = of(file).map_index(static_cast<std::size_t>(number),
                                      static_cast<std::size_t>(bytes), create != 0, memory);
  *out = memory;
  return code;
}

int lock_index(sqlite3_file* file, int first, int count, int flags) {
  if ((flags & SQLITE_SHM_LOCK) != 0)
    return of(file).lock_index(first, count, (flags & SQLITE_SHM_EXCLUSIVE) != 0);
  of(file).unlock_index(first, count);
  return SQLITE_OK;
}

void barrier(sqlite3_file*) {}

int unmap_index(sqlite3_file* file, int) {
  of(file).unmap_index();
  return SQLITE_OK;
}

constexpr sqlite3_io_methods make_methods() {
  sqlite3_io_methods methods{};
  methods.iVersion = 2;
  methods.xClose = close;
  methods.xRead = read;
  methods.xWrite = write;
  methods.xTruncate = truncate;
  methods.xSync = sync;
  methods.xFileSize = file_size;
  methods.xLock = lock;
  methods.xUnlock = unlock;
  methods.xCheckReservedLock = check_reserved;
  methods.xFileControl = control;
  methods.xSectorSize = sector_size;
  methods.xDeviceCharacteristics = characteristics;
  methods.xShmMap = map_index;
  methods.xShmLock = lock_index;
  methods.xShmBarrier = barrier;
  methods.xShmUnmap = unmap_index;
  return methods;
}

constexpr sqlite3_io_methods methods = make_methods();

}  // namespace

const int attached_file_bytes = sizeof(Attached);

void attach(sqlite3_file* file, std::unique_ptr<OpenDiskFile> open) {
  reinterpret_cast<Attached*>(file)->file = open.release();
  file->pMethods = &methods;
}

}  // namespace studiosync::e2e
