// What only the disk with SQLite on it can do: die in the middle of a commit, fail one half-way.
#include <gtest/gtest.h>

#include <set>

#include "e2e/sim/scheduler.hpp"
#include "e2e/sim/storage.hpp"

namespace studiosync::e2e {
namespace {

constexpr server::UserRef ann{0, UserId{1}};
constexpr Millis a_flush{20};

class SqliteWorld {
 public:
  explicit SqliteWorld(std::uint64_t seed)
      : storage_(make_server_storage(
            StoreKind::sqlite,
            {scheduler_, seed, [this](server::UserRef, const Record& row, const RowWriter& writer) {
               committed_ += row.id;
               pushed_ += writer.pushed ? row.id : "";
             }})) {
    start();
  }

  void start() { store_ = &storage_->open(); }
  ServerStorage& storage() { return *storage_; }
  void pass() { scheduler_.run_until(scheduler_.now() + a_flush); }
  // A record, by a push of a replica if it has a number.
  void write(const std::string& id, std::uint64_t device_seq = 0) {
    store_->write(
        ann,
        [id, device_seq](UserTxn& log) {
          Record record{.type = EntityType::saved_query, .id = id, .content = "{}"};
          record.rev.version = {1};
          log.put(record);
          if (device_seq != 0) log.set_replica({{7}}, {"laptop"}, {{device_seq}, {}});
        },
        [this](const Result<>& done) { answers_ += done ? '+' : '-'; });
  }
  void write_and_wait(const std::string& id) {
    write(id);
    pass();
  }
  std::string stored() {
    std::string ids;
    (void)store_->read(ann, [&](UserReader& log) {
      log.each_live([&](const Record& record) { ids += record.id; });
    });
    return ids;
  }
  const std::string& committed() const { return committed_; }
  const std::string& pushed() const { return pushed_; }
  const std::string& answers() const { return answers_; }

 private:
  Scheduler scheduler_{WallTime{1'000}};
  std::string committed_;
  std::string pushed_;
  std::string answers_;
  std::unique_ptr<ServerStorage> storage_;
  server::Store* store_ = nullptr;
};

TEST(SqliteServerStorage, ACommitThatACrashCutOffIsThereOrNotAndIsToldOfIffItIsThere) {
  std::set<std::string> left;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    SqliteWorld world(seed);
    world.write_and_wait("a");
    world.write("b", 1);
    world.storage().crash();
    world.start();
    left.insert(world.stored());
    EXPECT_EQ(world.committed(), world.stored());
    EXPECT_EQ(world.pushed(), world.stored() == "ab" ? "b" : "");
    EXPECT_EQ(world.answers(), "+");
  }
  EXPECT_EQ(left, (std::set<std::string>{"a", "ab"}));
}

TEST(SqliteServerStorage, AfterACommitThatFailedTheStoreGoesOn) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    SqliteWorld world(seed);
    world.storage().fail_commits(2);
    for (const std::string id : {"a", "b", "c"}) {
      world.write_and_wait(id);
    }
    EXPECT_EQ(world.answers(), "--+");
    EXPECT_EQ(world.committed(), world.stored());
    EXPECT_EQ(world.stored().back(), 'c');
  }
}

// Each begins at the same place of the log, so one of them at the most outlives the process.
TEST(SqliteServerStorage, OfCommitsThatFailedTheOneThatACrashBringsBackIsToldOf) {
  std::set<std::string> left;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    SqliteWorld world(seed);
    world.write_and_wait("a");
    world.storage().fail_commits(1);
    world.write_and_wait("b");
    world.storage().set_full(true);
    world.write_and_wait("c");
    world.storage().crash();
    world.start();
    left.insert(world.stored());
    EXPECT_EQ(world.committed(), world.stored());
    EXPECT_EQ(world.answers(), "+--");
  }
  EXPECT_EQ(left, (std::set<std::string>{"a", "ab"}));
}

TEST(SqliteServerStorage, WhatACrashLeftOutlivesTheNextOne) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    SqliteWorld world(seed);
    for (const std::string id : {"a", "b", "c"}) {
      world.write(id);
      world.storage().crash();
      world.start();
    }
    EXPECT_EQ(world.committed(), world.stored());
  }
}

TEST(SqliteServerStorage, OfARecordThatAGroupWritesOftenEachVersionIsTold) {
  SqliteWorld world(1);
  world.write("a");
  world.write("b");
  world.write("b");
  world.write_and_wait("b");
  EXPECT_EQ(world.stored(), "ab");
  EXPECT_EQ(world.committed(), "abbb");
}

}  // namespace
}  // namespace studiosync::e2e
