#include "sqlite/database.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "core/base/check.hpp"

namespace studiosync::sqlite {

namespace {

ErrorCode code_of(int sqlite_code) noexcept {
  const int primary = sqlite_code & 0xff;
  return primary == SQLITE_BUSY || primary == SQLITE_LOCKED ? ErrorCode::store_locked
                                                            : ErrorCode::store_error;
}

// SQLite would make the file readable for others. O_EXCL: to open and close a database that is in
// use would drop this process's locks on it (POSIX advisory locks belong to the process, not to the
// descriptor).
void create_private(const std::string& path) noexcept {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd >= 0) ::close(fd);
}

int open_flags(const OpenOptions& options) noexcept {
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  flags |= options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (options.create && !options.read_only) flags |= SQLITE_OPEN_CREATE;
  return flags;
}

// SQLite counts its memory under a process-wide lock, which every allocation of every thread would
// take. Only the first call can have an effect; SQLite refuses it, harmlessly, when it is already
// running.
void drop_memory_statistics() noexcept {
  [[maybe_unused]] static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

// By the clock of the connection's own VFS.
void pause(sqlite3* db, int ms) noexcept {
  sqlite3_vfs* vfs = nullptr;
  sqlite3_file_control(db, "main", SQLITE_FCNTL_VFS_POINTER, &vfs);
  if (vfs) vfs->xSleep(vfs, ms * 1000);
}

// Null before the connection has looked into the database.
sqlite3_file* log_file(sqlite3* db) noexcept {
  sqlite3_file* log = nullptr;
  sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  return log && log->pMethods ? log : nullptr;
}

bool log_is_empty(sqlite3* db) noexcept {
  sqlite3_file* log = log_file(db);
  sqlite3_int64 bytes = 0;
  return !log || (log->pMethods->xFileSize(log, &bytes) == SQLITE_OK && bytes == 0);
}

// Another connection is at work, and settles the log itself.
bool is_settled(int code) noexcept {
  const int primary = code & 0xff;
  return primary == SQLITE_OK || primary == SQLITE_BUSY;
}

// No room, a quota, a limit on files, a disk that fails: no reason not to open what can be read.
bool refuses_writes(int code) noexcept {
  return (code & 0xff) == SQLITE_FULL || code == SQLITE_IOERR_WRITE ||
         code == SQLITE_IOERR_TRUNCATE || code == SQLITE_IOERR_FSYNC;
}

int mode_of(Database::Checkpoint kind) noexcept {
  switch (kind) {
    case Database::Checkpoint::gentle:
      return SQLITE_CHECKPOINT_PASSIVE;
    case Database::Checkpoint::complete:
      return SQLITE_CHECKPOINT_TRUNCATE;
    case Database::Checkpoint::reusing:
      break;
  }
  return SQLITE_CHECKPOINT_RESTART;
}

std::string pragmas(const OpenOptions& options) {
  std::string text = "PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -";
  text += std::to_string(options.cache_kib);
  text += "; PRAGMA wal_autocheckpoint = " + std::to_string(options.checkpoint_pages);
  text += options.synchronous == Synchronous::full ? "; PRAGMA synchronous = FULL;"
                                                   : "; PRAGMA synchronous = NORMAL;";
  if (!options.read_only) text += "PRAGMA journal_mode = WAL;";
  return text;
}

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const std::string& path,
                                                 const OpenOptions& options) {
  drop_memory_statistics();
  const bool file = path != ":memory:";
  // The files of another VFS need not be the operating system's.
  if (file && options.create && !options.read_only && options.vfs.empty()) create_private(path);
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, open_flags(options),
                                   options.vfs.empty() ? nullptr : options.vfs.c_str());
  if (!raw) return fail(ErrorCode::store_error, "out of memory");
  std::unique_ptr<Database> db(new Database(raw, options));
  if (code != SQLITE_OK) return Unexpected(db->last_error(code));
  SS_TRY(db->configure(options));
  return db;
}

Database::Database(sqlite3* db, const OpenOptions& options)
    : db_(db), on_error_(options.on_error), log_reserve_bytes_(options.log_reserve_bytes) {}

Database::~Database() {
  for (auto& [sql, compiled] : cache_) {
    SS_CHECK(!compiled.busy);
    sqlite3_finalize(compiled.statement);
  }
  SS_CHECK(sqlite3_close(db_) == SQLITE_OK);
}

// SQLite does not wait for the lock by itself when the journal's mode changes: two processes that
// create one database at the same moment would refuse each other.
Result<> Database::enter_wal_mode(const OpenOptions& options) {
  constexpr int pause_ms = 5;
  int code = execute(pragmas(options));
  for (std::int64_t waited = 0; waited < options.busy_timeout.count; waited += pause_ms) {
    if (code == SQLITE_OK || code_of(code) != ErrorCode::store_locked) break;
    pause(db_, pause_ms);
    code = execute(pragmas(options));
  }
  if (code != SQLITE_OK) return Unexpected(last_error(code));
  return {};
}

Result<> Database::configure(const OpenOptions& options) {
  busy_timeout_ = options.busy_timeout;
  sqlite3_busy_timeout(db_, static_cast<int>(busy_timeout_.count));
  SS_TRY(enter_wal_mode(options));
  if (!options.read_only) {
    if (const int code = settle_log(); refuses_writes(code)) {
      log_settled_ = false;
    } else if (!is_settled(code)) {
      return Unexpected(last_error(code));
    }
  }
  if (!options.read_only && log_reserve_bytes_ > 0) {
    SS_TRY(user_version());  // the first look into the database opens the log
    (void)reserve_log();     // as far as there is room
  }
  if (options.checkpoint_pages == 0) {
    const auto count = [](void* self, sqlite3*, const char*, int pages) {
      static_cast<Database*>(self)->log_pages_ = pages;
      return SQLITE_OK;
    };
    sqlite3_wal_hook(db_, count, this);
  }
  return {};
}

// A process that could not flush its log and ended has left pages that the operating system shows
// and will never write. SQLite takes them for committed, and what is committed behind them in the
// same log would be lost with them when power goes, however well it was flushed itself. So they are
// written into the database, and a new log is begun.
int Database::settle_log() {
  if (log_is_empty(db_)) return SQLITE_OK;
  sqlite3_busy_timeout(db_, 0);
  int code = sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (code == SQLITE_OK) code = begin_new_log();
  sqlite3_busy_timeout(db_, static_cast<int>(busy_timeout_.count));
  return code;
}

// The old log, whose truncation may not be on the disk either, must not be found again beside a
// newer database: a commit that changes nothing overwrites its head.
int Database::begin_new_log() {
  const auto version = user_version();
  if (!version) return sqlite3_extended_errcode(db_);
  return execute("PRAGMA user_version = " + std::to_string(*version));
}

// Nothing is committed behind pages that are perhaps on no disk: a disk that took no writes when
// the database was opened is tried again.
Result<> Database::settle_log_late() {
  if (log_settled_) return {};
  const int code = settle_log();
  if (!is_settled(code)) return Unexpected(last_error(code));
  log_settled_ = true;
  return {};
}

// Zeros are no frame: SQLite takes the log to end before them. It is the only writer of what is
// there already, so they only follow it.
Result<> Database::reserve_log() {
  static constexpr std::array<char, 64 << 10> zeros{};
  sqlite3_file* log = log_file(db_);
  sqlite3_int64 size = 0;
  bool written = log && log->pMethods->xFileSize(log, &size) == SQLITE_OK;
  while (written && size < log_reserve_bytes_) {
    const auto count =
        static_cast<int>(std::min<std::int64_t>(zeros.size(), log_reserve_bytes_ - size));
    written = log->pMethods->xWrite(log, zeros.data(), count, size) == SQLITE_OK;
    size += count;
  }
  if (written) return {};
  return fail(ErrorCode::store_error, "no room for the write-ahead log");
}

Result<std::int64_t> Database::user_version() {
  std::int64_t version = 0;
  if (Statement row = prepare("PRAGMA user_version"); row.step()) version = row.integer(0);
  SS_TRY(take_error());
  return version;
}

Error Database::last_error(int code) const {
  return told(code, sqlite3_errmsg(db_));
}

Error Database::told(int code, std::string message) const {
  if (on_error_) on_error_(code, message);
  return Error{.code = code_of(code), .message = std::move(message)};
}

sqlite3_stmt* Database::compile(std::string_view sql, bool keep) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()),
                                      keep ? SQLITE_PREPARE_PERSISTENT : 0, &statement, nullptr);
  if (code != SQLITE_OK) keep_first(last_error(code));
  return statement;
}

Statement Database::prepare(std::string_view sql) {
  if (error_) return {*this, nullptr, nullptr};
  auto found = cache_.find(sql);
  if (found != cache_.end() && found->second.busy) return {*this, compile(sql, false), nullptr};
  if (found == cache_.end()) {
    sqlite3_stmt* statement = compile(sql, true);
    if (!statement) return {*this, nullptr, nullptr};
    found = cache_.emplace(sql, Compiled{statement}).first;
  }
  found->second.busy = true;
  return {*this, found->second.statement, &found->second.busy};
}

// Only a constraint's message is passed on: it names columns. Others can quote what was bound
// (FTS5's syntax errors do), so the code's own description stands in for them.
void Database::statement_failed(int code) {
  const bool names_columns = (code & 0xff) == SQLITE_CONSTRAINT;
  keep_first(told(code, names_columns ? sqlite3_errmsg(db_) : sqlite3_errstr(code)));
}

int Database::execute(const std::string& script) noexcept {
  return sqlite3_exec(db_, script.c_str(), nullptr, nullptr, nullptr);
}

Result<> Database::run(std::string_view script) {
  const int code = execute(std::string(script));
  if (code != SQLITE_OK) return Unexpected(last_error(code));
  return {};
}

Result<> Database::begin(Begin kind) {
  error_.reset();
  if (kind == Begin::immediate) SS_TRY(settle_log_late());
  return run(kind == Begin::immediate ? "BEGIN IMMEDIATE" : "BEGIN");
}

Result<> Database::commit() {
  if (error_) {
    Error first = std::move(*error_);
    rollback();
    return Unexpected(std::move(first));
  }
  auto committed = run("COMMIT");
  if (!committed) {
    committed.error().effect = Effect::maybe;
    rollback();
  }
  return committed;
}

void Database::rollback() noexcept {
  error_.reset();
  // It can fail only when SQLite has already rolled back by itself, which is what was asked for.
  if (in_transaction()) sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
}

bool Database::in_transaction() const noexcept {
  return sqlite3_get_autocommit(db_) == 0;
}

Result<> Database::take_error() {
  if (!error_) return {};
  Error error = std::move(*error_);
  error_.reset();
  return Unexpected(std::move(error));
}

void Database::set_error(Error error) {
  if (!error_ && on_error_) on_error_(0, error.message);
  keep_first(std::move(error));
}

void Database::keep_first(Error error) {
  if (!error_) error_ = std::move(error);
}

std::int64_t Database::changes() const noexcept {
  return sqlite3_changes64(db_);
}

Result<> Database::checkpoint(Checkpoint kind) {
  const int code = sqlite3_wal_checkpoint_v2(db_, nullptr, mode_of(kind), nullptr, nullptr);
  if (code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY) return {};
  return Unexpected(last_error(code));
}

Result<std::string> Database::integrity() {
  std::string findings;
  for (Statement rows = prepare("PRAGMA integrity_check"); rows.step();) {
    if (!findings.empty()) findings += '\n';
    findings += rows.text(0);
  }
  SS_TRY(take_error());
  return findings;
}

Result<Transaction> Transaction::begin(Database& db, Begin kind) {
  SS_TRY(db.begin(kind));
  return Transaction(db);
}

}  // namespace studiosync::sqlite
