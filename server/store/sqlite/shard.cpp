#include "server/store/sqlite/shard.hpp"

#include "core/base/check.hpp"
#include "core/base/limits.hpp"
#include "core/base/zoo.hpp"
#include "core/schema/ddl.hpp"
#include "server/store/epoch.hpp"
#include "server/store/in_file.hpp"
#include "server/store/migrations/migrations.hpp"
#include "server/store/sqlite/caller_writer.hpp"
#include "server/store/sqlite/data_folder.hpp"
#include "server/store/sqlite/thread_writer.hpp"

namespace studiosync::server {

namespace {

sqlite::OpenOptions reader_options(const SqliteStoreOptions& options) {
  return {.create = false, .read_only = true, .cache_kib = options.cache_kib, .vfs = options.vfs};
}

// The views follow from this program's registry, not from a migration, so every start makes them
// anew.
Result<> prepare_schema(sqlite::Database& db, WallTime now) {
  SS_TRY(sqlite::migrate(db, shard_migrations(), now));
  SS_ASSIGN(auto transaction, sqlite::Transaction::begin(db, sqlite::Begin::immediate));
  SS_TRY(db.run(server_view_ddl()));
  return transaction.commit();
}

Result<bool> is_numbered(sqlite::Database& db) {
  bool numbered = false;
  auto table = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'meta'");
  if (table.step()) {
    auto note = db.prepare("SELECT 1 FROM meta WHERE name = 'shard'");
    numbered = note.step();
  }
  SS_TRY(db.take_error());
  return numbered;
}

Result<> prepare(sqlite::Database& db, const std::string& path, ShardFile file, WallTime now) {
  const auto numbered = is_numbered(db);
  if (!numbered) return in_file(path, numbered.error());
  if (file == ShardFile::numbered && !*numbered) {
    return fail(ErrorCode::store_error,
                std::string(file_name(path)) +
                    " is empty or no shard of syncd: put back the one that belongs to this "
                    "folder, or restore a backup");
  }
  if (auto ready = prepare_schema(db, now); !ready) return in_file(path, std::move(ready).error());
  return {};
}

// `health` outlives the connection.
sqlite::OpenOptions telling(sqlite::OpenOptions options, const ShardHealth& health) {
  options.on_error = [&health](int code, const std::string& message) {
    health.failed(code, message);
  };
  return options;
}

auto opener(std::string path, sqlite::OpenOptions options) {
  return [path = std::move(path), options = std::move(options)] {
    return sqlite::Database::open(path, options);
  };
}

void write_note(sqlite::Database& db, std::string_view name, std::int64_t value) {
  db.prepare("INSERT OR REPLACE INTO meta(name, value) VALUES(?, ?)").bind(name, value).run();
}

std::unique_ptr<Writer> make_writer(GroupCommitter committer, const SqliteStoreOptions& options) {
  const std::size_t queued_max = options.limits.queued_tasks_max;
  if (!options.post) return std::make_unique<ThreadWriter>(std::move(committer), queued_max);
  return std::make_unique<CallerWriter>(std::move(committer), queued_max, options.post);
}

}  // namespace

sqlite::OpenOptions writer_options(const SqliteStoreOptions& options) {
  return {.checkpoint_pages = 0,
          .log_reserve_bytes = options.log_reserve_bytes,
          .cache_kib = options.cache_kib,
          .vfs = options.vfs};
}

Result<std::unique_ptr<Shard>> Shard::open(const SqliteStoreOptions& options, std::uint32_t number,
                                           ShardFile file, StoreCounters& counters) {
  std::string path = shard_path(options.folder, number);
  auto health = std::make_unique<ShardHealth>(shard_name(number), options.on_failure);
  auto db = sqlite::Database::open(path, telling(writer_options(options), *health));
  if (!db) return in_file(path, std::move(db).error());
  SS_TRY(prepare(**db, path, file, WallTime{options.clock().unix_us / 1000}));
  return std::unique_ptr<Shard>(
      new Shard(options, std::move(path), std::move(health), std::move(*db), counters));
}

Shard::Shard(const SqliteStoreOptions& options, std::string path,
             std::unique_ptr<ShardHealth> health, std::unique_ptr<sqlite::Database> db,
             StoreCounters& counters)
    : clock_(options.clock),
      entropy_(options.entropy),
      epoch_(new_epoch()),
      counters_(counters),
      health_(std::move(health)),
      writer_(make_writer(GroupCommitter(std::move(db), reopener(path, options), options.limits,
                                         counters, *health_),
                          options)),
      readers_(opener(path, telling(reader_options(options), *health_)), options.readers) {}

Epoch Shard::new_epoch() const {
  return draw_epoch(SS_ZOO(epoch_survives_a_restore) ? 1 : entropy_());
}

// What a failed commit has left in the log may come back from a copy of it that was made before it
// was written over: nothing else may then have the same places.
GroupCommitter::Open Shard::reopener(const std::string& path, const SqliteStoreOptions& options) {
  return [this, open = opener(path, telling(writer_options(options), *health_))] {
    epoch_ = new_epoch();
    return open();
  };
}

void Shard::write(UserId user, Store::Job job, Store::Done done) {
  SS_CHECK(user && user.value <= limits::user_max);
  auto task = [this, user, job = std::move(job)](sqlite::Database& db, WriteTally& tally) {
    SqliteUserTxn txn(db, user, {epoch_, clock_()}, tally);
    job(txn);
    txn.finish();
    counters_.rows_read += txn.rows_read();
  };
  writer_->submit(std::move(task), std::move(done));
}

Result<> Shard::read(UserId user, const std::function<void(UserReader&)>& read) {
  SS_CHECK(user && user.value <= limits::user_max);
  return readers_.read([&](sqlite::Database& db) {
    SqliteUserReader reader(db, user);
    read(reader);
    counters_.rows_read += reader.rows_read();
  });
}

Result<std::optional<std::int64_t>> Shard::noted(std::string_view name) {
  std::optional<std::int64_t> value;
  SS_TRY(readers_.read([&](sqlite::Database& db) {
    auto row = db.prepare("SELECT value FROM meta WHERE name = ?");
    if (row.bind(name).step()) value = row.integer(0);
  }));
  return value;
}

Result<> Shard::note(std::string name, std::int64_t value) {
  return writer_->execute([name = std::move(name), value](sqlite::Database& db, WriteTally&) {
    write_note(db, name, value);
  });
}

// One row has its place in what is reserved, on a disk that is full as well. After a commit that
// failed there has to be room for as much as is reserved: to wait for the next commit would be to
// wait for ever where nothing is sent to a server that is not ready.
Result<> Shard::probe() {
  SS_TRY(noted("probe"));
  const bool doubted = health_->doubted();
  Result<> room;
  SS_TRY(writer_->execute([&](sqlite::Database& db, WriteTally&) {
    write_note(db, "probe", clock_().unix_us);
    if (doubted) room = db.reserve_log();
  }));
  if (doubted && room) health_->trust();
  return room;
}

}  // namespace studiosync::server
