#include "tests/server/store/failing_sync_vfs.hpp"

#include <sqlite3.h>

#include <atomic>
#include <map>
#include <mutex>

#include "core/base/check.hpp"

namespace studiosync::server {

namespace {

// A file's function table with one entry exchanged; a file of ours points to the first member.
struct Patched {
  sqlite3_io_methods methods;
  const sqlite3_io_methods* original;
};

// SQLite's interface has no place for an object's pointer in a file that another VFS opened.
std::atomic<bool> failing{false};
std::atomic<std::uint64_t> succeeded{0};
std::mutex tables_mutex;  // guards `tables`: the store opens files on several threads
std::map<const sqlite3_io_methods*, Patched> tables;
sqlite3_vfs vfs;

int sync(sqlite3_file* file, int flags) {
  if (failing) return SQLITE_IOERR_FSYNC;
  ++succeeded;
  return reinterpret_cast<const Patched*>(file->pMethods)->original->xSync(file, flags);
}

int open(sqlite3_vfs* self, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  auto* original = static_cast<sqlite3_vfs*>(self->pAppData);
  const int code = original->xOpen(original, name, file, flags, out_flags);
  if (code != SQLITE_OK) return code;
  const std::lock_guard lock(tables_mutex);
  Patched& patched = tables.try_emplace(file->pMethods).first->second;
  patched = {*file->pMethods, file->pMethods};
  patched.methods.xSync = sync;
  file->pMethods = &patched.methods;
  return code;
}

}  // namespace

FailingSyncVfs::FailingSyncVfs() {
  sqlite3_vfs* original = sqlite3_vfs_find(nullptr);
  vfs = *original;
  vfs.zName = "failing-sync";
  vfs.pAppData = original;
  vfs.xOpen = open;
  failing = false;
  succeeded = 0;
  SS_CHECK(sqlite3_vfs_register(&vfs, 0) == SQLITE_OK);
}

FailingSyncVfs::~FailingSyncVfs() {
  sqlite3_vfs_unregister(&vfs);
}

void FailingSyncVfs::fail(bool on) {
  failing = on;
}

std::uint64_t FailingSyncVfs::syncs() const {
  return succeeded;
}

}  // namespace studiosync::server
