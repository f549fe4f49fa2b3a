// What the simulation asks of a server's disk, of the one in memory and of the one with SQLite on
// it.
#include <gtest/gtest.h>

#include "e2e/sim/scheduler.hpp"
#include "e2e/sim/storage.hpp"

namespace studiosync::e2e {
namespace {

constexpr server::UserRef ann{0, UserId{1}};
constexpr Millis a_flush{20};

class ServerStorageTest : public testing::TestWithParam<StoreKind> {
 protected:
  // Appends a record; its place in `answers_` tells what became of it.
  void write(const std::string& id) {
    store_->write(
        ann,
        [id](UserTxn& log) {
          Record record{.type = EntityType::saved_query, .id = id};
          record.rev.version = {1};
          record.content = "{}";
          log.put(record);
        },
        [this, id](Result<> done) { answers_ += done ? id : "!"; });
  }
  std::string stored() {
    std::string ids;
    (void)store_->read(ann, [&](UserReader& log) {
      log.each_live([&](const Record& record) { ids += record.id; });
    });
    return ids;
  }
  void pass(Millis time) { scheduler_.run_until(scheduler_.now() + time); }

  Scheduler scheduler_{WallTime{1'000}};
  std::string committed_;
  std::unique_ptr<ServerStorage> storage_ = make_server_storage(
      GetParam(), {scheduler_, 7, [this](server::UserRef, const Record& row, const RowWriter&) {
                     committed_ += row.id;
                   }});
  server::Store* store_ = &storage_->open();
  std::string answers_;
};

INSTANTIATE_TEST_SUITE_P(On, ServerStorageTest,
                         testing::Values(StoreKind::memory, StoreKind::sqlite),
                         [](const auto& kind) {
                           return kind.param == StoreKind::memory ? "Memory" : "Sqlite";
                         });

TEST_P(ServerStorageTest, AnswersAWriteWhenItsFlushEndsAndNotBefore) {
  write("a");
  EXPECT_EQ(stored(), "");
  EXPECT_EQ(answers_, "");
  pass(a_flush);
  EXPECT_EQ(stored(), "a");
  EXPECT_EQ(answers_, "a");
  EXPECT_EQ(committed_, "a");
}

TEST_P(ServerStorageTest, CommitsWhatWaitsAsOneGroupInItsOrder) {
  for (const std::string id : {"a", "b", "c", "d"}) write(id);
  pass(a_flush);
  EXPECT_EQ(stored(), "abcd");
  EXPECT_EQ(answers_, "abcd");
}

TEST_P(ServerStorageTest, ACrashKeepsWhatWasAnsweredAndAnswersNothingElse) {
  write("a");
  pass(a_flush);
  write("b");
  write("c");
  storage_->crash();
  store_ = &storage_->open();
  pass(a_flush);
  EXPECT_EQ(stored().substr(0, 1), "a");
  EXPECT_EQ(committed_, stored());
  EXPECT_EQ(answers_, "a");
}

TEST_P(ServerStorageTest, ACrashLosesWhatWaitedForTheFlushBeforeIt) {
  write("a");
  pass(Millis{0});
  write("b");
  write("c");
  storage_->crash();
  store_ = &storage_->open();
  EXPECT_EQ(stored().find_first_of("bc"), std::string::npos);
}

TEST_P(ServerStorageTest, AStopInOrderCommitsWhatWaits) {
  write("a");
  storage_->close();
  EXPECT_EQ(answers_, "a");
  store_ = &storage_->open();
  EXPECT_EQ(stored(), "a");
}

TEST_P(ServerStorageTest, AFailedCommitStoresNothingOfItsGroup) {
  storage_->fail_commits(1);
  write("a");
  pass(a_flush);
  write("b");
  pass(a_flush);
  EXPECT_EQ(answers_, "!b");
  EXPECT_EQ(stored(), "b");
}

TEST_P(ServerStorageTest, AfterACommitThatFailedTheStoreHasAnotherEpoch) {
  const Epoch before = store_->epoch(0);
  storage_->fail_commits(1);
  write("a");
  pass(a_flush);
  write("b");
  pass(a_flush);
  EXPECT_NE(store_->epoch(0), before);
}

TEST_P(ServerStorageTest, AFullDiskRefusesWritesUntilThereIsRoom) {
  storage_->set_full(true);
  write("a");
  pass(a_flush);
  storage_->set_full(false);
  write("b");
  pass(a_flush);
  EXPECT_EQ(answers_, "!b");
}

TEST_P(ServerStorageTest, ARestoreBringsTheBackupAndANewEpoch) {
  write("a");
  pass(a_flush);
  storage_->backup();
  const Epoch before = store_->epoch(0);
  write("b");
  pass(a_flush);
  storage_->crash();
  ASSERT_TRUE(storage_->restore());
  store_ = &storage_->open();
  EXPECT_EQ(stored(), "a");
  EXPECT_NE(store_->epoch(0), before);
}

TEST_P(ServerStorageTest, WithoutABackupThereIsNothingToRestore) {
  write("a");
  storage_->close();
  EXPECT_FALSE(storage_->restore());
  store_ = &storage_->open();
  EXPECT_EQ(stored(), "a");
}

TEST_P(ServerStorageTest, AnArchivedConflictIsFoundAgain) {
  ArchiveRow row{.result = "{}", .resolved_by = "policy", .choice = Choice::remote, .at = {5}};
  row.conflict = {.id = "c1", .type = EntityType::saved_query, .item_id = "a", .open = true};
  row.conflict.local = {.content = "{\"name\":\"x\"}", .version = {3}, .device = {"laptop"}};
  row.conflict.remote = {.deleted = true, .version = {4}, .device = {"phone"}};
  store_->write(
      ann, [row](UserTxn& log) { log.archive(row); }, [](const Result<>&) {});
  pass(a_flush);
  const auto found = storage_->archive(ann);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].result, row.result);
  EXPECT_EQ(found[0].resolved_by, row.resolved_by);
  EXPECT_EQ(found[0].choice, row.choice);
  EXPECT_EQ(found[0].at, row.at);
  EXPECT_EQ(found[0].conflict.id, "c1");
  EXPECT_TRUE(found[0].conflict.open);
  EXPECT_EQ(found[0].conflict.local.content, row.conflict.local.content);
  EXPECT_EQ(found[0].conflict.local.version, Version{3});
  EXPECT_TRUE(found[0].conflict.remote.deleted);
  EXPECT_EQ(found[0].conflict.remote.device.value, "phone");
  EXPECT_TRUE(storage_->archive({0, UserId{2}}).empty());
}

}  // namespace
}  // namespace studiosync::e2e
