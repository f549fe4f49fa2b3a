#include "sqlite/database.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "tests/support/damage/full_disk.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::sqlite {
namespace {

class SqliteDatabase : public testing::Test {
 protected:
  std::unique_ptr<Database> open(OpenOptions options = {}) {
    auto opened = Database::open(folder_.file("a.db"), options);
    EXPECT_TRUE(opened) << opened.error().message;
    return std::move(*opened);
  }
  std::unique_ptr<Database> open_with_table(OpenOptions options = {}) {
    auto db = open(options);
    EXPECT_TRUE(db->run("CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT UNIQUE)"));
    return db;
  }
  static std::int64_t count(Database& db) {
    auto row = db.prepare("SELECT count(*) FROM t");
    return row.step() ? row.integer(0) : -1;
  }

  TemporaryFolder folder_;
};

TEST_F(SqliteDatabase, MakesItsFileForTheOwnerOnly) {
  const auto db = open_with_table();
  for (const char* name : {"a.db", "a.db-wal", "a.db-shm"}) {
    struct stat info {};
    ASSERT_EQ(::stat(folder_.file(name).c_str(), &info), 0) << name;
    EXPECT_EQ(info.st_mode & 0777U, 0600U) << name;
  }
}

TEST_F(SqliteDatabase, ReportsAFileThatIsMissingInsteadOfMakingIt) {
  const auto opened = Database::open(folder_.file("none.db"), {.create = false});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::store_error);
  EXPECT_FALSE(std::filesystem::exists(folder_.file("none.db")));
}

TEST_F(SqliteDatabase, RollsBackEverythingWhenAnyStatementFailed) {
  const auto db = open_with_table();
  ASSERT_TRUE(db->begin(Begin::immediate));
  db->prepare("INSERT INTO t VALUES(1, 'a')").run();
  EXPECT_FALSE(db->prepare("INSERT INTO t VALUES(2, 'a')").run());
  EXPECT_FALSE(db->prepare("INSERT INTO t VALUES(3, 'c')").run()) << "errors are sticky";
  const auto committed = db->commit();
  ASSERT_FALSE(committed);
  EXPECT_EQ(committed.error().effect, Effect::certainly_not);
  EXPECT_NE(committed.error().message.find("t.name"), std::string::npos);
  EXPECT_EQ(count(*db), 0);
}

TEST_F(SqliteDatabase, ForgetsTheStickyErrorWithTheNextTransaction) {
  const auto db = open_with_table();
  db->prepare("SELECT no_such_column FROM t").step();
  ASSERT_TRUE(db->error());
  ASSERT_TRUE(db->begin(Begin::immediate));
  EXPECT_TRUE(db->prepare("INSERT INTO t VALUES(1, 'a')").run());
  EXPECT_TRUE(db->commit());
  EXPECT_EQ(count(*db), 1);
}

TEST_F(SqliteDatabase, NeverPutsBoundValuesIntoAnError) {
  const auto db = open();
  ASSERT_TRUE(db->run("CREATE VIRTUAL TABLE f USING fts5(body)"));
  db->prepare("SELECT * FROM f WHERE f MATCH ?").bind("hunter2\"").step();
  const auto error = db->take_error();
  ASSERT_FALSE(error);
  EXPECT_EQ(error.error().message.find("hunter2"), std::string::npos);
}

TEST_F(SqliteDatabase, TellsALockOfAnotherConnectionFromOtherErrors) {
  const auto first = open_with_table();
  const auto second = open({.busy_timeout = Millis{0}});
  ASSERT_TRUE(first->begin(Begin::immediate));
  const auto begun = second->begin(Begin::immediate);
  ASSERT_FALSE(begun);
  EXPECT_EQ(begun.error().code, ErrorCode::store_locked);
  first->rollback();
  EXPECT_TRUE(second->begin(Begin::immediate));
  second->rollback();
}

TEST_F(SqliteDatabase, RollsBackATransactionThatLeavesItsScope) {
  const auto db = open_with_table();
  {
    auto transaction = Transaction::begin(*db, Begin::immediate);
    ASSERT_TRUE(transaction);
    db->prepare("INSERT INTO t VALUES(1, 'a')").run();
  }
  EXPECT_FALSE(db->in_transaction());
  EXPECT_EQ(count(*db), 0);
}

TEST_F(SqliteDatabase, LetsAReaderSeeOneMoment) {
  const auto writer = open_with_table();
  const auto reader = open({.create = false, .read_only = true});
  ASSERT_TRUE(reader->begin(Begin::deferred));
  EXPECT_EQ(count(*reader), 0);
  ASSERT_TRUE(writer->run("INSERT INTO t VALUES(1, 'a')"));
  EXPECT_EQ(count(*reader), 0);
  ASSERT_TRUE(reader->commit());
  EXPECT_EQ(count(*reader), 1);
}

TEST_F(SqliteDatabase, LeavesTheLogAloneUntilAskedForACheckpoint) {
  const auto db = open_with_table({.checkpoint_pages = 0});
  for (int i = 0; i < 10; ++i) db->prepare("INSERT INTO t VALUES(?, NULL)").bind(i).run();
  EXPECT_GE(db->log_pages(), 10);
  EXPECT_TRUE(db->checkpoint(Database::Checkpoint::complete));
  EXPECT_EQ(std::filesystem::file_size(folder_.file("a.db-wal")), 0U);
}

TEST_F(SqliteDatabase, OverwritesTheLogAfterACheckpointThatKeepsItsFile) {
  const auto db = open_with_table({.checkpoint_pages = 0});
  for (int i = 0; i < 10; ++i) db->prepare("INSERT INTO t VALUES(?, NULL)").bind(i).run();
  const auto bytes = std::filesystem::file_size(folder_.file("a.db-wal"));
  EXPECT_TRUE(db->checkpoint(Database::Checkpoint::reusing));
  EXPECT_EQ(std::filesystem::file_size(folder_.file("a.db-wal")), bytes);
  db->prepare("INSERT INTO t VALUES(10, NULL)").run();
  EXPECT_LT(db->log_pages(), 10);
  EXPECT_EQ(std::filesystem::file_size(folder_.file("a.db-wal")), bytes);
  EXPECT_EQ(count(*open()), 11);
}

// What an earlier process left is in the log, and the disk takes it into the database no more.
class UnsettledLog : public SqliteDatabase {
 protected:
  UnsettledLog() {
    const auto db = open_with_table({.checkpoint_pages = 0});
    insert(*db, 1, std::string(200'000, 'x'));
    for (const char* suffix : {"", "-wal"}) {
      std::filesystem::copy(folder_.file("a.db") + suffix, left_ + suffix);
    }
  }
  static bool insert(Database& db, int id, const std::string& name) {
    if (!db.begin(Begin::immediate)) return false;
    db.prepare("INSERT INTO t VALUES(?, ?)").bind(id, name).run();
    return db.commit().has_value();
  }

  const std::string left_ = folder_.file("left.db");
};

TEST_F(UnsettledLog, IsReadAllTheSame) {
  const FullDisk full(64U << 10);
  const auto opened = Database::open(left_);
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(count(**opened), 1);
}

// Behind pages that are perhaps on no disk, no commit would be sure.
TEST_F(UnsettledLog, TakesNoCommitBeforeItIsSettled) {
  std::unique_ptr<Database> db;
  {
    const FullDisk full(64U << 10);
    auto opened = Database::open(left_);
    ASSERT_TRUE(opened) << opened.error().message;
    db = std::move(*opened);
    const auto begun = db->begin(Begin::immediate);
    ASSERT_FALSE(begun);
    EXPECT_EQ(begun.error().code, ErrorCode::store_error);
    EXPECT_FALSE(db->in_transaction());
  }
  EXPECT_TRUE(insert(*db, 2, "b"));
  EXPECT_GT(std::filesystem::file_size(left_), 200'000U) << "the log was copied";
  EXPECT_EQ(count(*db), 2);
}

TEST_F(SqliteDatabase, FindsADamagedFile) {
  open_with_table();
  EXPECT_EQ(open()->integrity().value(), "ok");
  {
    std::fstream file(folder_.file("a.db"), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);  // the second page: the table
    file << std::string(64, '\xff');
  }
  const auto findings = open()->integrity();
  EXPECT_TRUE(!findings || *findings != "ok");
}

}  // namespace
}  // namespace studiosync::sqlite
