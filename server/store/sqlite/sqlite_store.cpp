#include "server/store/sqlite/sqlite_store.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "core/base/check.hpp"
#include "server/store/sqlite/data_folder.hpp"
#include "server/store/sqlite/shard.hpp"

namespace studiosync::server {

namespace {

class SqliteStore final : public Store {
 public:
  SqliteStore(std::optional<os::FileLock> lock, bool has_threads)
      : lock_(std::move(lock)), has_threads_(has_threads) {}
  // All before the first is gone: an answer of one shard may write to another.
  ~SqliteStore() override {
    if (has_threads_) SqliteStore::stop();
  }

  Result<> open_shards(const SqliteStoreOptions& options) {
    SS_ASSIGN(const std::uint32_t existing, options.folder_in_vfs
                                                ? count_shards(options.folder, options.vfs)
                                                : count_shards(options.folder));
    if (existing == 0 && options.in_use) return missing(0);
    // Each shard has its number on the disk before the next file is made, so that only the last one
    // may be new still; and once all have it, the first one notes how many there are.
    std::uint32_t numbered = std::max(existing, 1U) - 1;
    if (options.in_use) numbered = std::max(numbered, 1U);
    if (existing > 0) {
      SS_TRY(open_up_to(1, numbered, options));
      SS_ASSIGN(const auto noted, shard(0).noted("shards"));
      // A lost last file would not show as a gap in the numbers.
      if (noted.value_or(0) > existing) return missing(existing);
      numbered = std::max(numbered, static_cast<std::uint32_t>(noted.value_or(0)));
    }
    SS_TRY(open_up_to(std::max(existing, options.shards), numbered, options));
    return shard(0).note("shards", shards());
  }

  void write(UserRef user, Job job, Done done) override {
    shard(user.shard).write(user.number, std::move(job), std::move(done));
  }
  Result<> read(UserRef user, const std::function<void(UserReader&)>& read) override {
    return shard(user.shard).read(user.number, read);
  }
  std::uint32_t shards() const override { return static_cast<std::uint32_t>(shards_.size()); }
  Epoch epoch(std::uint32_t number) const override { return shard(number).epoch(); }

  StoreStats stats() const override {
    StoreStats stats{.commits = counters_.commits,
                     .jobs = counters_.jobs,
                     .rows_written = counters_.rows_written,
                     .rows_read = counters_.rows_read,
                     .bytes_written = counters_.bytes_written};
    for (const auto& shard : shards_) stats.queued_jobs += shard->queued();
    return stats;
  }

  Result<> probe() override {
    for (const auto& shard : shards_) SS_TRY(shard->probe());
    return {};
  }

  void stop() override {
    for (const auto& shard : shards_) shard->stop();
  }

 private:
  // Those below `numbered` are not new: see Shard::open().
  Result<> open_up_to(std::uint32_t count, std::uint32_t numbered,
                      const SqliteStoreOptions& options) {
    for (std::uint32_t number = shards(); number < count; ++number) {
      const auto file = number < numbered ? ShardFile::numbered : ShardFile::may_be_new;
      SS_ASSIGN(auto opened, Shard::open(options, number, file, counters_));
      shards_.push_back(std::move(opened));
      SS_TRY(check_identity(number));
    }
    return {};
  }

  // Users are found by their shard's number, so a file under another's name would show them
  // strangers' data.
  Result<> check_identity(std::uint32_t number) {
    SS_ASSIGN(const auto noted, shard(number).noted("shard"));
    if (!noted) return shard(number).note("shard", number);
    if (*noted == number) return {};
    return fail(ErrorCode::store_error, "shard-" + std::to_string(number) + ".db is shard " +
                                            std::to_string(*noted) + " under a wrong name");
  }

  static Unexpected missing(std::uint32_t number) {
    return fail(ErrorCode::store_error, "shard " + std::to_string(number) + " is missing");
  }

  Shard& shard(std::uint32_t number) const {
    SS_CHECK(number < shards_.size());
    return *shards_[number];
  }

  const std::optional<os::FileLock> lock_;  // of the data folder; released last
  const bool has_threads_;
  StoreCounters counters_;
  std::vector<std::unique_ptr<Shard>> shards_;
};

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite_store(const SqliteStoreOptions& options) {
  std::optional<os::FileLock> lock;
  if (!options.folder_in_vfs) {
    SS_ASSIGN(lock, lock_data_folder(options.folder));
  }
  auto store = std::make_unique<SqliteStore>(std::move(lock), !options.post);
  SS_TRY(store->open_shards(options));
  return store;
}

}  // namespace studiosync::server
