#include "sqlite/statement.hpp"

#include <gtest/gtest.h>

#include <array>
#include <limits>

#include "sqlite/database.hpp"

namespace studiosync::sqlite {
namespace {

class SqliteStatement : public testing::Test {
 protected:
  SqliteStatement() { EXPECT_TRUE(db_->run("CREATE TABLE t(id INTEGER PRIMARY KEY, v)")); }

  std::unique_ptr<Database> db_ = std::move(*Database::open(":memory:"));
};

TEST_F(SqliteStatement, ReadsBackWhatWasBound) {
  const std::array<std::uint8_t, 3> bytes{0, 255, 7};
  auto row = db_->prepare("SELECT ?, ?, ?, ?, ?, ?, ?");
  row.bind(std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::uint64_t>::max(),
           true, std::string("a\0b", 3), bytes, 0.5, nullptr);
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.integer(0), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(row.unsigned_integer(1), std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(row.integer(2), 1);
  EXPECT_EQ(row.text(3), std::string_view("a\0b", 3));
  EXPECT_TRUE(std::ranges::equal(row.blob(4), bytes));
  EXPECT_EQ(row.real(5), 0.5);
  EXPECT_TRUE(row.is_null(6));
}

TEST_F(SqliteStatement, TellsEmptyFromNull) {
  auto row = db_->prepare("SELECT ?, ?, ?, ?");
  row.bind(std::string_view(), Blob(), std::optional<std::string>(), std::optional<Blob>());
  ASSERT_TRUE(row.step());
  EXPECT_FALSE(row.is_null(0));
  EXPECT_FALSE(row.is_null(1));
  EXPECT_TRUE(row.is_null(2));
  EXPECT_TRUE(row.is_null(3));
  EXPECT_EQ(row.text(2), "");
  EXPECT_TRUE(row.blob(3).empty());
}

TEST_F(SqliteStatement, CopiesWhatIsBound) {
  auto insert = db_->prepare("INSERT INTO t VALUES(1, ?)");
  std::string text = "before";
  insert.bind(text);
  text = "after!";
  ASSERT_TRUE(insert.run());
  auto row = db_->prepare("SELECT v FROM t");
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.text(0), "before");
}

TEST_F(SqliteStatement, CanBeBoundAndRunAgain) {
  auto insert = db_->prepare("INSERT INTO t VALUES(?, NULL)");
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(insert.bind(i).run());
  auto rows = db_->prepare("SELECT id FROM t ORDER BY id");
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(rows.step());
    EXPECT_EQ(rows.integer(0), i);
  }
  EXPECT_FALSE(rows.step());
}

TEST_F(SqliteStatement, DoesNotDisturbAnotherUseOfTheSameText) {
  ASSERT_TRUE(db_->run("INSERT INTO t VALUES(1, 1), (2, 2)"));
  auto outer = db_->prepare("SELECT id FROM t ORDER BY id");
  int pairs = 0;
  while (outer.step()) {
    auto inner = db_->prepare("SELECT id FROM t ORDER BY id");
    while (inner.step()) ++pairs;
  }
  EXPECT_EQ(pairs, 4);
}

TEST_F(SqliteStatement, LeavesNoReaderBehindAtTheEndOfItsScope) {
  ASSERT_TRUE(db_->run("INSERT INTO t VALUES(1, 1), (2, 2)"));
  { ASSERT_TRUE(db_->prepare("SELECT id FROM t").step()); }
  EXPECT_TRUE(db_->run("DROP TABLE t"));  // SQLite refuses this while a statement reads the table
}

TEST_F(SqliteStatement, DoesNothingAfterAnError) {
  EXPECT_FALSE(db_->prepare("nonsense").bind().step());
  EXPECT_FALSE(db_->prepare("SELECT 1").step());
  EXPECT_FALSE(db_->take_error());
  EXPECT_TRUE(db_->prepare("SELECT 1").step());
}

}  // namespace
}  // namespace studiosync::sqlite
