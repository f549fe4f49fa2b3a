// What only the durable store promises: its folder, group commit, bounds, isolation of failures.
#include "server/store/sqlite/sqlite_store.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>
#include <stdexcept>

#include "sqlite/database.hpp"
#include "tests/server/store/store_fixture.hpp"

namespace studiosync::server {
namespace {

using testing::ElementsAre;

class SqliteStoreTest : public testing::Test {
 protected:
  std::unique_ptr<Store> open(SqliteStoreOptions options) {
    auto opened = open_sqlite_store(options);
    EXPECT_TRUE(opened) << opened.error().message;
    return opened ? std::move(*opened) : nullptr;
  }
  std::unique_ptr<Store> open() { return open(home_.options()); }
  std::string shard_file(int number) {
    return home_.folder.file("shard-" + std::to_string(number) + ".db");
  }
  std::unique_ptr<sqlite::Database> database(int number = 0) {
    return std::move(*sqlite::Database::open(shard_file(number)));
  }

  SqliteHome home_;
};

TEST_F(SqliteStoreTest, KeepsItsFolderToTheOwner) {
  SqliteStoreOptions options = home_.options();
  options.folder = home_.folder.file("data");
  const auto store = open(options);
  for (const auto& [path, mode] : {std::pair("data", 0700U), std::pair("data/shard-0.db", 0600U),
                                   std::pair("data/lock", 0600U)}) {
    struct stat info {};
    ASSERT_EQ(::stat(home_.folder.file(path).c_str(), &info), 0) << path;
    EXPECT_EQ(info.st_mode & 0777U, mode) << path;
  }
}

TEST_F(SqliteStoreTest, RefusesASecondOpener) {
  auto first = open();
  const auto second = home_.open();
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::store_locked);
  first.reset();
  EXPECT_TRUE(home_.open());
}

TEST_F(SqliteStoreTest, GrowsButNeverShrinksItsNumberOfShards) {
  SqliteStoreOptions options = home_.options();
  options.shards = 2;
  open(options);
  options.shards = 3;
  EXPECT_EQ(open(options)->shards(), 3U);
  options.shards = 1;
  EXPECT_EQ(open(options)->shards(), 3U);
}

TEST_F(SqliteStoreTest, RefusesAFolderInWhichAShardIsMissing) {
  SqliteStoreOptions options = home_.options();
  options.shards = 3;
  open(options);
  std::filesystem::rename(shard_file(2), home_.folder.file("elsewhere"));
  EXPECT_FALSE(open_sqlite_store(options)) << "the last one";
  std::filesystem::rename(shard_file(1), shard_file(2));
  EXPECT_FALSE(open_sqlite_store(options)) << "one in the middle";
}

TEST_F(SqliteStoreTest, RefusesShardsThatChangedPlaces) {
  SqliteStoreOptions options = home_.options();
  options.shards = 2;
  open(options);
  std::filesystem::rename(shard_file(0), home_.folder.file("x"));
  std::filesystem::rename(shard_file(1), shard_file(0));
  std::filesystem::rename(home_.folder.file("x"), shard_file(1));
  EXPECT_FALSE(open_sqlite_store(options));
}

TEST_F(SqliteStoreTest, RefusesASchemaThatIsNewerThanTheProgram) {
  open();
  ASSERT_TRUE(database()->run("INSERT INTO schema_migrations VALUES(99, 'future', 'x', 'x')"));
  const auto opened = home_.open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::store_error);
}

TEST_F(SqliteStoreTest, CommitsEverythingThatWaitedInOneGroupAndAnswersInOrder) {
  const auto store = open();
  StuckWriter stuck(*store, alice);
  const StoreStats before = store->stats();
  std::vector<int> answered;
  for (int i = 0; i < 100; ++i) {
    const UserRef user = i % 2 ? alice : bob;
    store->write(
        user,
        [i](UserTxn& txn) {
          Record record = query_of(std::to_string(i));
          txn.put(record);
        },
        [&answered, i](Result<> result) {
          if (result) answered.push_back(i);
        });
  }
  EXPECT_EQ(store->stats().queued_jobs, 100U);
  stuck.release();
  store->stop();
  EXPECT_EQ(store->stats().commits - before.commits, 2U);
  EXPECT_EQ(store->stats().jobs - before.jobs, 101U);
  ASSERT_EQ(answered.size(), 100U);
  EXPECT_TRUE(std::ranges::is_sorted(answered));
}

TEST_F(SqliteStoreTest, EndsAGroupAtItsNumberOfJobs) {
  SqliteStoreOptions options = home_.options();
  options.limits.group_tasks_max = 10;
  const auto store = open(options);
  StuckWriter stuck(*store, alice);
  const StoreStats before = store->stats();
  for (int i = 0; i < 25; ++i)
    store->write(
        alice, [](UserTxn&) {}, [](Result<>) {});
  stuck.release();
  store->stop();
  EXPECT_EQ(store->stats().commits - before.commits, 4U);
}

TEST_F(SqliteStoreTest, RefusesAWriteAtOnceWhenItsQueueIsFull) {
  SqliteStoreOptions options = home_.options();
  options.limits.queued_tasks_max = 2;
  const auto store = open(options);
  StuckWriter stuck(*store, alice);
  std::vector<Result<>> answers;
  for (int i = 0; i < 3; ++i)
    store->write(
        alice, [](UserTxn&) {}, [&](Result<> result) { answers.push_back(result); });
  ASSERT_EQ(answers.size(), 1U) << "only the one beyond the bound is answered yet";
  EXPECT_EQ(answers[0].error().code, ErrorCode::service_unavailable);
  EXPECT_GT(answers[0].error().retry_after_ms, 0);
  stuck.release();
  store->stop();
  ASSERT_EQ(answers.size(), 3U);
  EXPECT_TRUE(answers[1] && answers[2]);
}

TEST_F(SqliteStoreTest, UndoesAFailingJobAlone) {
  open();
  ASSERT_TRUE(
      database()->run("CREATE TRIGGER poison BEFORE INSERT ON log WHEN new.id = 'poison' "
                      "BEGIN SELECT RAISE(ABORT, 'poisoned'); END"));
  const auto store = open();
  StuckWriter stuck(*store, alice);
  std::vector<bool> answers;
  for (const char* last : {"a", "poison", "b"})
    store->write(
        alice,
        [last](UserTxn& txn) {
          Record first = query_of(std::string("before-") + last);
          Record second = query_of(last);
          txn.put(first);
          txn.put(second);
          txn.put(first);
        },
        [&](Result<> result) { answers.push_back(result.has_value()); });
  stuck.release();
  store->stop();
  EXPECT_THAT(answers, ElementsAre(true, false, true));
  ASSERT_TRUE(store->read(alice, [](UserReader& log) {
    EXPECT_FALSE(log.find(EntityType::saved_query, "before-poison"));
    EXPECT_EQ(log.page(Seq{0}, {10, 1000}).size(), 4U);
    EXPECT_EQ(log.state().head, Seq{6})
        << "the failing job's places in the log are given out again";
  }));
}

TEST_F(SqliteStoreTest, SurvivesAJobThatThrowsOnItsThread) {
  const auto store = open();
  const auto answer =
      write(*store, alice, [](UserTxn&) { throw std::runtime_error("not to be expected"); });
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::server_error);
  EXPECT_EQ(put(*store, alice, query_of("next")).seq, Seq{1});
}

TEST_F(SqliteStoreTest, ReadsOneMomentWhileTheWriterGoesOn) {
  const auto store = open();
  put(*store, alice, query_of("a"));
  ASSERT_TRUE(store->read(alice, [&](UserReader& log) {
    EXPECT_EQ(log.state().head, Seq{1});
    put(*store, alice, query_of("b"));
    EXPECT_EQ(log.state().head, Seq{1});
    EXPECT_EQ(log.page(Seq{0}, {10, 1000}).size(), 1U);
  }));
  ASSERT_TRUE(store->read(alice, [](UserReader& log) { EXPECT_EQ(log.state().head, Seq{2}); }));
}

TEST_F(SqliteStoreTest, ReportsADamagedRowInsteadOfMakingOneUp) {
  const auto store = open();
  put(*store, alice, query_of("a"));
  ASSERT_TRUE(database()->run("UPDATE log SET field_versions = x'ff'"));
  const auto result = store->read(alice, [](UserReader& log) {
    EXPECT_FALSE(log.find(EntityType::saved_query, "a"));
    EXPECT_TRUE(log.error());
  });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::store_error);
}

TEST_F(SqliteStoreTest, ShowsLiveRecordsUnderTheNamesOfTheDevicesTables) {
  auto store = open();
  put(*store, bob, query_of("q", R"({"name":"top ten","query":"SELECT 1"})"));
  put(*store, bob, query_of("deleted", ""));
  store.reset();
  const auto db = database();
  auto rows = db->prepare("SELECT user, id, name FROM saved_queries");
  ASSERT_TRUE(rows.step());
  EXPECT_EQ(rows.integer(0), 2);
  EXPECT_EQ(rows.text(1), "q");
  EXPECT_EQ(rows.text(2), "top ten");
  EXPECT_FALSE(rows.step());
}

TEST_F(SqliteStoreTest, KeepsBothSidesOfAConflictInTheArchive) {
  auto store = open();
  ArchiveRow row;
  row.conflict = {.id = "k",
                  .type = EntityType::saved_query,
                  .item_id = "q",
                  .local = {.content = "{\"l\":1}", .version = Version{3}, .device = {"phone"}},
                  .remote = {.deleted = true, .version = Version{4}, .device = {"laptop"}},
                  .strategy = Strategy::last_write_wins};
  row.resolved_by = "policy";
  row.choice = Choice::remote;
  row.at = CommitTime{55};
  ASSERT_TRUE(write(*store, alice, [&](UserTxn& txn) {
    txn.archive(row);
    txn.archive(row);
  }));
  store.reset();
  const auto db = database();
  auto rows = db->prepare(
      "SELECT ordinal, conflict_id, local_content, local_version, local_device, remote_deleted, "
      "remote_version, choice, archived_at FROM sync_conflicts_archive WHERE user = 1");
  for (int ordinal = 1; ordinal <= 2; ++ordinal) {
    ASSERT_TRUE(rows.step());
    EXPECT_EQ(rows.integer(0), ordinal);
    EXPECT_EQ(rows.text(1), "k");
    EXPECT_EQ(rows.text(2), "{\"l\":1}");
    EXPECT_EQ(rows.integer(3), 3);
    EXPECT_EQ(rows.text(4), "phone");
    EXPECT_EQ(rows.integer(5), 1);
    EXPECT_EQ(rows.integer(6), 4);
    EXPECT_EQ(rows.text(7), "remote");
    EXPECT_EQ(rows.integer(8), 55);
  }
  EXPECT_FALSE(rows.step());
}

}  // namespace
}  // namespace studiosync::server
