#include "sqlite/backup.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "tests/support/damage/full_disk.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::sqlite {
namespace {

constexpr int many_rows = 6'000;  // several steps of the copy

class SqliteBackup : public testing::Test {
 protected:
  SqliteBackup() : source_(open("a.db")) {
    EXPECT_TRUE(source_->run("CREATE TABLE t(id INTEGER PRIMARY KEY, text TEXT)"));
  }
  std::unique_ptr<Database> open(const char* name, OpenOptions options = {}) {
    auto opened = Database::open(folder_.file(name), options);
    EXPECT_TRUE(opened) << opened.error().message;
    return std::move(*opened);
  }
  void insert(int rows) {
    ASSERT_TRUE(source_->begin(Begin::immediate));
    for (int i = 0; i < rows; ++i) {
      source_->prepare("INSERT INTO t(text) VALUES(?)").bind(std::string(2'000, 'x')).run();
    }
    ASSERT_TRUE(source_->commit());
  }
  std::int64_t rows_of_copy() {
    const auto copy = open("copy.db", {.create = false, .read_only = true});
    EXPECT_EQ(copy->integrity().value(), "ok");
    auto row = copy->prepare("SELECT count(*) FROM t");
    return row.step() ? row.integer(0) : -1;
  }
  std::unique_ptr<Database> reader() { return open("a.db", {.create = false, .read_only = true}); }
  std::string copy_path() const { return folder_.file("copy.db"); }

  TemporaryFolder folder_;
  std::unique_ptr<Database> source_;
};

TEST_F(SqliteBackup, HoldsWhatIsStillInTheWriteAheadLogOnly) {
  insert(10);
  ASSERT_GT(std::filesystem::file_size(folder_.file("a.db-wal")), 0U);
  ASSERT_TRUE(back_up(*reader(), copy_path()));
  EXPECT_EQ(rows_of_copy(), 10);
}

TEST_F(SqliteBackup, IsOneMomentThoughOthersCommitMeanwhile) {
  insert(many_rows);
  int calls = 0;
  const auto from = reader();
  ASSERT_TRUE(back_up(*from, copy_path(), [&](std::int64_t, std::int64_t) {
    ++calls;
    insert(1);
  }));
  EXPECT_GT(calls, 2) << "the copy was made in one step: nothing was committed meanwhile";
  EXPECT_LT(calls, 100) << "commits started the copy again";
  EXPECT_EQ(rows_of_copy(), many_rows);
}

TEST_F(SqliteBackup, TellsHowFarItIs) {
  insert(many_rows);
  std::int64_t last = 0;
  std::int64_t pages = 0;
  ASSERT_TRUE(back_up(*reader(), copy_path(), [&](std::int64_t done, std::int64_t total) {
    EXPECT_GE(done, last);
    last = done;
    pages = total;
  }));
  EXPECT_EQ(last, pages);
  EXPECT_GT(pages, 0);
}

TEST_F(SqliteBackup, IsItsOwnersAloneAndOneFile) {
  insert(10);
  ASSERT_TRUE(back_up(*reader(), copy_path()));
  struct stat info {};
  ASSERT_EQ(::stat(copy_path().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  for (const char* suffix : {"-wal", "-shm", "-journal"}) {
    EXPECT_FALSE(std::filesystem::exists(copy_path() + suffix)) << suffix;
  }
}

// A database that writes ahead makes files beside it even to be read: on a medium that cannot be
// written to, nobody could read the copy.
TEST_F(SqliteBackup, DoesNotWriteAheadUntilItIsOpenedForWriting) {
  insert(10);
  ASSERT_TRUE(back_up(*reader(), copy_path()));
  const auto journal = [](Database& db) {
    auto row = db.prepare("PRAGMA journal_mode");
    return row.step() ? row.string(0) : "";
  };
  EXPECT_EQ(journal(*open("copy.db", {.create = false, .read_only = true})), "delete");
  EXPECT_EQ(journal(*open("copy.db", {.create = false})), "wal");
  EXPECT_EQ(rows_of_copy(), 10);
}

TEST_F(SqliteBackup, OverwritesNoFile) {
  std::ofstream(copy_path()) << "precious";
  const auto made = back_up(*reader(), copy_path());
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::already_exists);
  std::string kept;
  std::ifstream(copy_path()) >> kept;
  EXPECT_EQ(kept, "precious");
}

TEST_F(SqliteBackup, LetsGoOfTheSource) {
  const auto from = reader();
  ASSERT_TRUE(back_up(*from, copy_path()));
  EXPECT_FALSE(from->in_transaction());
  insert(10);
  ASSERT_TRUE(source_->checkpoint(Database::Checkpoint::complete));
  EXPECT_EQ(std::filesystem::file_size(folder_.file("a.db-wal")), 0U);
}

TEST_F(SqliteBackup, NeedsASourceOutsideOfATransaction) {
  const auto from = reader();
  ASSERT_TRUE(from->begin(Begin::deferred));
  const auto made = back_up(*from, copy_path());
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::store_error);
  EXPECT_TRUE(from->in_transaction()) << "it belongs to the caller";
  EXPECT_FALSE(std::filesystem::exists(copy_path()));
}

TEST_F(SqliteBackup, LeavesNothingWhereThereIsNoRoom) {
  insert(10'000);
  const auto from = reader();
  const FullDisk full(64U << 10);
  ASSERT_FALSE(back_up(*from, copy_path()));
  for (const char* suffix : {"", "-journal"}) {
    EXPECT_FALSE(std::filesystem::exists(copy_path() + suffix)) << suffix;
  }
}

}  // namespace
}  // namespace studiosync::sqlite
