// One connection to one SQLite database: opening, transactions, and statements that are compiled
// once.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "sqlite/statement.hpp"

struct sqlite3;

namespace studiosync::sqlite {

enum class Synchronous : std::uint8_t {
  normal,  // WAL: a commit survives the process, not a power cut
  full,    // a commit is on the disk when it returns
};

struct OpenOptions {
  bool create = true;  // the file is made with mode 0600 where `vfs` is the default one
  bool read_only = false;
  Synchronous synchronous = Synchronous::full;
  Millis busy_timeout{5000};
  // Pages of write-ahead log after which a commit checkpoints by itself; 0 = never, see
  // checkpoint().
  int checkpoint_pages = 1000;
  // The write-ahead log is filled up to here with bytes that mean nothing, so that commits write
  // over blocks which the file system has placed already: flushing a file that grows takes it
  // nearly twice as long. As far as there is room; not with `read_only`.
  std::int64_t log_reserve_bytes = 0;
  int cache_kib = 2048;  // page cache of this connection
  std::string vfs{};     // the operating system as SQLite sees it; empty = the default one
  // For the log of whoever operates it: told of each error of the connection, from open() on, on
  // the thread that meets it, with SQLite's extended code (0: what is stored is impossible) and a
  // message that holds no bound value. Callers learn of errors from what calls return.
  std::function<void(int code, const std::string& message)> on_error{};
};

enum class Begin : std::uint8_t {
  deferred,   // reading: one snapshot from the first read on
  immediate,  // writing: takes the write lock now, so that it cannot fail half-way for a lock
};

// Not thread-safe: one thread at a time. Never throws.
//
// Errors of statements are sticky: after the first one, statements answer "no row" and change
// nothing until begin(), rollback() or take_error(). So a sequence of statements is written
// straight and checked once, by commit(). Errors of all other calls are returned and leave the
// sticky one alone. An error's message is SQLite's and never holds a bound value. `store_locked`
// means that another connection held the lock for longer than busy_timeout; all else is
// `store_error`.
class Database {
 public:
  // Journal mode WAL, foreign keys off. `path` may be `:memory:`. A log that an earlier process
  // left behind is copied into the database first, unless another connection is at work. A disk
  // that refuses that does not keep the database from being read; the first begin(immediate) that
  // finds it better does it then, and those before it fail.
  static Result<std::unique_ptr<Database>> open(const std::string& path,
                                                const OpenOptions& options = {});
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Compiled at the first use of this text and kept for the life of the connection, so `sql` should
  // be a constant. A second use while the first is alive gets a compilation of its own.
  Statement prepare(std::string_view sql);

  // Any number of statements without parameters; their rows are ignored. Stops at the first
  // failure.
  Result<> run(std::string_view script);

  // begin() clears the sticky error. commit() returns it, when there is one, and rolls back; when
  // the commit itself fails it rolls back too, and the error's effect is `maybe`. rollback() clears
  // the sticky error and does nothing outside a transaction.
  Result<> begin(Begin kind);
  Result<> commit();
  void rollback() noexcept;
  bool in_transaction() const noexcept;

  const std::optional<Error>& error() const noexcept { return error_; }
  // The sticky error, which is cleared.
  Result<> take_error();
  // Makes `error` the sticky one, unless there is one: what is stored turned out to be impossible.
  void set_error(Error error);

  // Rows that the last INSERT, UPDATE or DELETE changed.
  std::int64_t changes() const noexcept;

  // Copies the write-ahead log into the database. `gentle` never waits and leaves what a reader
  // still needs; `complete` waits for readers as long as busy_timeout and cuts the log to nothing;
  // `reusing` does the same, but the file keeps its length: commits that overwrite it flush faster
  // than those that make it grow. Once all is copied, the next commit begins the log anew from its
  // front, unless somebody reads it. Readers are no error.
  enum class Checkpoint : std::uint8_t { gentle, complete, reusing };
  Result<> checkpoint(Checkpoint kind);
  // Fills the write-ahead log up to OpenOptions::log_reserve_bytes once more, and says when there
  // is no room for that. The only writer calls it, inside a transaction.
  Result<> reserve_log();
  // Pages in the write-ahead log after this connection's last commit; only with checkpoint_pages ==
  // 0.
  int log_pages() const noexcept { return log_pages_; }

  // `ok`, or what is wrong, one finding a line.
  Result<std::string> integrity();

  // For what is not wrapped (hooks, online backup). The caller must not close it.
  sqlite3* handle() const noexcept { return db_; }

 private:
  friend class Statement;
  struct Compiled {
    sqlite3_stmt* statement = nullptr;
    bool busy = false;
  };

  // Of the length and the beginning: statements that agree in both are few, and hashing all of
  // every text costs as much as binding a value.
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>{}(text.substr(0, 16)) + text.size();
    }
  };

  Database(sqlite3* db, const OpenOptions& options);
  Result<> configure(const OpenOptions& options);
  Result<> enter_wal_mode(const OpenOptions& options);
  // SQLite's codes.
  int settle_log();
  int begin_new_log();
  Result<> settle_log_late();
  // SQLite's code.
  int execute(const std::string& script) noexcept;
  Result<std::int64_t> user_version();
  sqlite3_stmt* compile(std::string_view sql, bool keep);
  // SQLite's last error on this connection, as ours, told to whoever wants to know.
  Error last_error(int code) const;
  Error told(int code, std::string message) const;
  void keep_first(Error error);
  // Records the failure of a statement, unless an earlier one is recorded.
  void statement_failed(int code);

  sqlite3* db_;
  const std::function<void(int, const std::string&)> on_error_;
  const std::int64_t log_reserve_bytes_;
  std::optional<Error> error_;
  Millis busy_timeout_;
  bool log_settled_ = true;
  int log_pages_ = 0;
  std::unordered_map<std::string, Compiled, TextHash, std::equal_to<>> cache_;  // by SQL text
};

// Rolls back at the end of the scope unless committed.
class Transaction {
 public:
  static Result<Transaction> begin(Database& db, Begin kind);
  ~Transaction() {
    if (db_) db_->rollback();
  }
  Transaction(Transaction&& other) noexcept : db_(std::exchange(other.db_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;

  Result<> commit() { return std::exchange(db_, nullptr)->commit(); }

 private:
  explicit Transaction(Database& db) noexcept : db_(&db) {}
  Database* db_;
};

}  // namespace studiosync::sqlite
