#include "e2e/disk/vfs_table.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "e2e/disk/file_methods.hpp"
#include "e2e/disk/open_disk_file.hpp"

namespace studiosync::e2e {

namespace {

constexpr int path_bytes_max = 512;
// Julian day 2440587.5 in milliseconds, which is 1970-01-01.
constexpr sqlite3_int64 unix_epoch_julian_ms = 210'866'760'000'000;

VfsState& state_of(sqlite3_vfs* vfs) {
  return *static_cast<VfsState*>(vfs->pAppData);
}

// A log or journal that SQLite makes is of no use when its name is lost.
OpenDiskFile::Traits traits_of(int flags) {
  constexpr int journals = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL;
  return {.delete_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0,
          .sync_names = (flags & SQLITE_OPEN_CREATE) != 0 && (flags & journals) != 0};
}

int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  VfsState& state = state_of(vfs);
  file->pMethods = nullptr;
  const std::string name = path ? path : state.next_temporary_name();
  if (const auto fault = state.begin({.call = DiskCall::open, .file = name});
      fault != DiskFault::none)
    return code_of(fault, DiskCall::open);
  if (!state.disk().find(name) && (flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
  attach(file, std::make_unique<OpenDiskFile>(state, name, traits_of(flags)));
  if (out_flags) *out_flags = flags;
  return SQLITE_OK;
}

int remove(sqlite3_vfs* vfs, const char* path, int sync_names) {
  VfsState& state = state_of(vfs);
  if (const auto fault = state.begin({.call = DiskCall::remove, .file = path});
      fault != DiskFault::none)
    return code_of(fault, DiskCall::remove);
  if (!state.disk().find(path)) return SQLITE_IOERR_DELETE_NOENT;
  state.disk().remove(path);
  if (sync_names != 0) state.disk().sync_names();
  return SQLITE_OK;
}

int access(sqlite3_vfs* vfs, const char* path, int, int* found) {
  VfsState& state = state_of(vfs);
  if (const auto fault = state.begin({.call = DiskCall::access, .file = path});
      fault != DiskFault::none)
    return code_of(fault, DiskCall::access);
  *found = state.disk().find(path) ? 1 : 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int bytes_max, char* out) {
  if (std::strlen(path) >= static_cast<std::size_t>(bytes_max)) return SQLITE_CANTOPEN;
  std::strcpy(out, path);
  return SQLITE_OK;
}

int fill_random(sqlite3_vfs* vfs, int count, char* out) {
  Random& random = state_of(vfs).random();
  std::generate_n(out, count, [&] { return static_cast<char>(random.next()); });
  return count;
}

int sleep(sqlite3_vfs*, int microseconds) {
  return microseconds;
}

int current_time(sqlite3_vfs* vfs, sqlite3_int64* julian_ms) {
  *julian_ms = unix_epoch_julian_ms + state_of(vfs).now().unix_ms;
  return SQLITE_OK;
}

int current_day(sqlite3_vfs* vfs, double* julian_days) {
  constexpr double ms_a_day = 86'400'000;
  sqlite3_int64 julian_ms = 0;
  current_time(vfs, &julian_ms);
  *julian_days = static_cast<double>(julian_ms) / ms_a_day;
  return SQLITE_OK;
}

int last_error(sqlite3_vfs*, int, char*) {
  return 0;
}

}  // namespace

sqlite3_vfs make_vfs(VfsState& state) {
  sqlite3_vfs vfs{};
  vfs.iVersion = 2;
  vfs.szOsFile = attached_file_bytes;
  vfs.mxPathname = path_bytes_max;
  vfs.zName = state.options.name.c_str();
  vfs.pAppData = &state;
  vfs.xOpen = open;
  vfs.xDelete = remove;
  vfs.xAccess = access;
  vfs.xFullPathname = full_path;
  vfs.xRandomness = fill_random;
  vfs.xSleep = sleep;
  vfs.xCurrentTime = current_day;
  vfs.xGetLastError = last_error;
  vfs.xCurrentTimeInt64 = current_time;
  return vfs;
}

}  // namespace studiosync::e2e
