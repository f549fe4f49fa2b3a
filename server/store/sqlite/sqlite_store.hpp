// The durable store: SQLite databases in a folder.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/base/time.hpp"
#include "server/store/sqlite/caller_writer.hpp"
#include "server/store/store.hpp"
#include "server/store/store_failure.hpp"

namespace studiosync::server {

struct SqliteStoreOptions {
  std::string folder;
  std::uint32_t shards = 4;           // of a new folder; an existing one may grow, never shrink
  std::function<CommitTime()> clock;  // any thread
  std::function<std::uint64_t()> entropy;  // 64 random bits, from the operating system in a server
  std::size_t readers = 2;                 // connections a shard
  GroupLimits limits{};
  int cache_kib = 8192;  // a connection
  // A shard's; a server under load needs log_reserve_under_load_bytes.
  std::int64_t log_reserve_bytes = 64 << 10;
  std::string vfs{};  // see sqlite::OpenOptions
  // The folder exists for `vfs` only: nothing of it is made, locked or listed.
  bool folder_in_vfs = false;
  // Something beside the shards says that the folder is not new: they must be there.
  bool in_use = false;
  OnStoreFailure on_failure{};  // whom failures are told to
  // Empty: each shard has a writer thread. Else the store has no thread, and everything is called
  // from one: when a shard has something to commit, this takes the step that does it, to run it at
  // once or later. A store that ends without stop() forgets what it has not committed.
  Post post{};
};

// `store_locked` when another process (or another store of this one) uses the folder; `store_error`
// when the folder is unusable, a shard is missing, emptied or damaged, or the schema is newer than
// this program.
Result<std::unique_ptr<Store>> open_sqlite_store(const SqliteStoreOptions& options);

}  // namespace studiosync::server
