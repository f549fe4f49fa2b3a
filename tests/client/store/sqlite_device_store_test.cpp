// What only the store in a file must do.
#include "client/store/sqlite_device_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "sqlite/database.hpp"
#include "tests/client/store/records.hpp"
#include "tests/support/damage/damaged_page.hpp"
#include "tests/support/damage/full_disk.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::client {
namespace {

using namespace test;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

// Makes a database of today what it was after the second migration.
constexpr std::string_view before_recoveries =
    "DELETE FROM schema_migrations WHERE version >= 3;"
    "DROP TABLE sync_journal;"
    "ALTER TABLE sync_metadata DROP COLUMN recovery;"
    "ALTER TABLE sync_metadata DROP COLUMN digest_due_ms;"
    "ALTER TABLE sync_metadata DROP COLUMN ahead_epoch;"
    "ALTER TABLE sync_metadata DROP COLUMN ahead_seq;"
    "ALTER TABLE sync_metadata DROP COLUMN ahead_generation;"
    "ALTER TABLE sync_queue DROP COLUMN confirmed;"
    "ALTER TABLE sync_rejected DROP COLUMN confirmed;"
    "DROP INDEX sync_rejected_by_item; ALTER TABLE sync_rejected DROP COLUMN made_anew;"
    "ALTER TABLE sync_rejected DROP COLUMN shown;"
    "ALTER TABLE sync_rejected DROP COLUMN replaced;";

class SqliteDeviceStoreTest : public testing::Test {
 protected:
  std::unique_ptr<SqliteDeviceStore> open(const DeviceStoreOptions& options = {}) {
    auto store = open_device_store(path_, WallTime{0}, options);
    EXPECT_TRUE(store) << store.error().message;
    return store ? std::move(*store) : nullptr;
  }

  static void put(DeviceStore& store, const DeviceRecord& record) {
    ASSERT_TRUE(store.begin());
    store.put(record);
    ASSERT_TRUE(store.commit());
  }

  // The first row of a query as another program sees it, columns joined by `|`.
  std::string plain_sql(std::string_view sql, int columns) const {
    auto db = sqlite::Database::open(path_);
    EXPECT_TRUE(db);
    auto row = (*db)->prepare(sql);
    EXPECT_TRUE(row.step()) << sql;
    std::string text;
    for (int i = 0; i < columns; ++i) text.append(i > 0 ? "|" : "").append(row.text(i));
    return text;
  }

  // The files of what was set aside, whole or not.
  std::vector<std::string> names_aside() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.file("data/42"))) {
      const std::string name = entry.path().filename().string();
      if (name.find(".aside-") != std::string::npos) names.push_back(name);
    }
    std::ranges::sort(names);
    return names;
  }

  void execute(std::string_view sql) const {
    auto db = sqlite::Database::open(path_);
    ASSERT_TRUE(db);
    const auto ran = (*db)->run(sql);
    ASSERT_TRUE(ran) << ran.error().message;
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.file("data/42/device.db");
};

TEST_F(SqliteDeviceStoreTest, KeepsEverythingAcrossReopening) {
  {
    const auto store = open();
    ASSERT_TRUE(store->begin());
    store->put(rich_record());
    store->add_frozen(frozen_change(41));
    store->set_meta({.device_name = "laptop", .replica = replica(4)});
    ASSERT_TRUE(store->commit());
  }
  const auto store = open();
  EXPECT_EQ(store->find(EntityType::saved_query, "q-rich"), rich_record());
  EXPECT_EQ(store->find_frozen(DeviceSeq{41}), frozen_change(41));
  EXPECT_EQ(store->meta().device_name, "laptop");
}

TEST_F(SqliteDeviceStoreTest, OnlyTheOwnerMayReadTheFilesAndTheirFolder) {
  const auto store = open();
  put(*store, rich_record());
  const auto mode = [](const std::string& path) {
    struct stat status {};
    EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
    return status.st_mode & 0777U;
  };
  EXPECT_EQ(mode(folder_.file("data")), 0700U);
  EXPECT_EQ(mode(folder_.file("data/42")), 0700U);
  EXPECT_EQ(mode(path_), 0600U);
  EXPECT_EQ(mode(path_ + "-wal"), 0600U);
}

TEST_F(SqliteDeviceStoreTest, TakesAnOpenFileFromOthers) {
  open();
  ASSERT_EQ(::chmod(path_.c_str(), 0644), 0);
  open();
  struct stat status {};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(SqliteDeviceStoreTest, RefusesADatabaseOfANewerProgram) {
  open();
  execute("INSERT INTO schema_migrations VALUES (1000, 'from the future', '', '')");
  const auto store = open_device_store(path_, WallTime{0});
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::store_error);
  EXPECT_THAT(store.error().message, HasSubstr("schema version 1000"));
}

TEST_F(SqliteDeviceStoreTest, RefusesAFileThatIsNoDatabase) {
  open();
  ASSERT_EQ(::truncate(path_.c_str(), 100), 0);
  ::unlink((path_ + "-wal").c_str());
  EXPECT_FALSE(open_device_store(path_, WallTime{0}));
}

TEST_F(SqliteDeviceStoreTest, DerivesTheSchemaAnewWhenTheRegistryHasChanged) {
  put(*open(), pulled_query("q1", "SELECT sum(total) FROM orders"));
  // As a program with another registry left it: other columns, other indexes, no views.
  execute(
      "PRAGMA user_version = 1; DROP INDEX saved_queries_by_name;"
      "ALTER TABLE saved_queries DROP COLUMN favorite; DROP VIEW sync_status;"
      "DROP TABLE saved_queries_fts;");

  const auto store = open();
  EXPECT_EQ(store->find(EntityType::saved_query, "q1"),
            pulled_query("q1", "SELECT sum(total) FROM orders"));
  EXPECT_EQ(store->search("orders", 10).size(), 1U);
  EXPECT_EQ(*store->integrity(), "ok");
  EXPECT_EQ(plain_sql("SELECT count(*) FROM sqlite_schema WHERE name = 'saved_queries_by_name'", 1),
            "1");
  EXPECT_EQ(plain_sql("SELECT name, favorite IS NULL FROM saved_queries", 2), "q1|1");
}

TEST_F(SqliteDeviceStoreTest, UpgradesADatabaseOfTheTimeBeforeOriginals) {
  put(*open(), pulled_query("q1", "SELECT sum(total) FROM orders"));
  execute(before_recoveries);
  execute(
      "PRAGMA user_version = 1; DELETE FROM schema_migrations WHERE version = 2;"
      "DROP TABLE originals; DROP INDEX saved_queries_redacted;"
      "ALTER TABLE saved_queries DROP COLUMN redacted;");

  const auto store = open();
  EXPECT_EQ(store->find(EntityType::saved_query, "q1"),
            pulled_query("q1", "SELECT sum(total) FROM orders"));
  put(*store, rich_record());
  EXPECT_EQ(store->redacted_records(), 1U);
  EXPECT_TRUE(store->originals().empty());
  EXPECT_EQ(*store->integrity(), "ok");
}

TEST_F(SqliteDeviceStoreTest, UpgradesADatabaseOfTheTimeBeforeRecoveries) {
  {
    const auto store = open();
    ASSERT_TRUE(store->begin());
    store->set_meta({.device_name = "laptop", .replica = replica(4)});
    store->add_frozen(frozen_change(1));
    store->add_rejected({.change = frozen_change(2), .error = {}, .at = {10}});
    ASSERT_TRUE(store->commit());
  }
  execute(before_recoveries);
  const auto store = open();
  EXPECT_EQ(store->meta().device_name, "laptop");
  EXPECT_EQ(store->meta().recovery, Recovery::none);
  EXPECT_EQ(store->find_frozen(DeviceSeq{1}), frozen_change(1));
  ASSERT_EQ(store->rejected().size(), 1U);
  EXPECT_EQ(store->rejected()[0].change, frozen_change(2));
}

TEST_F(SqliteDeviceStoreTest, WhatIsSetAsideIsTheOwnersAlone) {
  const auto store = open();
  put(*store, rich_record());
  ASSERT_TRUE(store->set_aside("reset"));
  struct stat status {};
  ASSERT_EQ(::stat((path_ + ".aside-1").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(SqliteDeviceStoreTest, WhatCannotBeSetAsideLeavesNothing) {
  const auto store = open();
  put(*store, pulled_query("q1", std::string(200'000, 'x')));
  {
    const FullDisk full(64U << 10);
    EXPECT_FALSE(store->set_aside("reset"));
    EXPECT_FALSE(store->set_aside("reset"));
  }
  EXPECT_THAT(names_aside(), IsEmpty());
  ASSERT_TRUE(store->set_aside("reset"));
  EXPECT_THAT(names_aside(), ElementsAre("device.db.aside-1"));
}

// Half a copy must not look like one.
TEST_F(SqliteDeviceStoreTest, WhatAProcessLeftUnfinishedIsMadeAnew) {
  const auto store = open();
  put(*store, pulled_query("q1", "SELECT 1"));
  for (const char* end : {".unfinished", ".unfinished-journal"}) {
    std::ofstream(path_ + ".aside-1" + end) << "half";
  }
  ASSERT_TRUE(store->set_aside("reset"));
  EXPECT_THAT(names_aside(), ElementsAre("device.db.aside-1"));
}

TEST_F(SqliteDeviceStoreTest, ACopyThatAnotherFollowsBeforeACommitIsSuperseded) {
  const auto store = open();
  const auto other = open();
  put(*store, pulled_query("q1", "SELECT 1"));
  ASSERT_TRUE(store->set_aside("reset"));
  put(*other, pulled_query("q2", "SELECT 2"));
  ASSERT_TRUE(store->begin());
  store->rollback();
  ASSERT_TRUE(store->set_aside("reset"));
  ASSERT_THAT(names_aside(), ElementsAre("device.db.aside-2"));
  const auto copy = open_device_store(path_ + ".aside-2", WallTime{0});
  ASSERT_TRUE(copy);
  EXPECT_TRUE((*copy)->find(EntityType::saved_query, "q2"));

  put(*store, pulled_query("q3", "SELECT 3"));
  ASSERT_TRUE(store->set_aside("sweep"));
  EXPECT_THAT(names_aside(), Contains("device.db.aside-2")) << "something was committed upon it";
}

TEST_F(SqliteDeviceStoreTest, FieldsAreColumnsForPlainSql) {
  const auto store = open();
  put(*store, pulled_query("q1", "SELECT 1"));
  EXPECT_EQ(plain_sql("SELECT name, query FROM saved_queries", 2), "q1|SELECT 1");
}

TEST_F(SqliteDeviceStoreTest, ViewsTellTheStateToPlainSql) {
  const auto store = open();
  ASSERT_TRUE(store->begin());
  store->set_meta({.device = {"tablet"}, .device_name = "Ada's tablet", .user_id = "42"});
  store->put(pulled_query("q1", "SELECT 1", 3));
  store->put(edited(EntityType::connection, "c1", 7));
  store->add_frozen(frozen_change(1));
  ASSERT_TRUE(store->commit());

  EXPECT_EQ(plain_sql("SELECT user_id, pending, frozen, rejected FROM sync_status", 4), "42|1|1|0");
  EXPECT_EQ(plain_sql("SELECT item_type, item_id, action, edit_queued_at FROM pending_changes", 4),
            "connection|c1|upsert|7");
  EXPECT_EQ(plain_sql("SELECT records, on_server FROM user_statistics"
                      " WHERE item_type = 'saved_query'",
                      2),
            "1|1");
  EXPECT_EQ(plain_sql("SELECT group_concat(device_id || ':' || records)"
                      " FROM (SELECT * FROM device_registry ORDER BY device_id)",
                      1),
            "laptop:1,tablet:0");
}

TEST_F(SqliteDeviceStoreTest, AFrozenChangeCannotBeAltered) {
  const auto store = open();
  ASSERT_TRUE(store->begin());
  store->add_frozen(frozen_change(1));
  ASSERT_TRUE(store->commit());
  auto db = sqlite::Database::open(path_);
  const auto altered = (*db)->run("UPDATE sync_queue SET content = '{}'");
  ASSERT_FALSE(altered);
  EXPECT_THAT(altered.error().message, HasSubstr("never altered"));
}

TEST_F(SqliteDeviceStoreTest, APlaceInTheStreamIsGivenOnce) {
  const auto store = open();
  ASSERT_TRUE(store->begin());
  store->add_frozen(frozen_change(1));
  store->add_frozen(frozen_change(1, "other"));
  EXPECT_FALSE(store->commit());
  EXPECT_EQ(store->counts().frozen, 0U);
}

TEST_F(SqliteDeviceStoreTest, AnErrorIsStickyUntilTheTransactionEnds) {
  const auto store = open();
  put(*store, pulled_query("before", "SELECT 1"));
  ASSERT_TRUE(store->begin());
  store->add_frozen(frozen_change(1));
  store->add_frozen(frozen_change(1));  // fails
  store->put(pulled_query("after", "SELECT 2"));
  EXPECT_FALSE(store->find(EntityType::saved_query, "before"));
  EXPECT_TRUE(store->error());
  EXPECT_FALSE(store->commit());
  EXPECT_TRUE(store->find(EntityType::saved_query, "before"));
  EXPECT_FALSE(store->find(EntityType::saved_query, "after"));
  EXPECT_EQ(*store->integrity(), "ok");
}

// What is to be written may follow from it: a record that seems to be missing is made anew.
TEST_F(SqliteDeviceStoreTest, NothingIsWrittenUponAReadThatFailed) {
  put(*open(), pulled_query("q1", "SELECT 1"));
  damage(path_, "saved_queries");
  const auto store = open();
  EXPECT_FALSE(store->find(EntityType::saved_query, "q1"));
  const auto refused = store->begin();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::store_error);
  EXPECT_TRUE(store->begin()) << "it has been told";
  EXPECT_TRUE(store->commit());
}

TEST_F(SqliteDeviceStoreTest, ABadPageOfOneTableLeavesTheOthersReadable) {
  {
    const auto store = open();
    put(*store, pulled_query("q1", "SELECT 1"));
    put(*store, edited(EntityType::connection, "c1", 7));
  }
  damage(path_, "saved_queries");
  const auto store = open();
  EXPECT_TRUE(store->list(EntityType::saved_query, {}, 10).empty());
  EXPECT_FALSE(store->take_error());
  EXPECT_TRUE(store->find(EntityType::connection, "c1"));
  EXPECT_TRUE(store->take_error());
}

TEST_F(SqliteDeviceStoreTest, AFullDiskLosesTheTransactionAndNothingElse) {
  const auto store = open();
  put(*store, pulled_query("before", "SELECT 1"));
  {
    const FullDisk full(1U << 20);
    ASSERT_TRUE(store->begin());
    for (std::uint64_t i = 0; i < 200; ++i) {
      store->put(pulled_query("q" + std::to_string(i), std::string(20'000, 'x'), i));
    }
    const auto committed = store->commit();
    ASSERT_FALSE(committed);
    EXPECT_EQ(committed.error().code, ErrorCode::store_error);
  }
  EXPECT_EQ(store->live_shadows().size(), 1U);
  put(*store, pulled_query("after", "SELECT 2"));
  EXPECT_EQ(store->live_shadows().size(), 2U);
  EXPECT_EQ(*store->integrity(), "ok");
}

TEST_F(SqliteDeviceStoreTest, BeginGivesUpWhenAnotherKeepsTheLock) {
  const auto holder = open();
  const auto waiter = open({.busy_timeout = Millis{1}});
  ASSERT_TRUE(holder->begin());
  const auto refused = waiter->begin();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::store_locked);
  EXPECT_EQ(refused.error().effect, Effect::certainly_not);

  ASSERT_TRUE(holder->commit());
  ASSERT_TRUE(waiter->begin());
  ASSERT_TRUE(waiter->commit());
}

TEST_F(SqliteDeviceStoreTest, OpeningAndReadingDoNotWaitForAWriter) {
  const auto writer = open();
  ASSERT_TRUE(writer->begin());
  writer->put(pulled_query("q1", "SELECT 1"));
  const auto reader = open({.busy_timeout = Millis{0}});
  ASSERT_TRUE(reader);
  EXPECT_FALSE(reader->find(EntityType::saved_query, "q1"));
  EXPECT_FALSE(reader->error());
  ASSERT_TRUE(writer->commit());
  EXPECT_TRUE(reader->find(EntityType::saved_query, "q1"));
}

TEST_F(SqliteDeviceStoreTest, TheCounterMovesWhenAnotherHandleCommits) {
  const auto mine = open();
  const auto other = open();
  const auto before = mine->external_change_counter();
  put(*mine, pulled_query("q1", "SELECT 1"));
  EXPECT_EQ(mine->external_change_counter(), before);
  put(*other, pulled_query("q2", "SELECT 2"));
  EXPECT_NE(mine->external_change_counter(), before);
}

}  // namespace
}  // namespace studiosync::client
