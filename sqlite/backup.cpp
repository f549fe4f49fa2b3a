#include "sqlite/backup.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "sqlite/vfs_file.hpp"

namespace studiosync::sqlite {
namespace {

constexpr int pages_a_step = 1'024;

struct Closer {
  void operator()(sqlite3* db) const noexcept { sqlite3_close(db); }
};
using Copy = std::unique_ptr<sqlite3, Closer>;

Unexpected failed(sqlite3* db) {
  return fail(ErrorCode::store_error, sqlite3_errmsg(db));
}

Result<> create_private(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file >= 0) ::close(file);
  if (file >= 0) return {};
  return fail(errno == EEXIST ? ErrorCode::already_exists : ErrorCode::store_error,
              path + ": " + std::strerror(errno));
}

// The operating system as the original sees it: its copy is on the same disk, be it a simulated
// one.
sqlite3_vfs* system_of(const Database& db) {
  sqlite3_vfs* system = nullptr;
  sqlite3_file_control(db.handle(), "main", SQLITE_FCNTL_VFS_POINTER, &system);
  return system;
}

Result<> claim(sqlite3_vfs* system, const std::string& path) {
  if (system == sqlite3_vfs_find(nullptr)) return create_private(path);
  int taken = 0;
  system->xAccess(system, path.c_str(), SQLITE_ACCESS_EXISTS, &taken);
  if (taken == 0) return {};
  return fail(ErrorCode::already_exists, path + ": there is a file");
}

// A commit syncs the file, and by the end of its journal the folder, too: that is what EXTRA adds,
// and without it neither the copy's name nor the journal's end were sure.
Result<Copy> open_copy(const Database& from, const std::string& path) {
  sqlite3_vfs* system = system_of(from);
  sqlite3* raw = nullptr;
  constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags, system->zName);
  Copy copy(raw);
  if (!copy) return fail(ErrorCode::store_error, "out of memory");
  const char* pragmas = "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA;";
  if (code != SQLITE_OK ||
      sqlite3_exec(copy.get(), pragmas, nullptr, nullptr, nullptr) != SQLITE_OK) {
    return failed(copy.get());
  }
  return copy;
}

// Between steps the source would otherwise be let go of, and a commit of another process would
// start the copy again from its first page, perhaps for ever.
Result<Transaction> hold_this_moment(Database& from) {
  SS_ASSIGN(auto moment, Transaction::begin(from, Begin::deferred));
  from.prepare("SELECT count(*) FROM sqlite_schema").run();
  SS_TRY(from.take_error());
  return moment;
}

// The first page is the original's, and says that the database is written ahead: then even a reader
// makes files beside it, and cannot where nothing can be written.
Result<> end_write_ahead(sqlite3* copy) {
  bool ended = false;
  const auto look = [](void* found, int, char** values, char**) {
    *static_cast<bool*>(found) = std::strcmp(values[0], "delete") == 0;
    return 0;
  };
  const int code = sqlite3_exec(copy, "PRAGMA journal_mode = DELETE", look, &ended, nullptr);
  if (code != SQLITE_OK) return failed(copy);
  if (!ended) return fail(ErrorCode::store_error, "the copy cannot be made one file");
  return {};
}

Result<> copy_pages(Database& from, const std::string& path, const BackupProgress& progress) {
  SS_ASSIGN(const Copy copy, open_copy(from, path));
  SS_ASSIGN(const Transaction moment, hold_this_moment(from));
  sqlite3_backup* backup = sqlite3_backup_init(copy.get(), "main", from.handle(), "main");
  if (backup == nullptr) return failed(copy.get());
  int code = SQLITE_OK;
  while (code == SQLITE_OK) {
    code = sqlite3_backup_step(backup, pages_a_step);
    const std::int64_t total = sqlite3_backup_pagecount(backup);
    if (progress) progress(total - sqlite3_backup_remaining(backup), total);
  }
  if (sqlite3_backup_finish(backup) != SQLITE_OK || code != SQLITE_DONE) return failed(copy.get());
  return end_write_ahead(copy.get());
}

}  // namespace

Result<> back_up(Database& from, const std::string& path, const BackupProgress& progress) {
  sqlite3_vfs* system = system_of(from);
  SS_TRY(claim(system, path));
  auto copied = copy_pages(from, path, progress);
  if (copied) return copied;
  for (const char* suffix : {"-journal", ""}) (void)remove_file(path + suffix, system->zName);
  return copied;
}

}  // namespace studiosync::sqlite
