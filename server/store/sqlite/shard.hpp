// One shard: one database file, its writer and its readers.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/store/sqlite/group_committer.hpp"
#include "server/store/sqlite/reader_pool.hpp"
#include "server/store/sqlite/sqlite_store.hpp"
#include "server/store/sqlite/store_counters.hpp"
#include "server/store/sqlite/writer.hpp"

namespace studiosync::server {

enum class ShardFile : std::uint8_t {
  may_be_new,  // empty, or made half by a start that was killed
  numbered,    // has its number, and all else, from an earlier start
};

// Of the one connection that writes to a shard.
sqlite::OpenOptions writer_options(const SqliteStoreOptions& options);

// Threads are those that store.hpp names for the calls of the same name.
class Shard {
 public:
  // Creates and migrates the database, draws the epoch of this start and starts the writer.
  // `store_error`, and nothing is put into it, when one that should be numbered is not: it was
  // emptied, or is somebody else's.
  static Result<std::unique_ptr<Shard>> open(const SqliteStoreOptions& options,
                                             std::uint32_t number, ShardFile file,
                                             StoreCounters& counters);

  void write(UserId user, Store::Job job, Store::Done done);
  Result<> read(UserId user, const std::function<void(UserReader&)>& read);
  // Numbers that belong to the shard as a whole. note() returns when the value is on the disk.
  Result<std::optional<std::int64_t>> noted(std::string_view name);
  Result<> note(std::string name, std::int64_t value);
  // After a commit that failed an error, until one succeeds or there is room for what is reserved.
  Result<> probe();
  void stop() { writer_->stop(); }

  Epoch epoch() const noexcept { return epoch_; }
  std::size_t queued() const { return writer_->queued(); }

 private:
  Shard(const SqliteStoreOptions& options, std::string path, std::unique_ptr<ShardHealth> health,
        std::unique_ptr<sqlite::Database> db, StoreCounters& counters);

  Epoch new_epoch() const;
  GroupCommitter::Open reopener(const std::string& path, const SqliteStoreOptions& options);

  const std::function<CommitTime()> clock_;
  const std::function<std::uint64_t()> entropy_;
  std::atomic<Epoch> epoch_;  // of this start, or since the writer's connection was opened anew
  StoreCounters& counters_;
  const std::unique_ptr<ShardHealth> health_;  // its connections hold on to it
  // In this order: the writer's connection is the last to close, and empties the write-ahead log.
  const std::unique_ptr<Writer> writer_;
  ReaderPool readers_;
};

}  // namespace studiosync::server
