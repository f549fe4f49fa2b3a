#include "e2e/sim/sim_store.hpp"

#include <gtest/gtest.h>

#include "e2e/sim/memory_server_storage.hpp"

namespace studiosync::e2e {
namespace {

constexpr server::UserRef ann{0, UserId{1}};
constexpr Millis a_flush{20};

class SimStoreTest : public testing::Test {
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
  MemoryServerStorage storage_{
      {scheduler_, 7, [this](server::UserRef, const Record& row, bool) { committed_ += row.id; }}};
  server::Store* store_ = &storage_.open();
  std::string answers_;
};

TEST_F(SimStoreTest, AnswersAWriteWhenItsFlushEndsAndNotBefore) {
  write("a");
  EXPECT_EQ(stored(), "");
  EXPECT_EQ(answers_, "");
  pass(a_flush);
  EXPECT_EQ(stored(), "a");
  EXPECT_EQ(answers_, "a");
  EXPECT_EQ(committed_, "a");
}

TEST_F(SimStoreTest, CommitsWhatWaitsAsOneGroupInItsOrder) {
  for (const std::string id : {"a", "b", "c", "d"}) write(id);
  pass(a_flush);
  EXPECT_EQ(stored(), "abcd");
  EXPECT_EQ(answers_, "abcd");
}

TEST_F(SimStoreTest, ACrashLosesExactlyWhatWasNotFlushed) {
  write("a");
  pass(a_flush);
  write("b");
  storage_.crash();
  store_ = &storage_.open();
  pass(a_flush);
  EXPECT_EQ(stored(), "a");
  EXPECT_EQ(answers_, "a");  // nobody hears of the other one any more
}

TEST_F(SimStoreTest, AStopInOrderCommitsWhatWaits) {
  write("a");
  storage_.close();
  EXPECT_EQ(answers_, "a");
  store_ = &storage_.open();
  EXPECT_EQ(stored(), "a");
}

TEST_F(SimStoreTest, AFailedCommitStoresNothingOfItsGroup) {
  storage_.fail_commits(1);
  write("a");
  pass(a_flush);
  write("b");
  pass(a_flush);
  EXPECT_EQ(answers_, "!b");
  EXPECT_EQ(stored(), "b");
}

TEST_F(SimStoreTest, AFullDiskRefusesWritesUntilThereIsRoom) {
  storage_.set_full(true);
  write("a");
  pass(a_flush);
  storage_.set_full(false);
  write("b");
  pass(a_flush);
  EXPECT_EQ(answers_, "!b");
}

TEST_F(SimStoreTest, ARestoreBringsTheBackupAndANewEpoch) {
  write("a");
  pass(a_flush);
  storage_.backup();
  const Epoch before = store_->epoch(0);
  write("b");
  pass(a_flush);
  storage_.crash();
  ASSERT_TRUE(storage_.restore());
  store_ = &storage_.open();
  EXPECT_EQ(stored(), "a");
  EXPECT_NE(store_->epoch(0), before);
}

TEST_F(SimStoreTest, WithoutABackupThereIsNothingToRestore) {
  write("a");
  storage_.close();
  EXPECT_FALSE(storage_.restore());
  store_ = &storage_.open();
  EXPECT_EQ(stored(), "a");
}

}  // namespace
}  // namespace studiosync::e2e
