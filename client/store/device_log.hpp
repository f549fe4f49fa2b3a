// The write-ahead log of a device's database, and when it is copied back. Apart from the store, so
// that bare SQLite can be measured under the same terms.
#pragma once

#include "sqlite/database.hpp"
#include "sqlite/log_growth.hpp"

namespace studiosync::client {

// Of one connection's life, outside transactions. Not thread-safe.
//
// A copy that fails, or of which a reader keeps a part back, loses nothing: the log stays, and the
// next try is made when it has grown as much again.
class DeviceLog {
 public:
  // When nobody waits.
  void tidy(sqlite::Database& db) { copy_beyond(pages_max, db); }
  // Where nobody does it between transactions: less often.
  void after_commit(sqlite::Database& db) { copy_beyond(2 * pages_max, db); }

 private:
  // 8 MiB: a first sync pays few of the syncs that a copy costs, and a crash leaves little to
  // replay.
  static constexpr int pages_max = 2048;

  // SQLite up to 3.51 can lose commits when an automatic checkpoint meets another process that
  // starts the log anew. A complete one takes the write lock first, so nobody writes meanwhile.
  void copy_beyond(int pages, sqlite::Database& db) {
    if (!growth_.beyond(pages, db.log_pages())) return;
    (void)db.checkpoint(sqlite::Database::Checkpoint::reusing);
  }

  sqlite::LogGrowth growth_;
};

}  // namespace studiosync::client
