// What tests of the store share: a clock by hand, records, and writes that wait for their answer.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "e2e/disk/disk_vfs.hpp"
#include "server/store/sqlite/sqlite_store.hpp"
#include "server/store/store.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::server {

inline constexpr UserRef alice{.shard = 0, .number = UserId{1}};
inline constexpr UserRef bob{.shard = 0, .number = UserId{2}};

Record record_of(EntityType type, std::string id, std::string content);
inline Record query_of(std::string id, std::string content = "{}") {
  return record_of(EntityType::saved_query, std::move(id), std::move(content));
}

// Writes and waits until the store answers.
Result<> write(Store& store, UserRef user, Store::Job job);
// Puts one record in a job of its own; returns it as the store completed it.
Record put(Store& store, UserRef user, Record record);

// Lets a writer run into a job that waits, so that what is submitted meanwhile queues up behind it.
class StuckWriter {
 public:
  // Returns when the job has started.
  StuckWriter(Store& store, UserRef user);
  ~StuckWriter() { release(); }
  void release();

 private:
  std::promise<void> go_;
  bool released_ = false;
};

// A SQLite store in a temporary folder that can be closed and opened again.
struct SqliteHome {
  TemporaryFolder folder;
  std::atomic<std::int64_t> now_us{1'700'000'000'000'000};
  std::uint64_t next_random = 41;

  SqliteStoreOptions options();
  Result<std::unique_ptr<Store>> open() { return open_sqlite_store(options()); }
};

// A disk in memory, and a store on it that has no thread.
struct CallerHome {
  e2e::SimulatedDisk disk;
  e2e::DiskVfs vfs{disk, {.name = "store-test"}};
  bool hold = false;  // steps wait in `held` for the test
  std::vector<std::function<void()>> held;

  // `options` with the place and the writer exchanged for these.
  SqliteStoreOptions options(SqliteStoreOptions options);
  void run_held();
};

}  // namespace studiosync::server
