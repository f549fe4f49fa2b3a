#include "sqlite/migrate.hpp"

#include <gtest/gtest.h>

#include <array>

namespace studiosync::sqlite {
namespace {

constexpr std::array<Migration, 2> two{
    {{1, "one", "CREATE TABLE a(x)"}, {2, "two", "CREATE TABLE b(x)"}}};

class SqliteMigrate : public testing::Test {
 protected:
  Result<> run(std::span<const Migration> migrations) {
    return migrate(*db_, migrations, WallTime{1'700'000'000'000});
  }
  std::int64_t count(std::string_view sql) {
    auto row = db_->prepare(sql);
    return row.step() ? row.integer(0) : -1;
  }
  std::int64_t applied() { return count("SELECT count(*) FROM schema_migrations"); }

  std::unique_ptr<Database> db_ = std::move(*Database::open(":memory:"));
};

TEST_F(SqliteMigrate, AppliesWhatIsMissingInOrderAndOnlyOnce) {
  ASSERT_TRUE(run(std::span(two).first(1)));
  ASSERT_TRUE(run(two));
  ASSERT_TRUE(run(two));
  EXPECT_EQ(applied(), 2);
  auto row = db_->prepare(
      "SELECT name, length(checksum), applied FROM schema_migrations WHERE version = 2");
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.text(0), "two");
  EXPECT_EQ(row.integer(1), 64);
  EXPECT_EQ(row.text(2), "2023-11-14T22:13:20.000Z");
}

TEST_F(SqliteMigrate, RefusesADatabaseThatIsNewerThanTheProgram) {
  ASSERT_TRUE(run(two));
  const auto result = run(std::span(two).first(1));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::store_error);
}

TEST_F(SqliteMigrate, TellsAReaderWhatItWouldRefuse) {
  EXPECT_TRUE(check_known(*db_, two)) << "nothing is applied yet";
  ASSERT_TRUE(run(std::span(two).first(1)));
  EXPECT_TRUE(check_known(*db_, two));
  ASSERT_TRUE(run(two));
  EXPECT_TRUE(check_known(*db_, two));
  const auto newer = check_known(*db_, std::span(two).first(1));
  ASSERT_FALSE(newer);
  EXPECT_EQ(newer.error().message, "schema version 2 is unknown to this program");
}

TEST_F(SqliteMigrate, RefusesAMigrationWhoseTextHasChanged) {
  ASSERT_TRUE(run(std::span(two).first(1)));
  auto changed = two;
  changed[0].sql = "CREATE TABLE a(y)";
  EXPECT_FALSE(run(changed));
  EXPECT_EQ(applied(), 1);
}

TEST_F(SqliteMigrate, ChangesNothingWhenOneOfSeveralFails) {
  auto broken = two;
  broken[1].sql = "CREATE TABLE c(x); nonsense";
  EXPECT_FALSE(run(broken));
  EXPECT_EQ(applied(), 0);
  EXPECT_EQ(count("SELECT count(*) FROM sqlite_schema WHERE name IN ('a', 'c')"), 0);
  EXPECT_TRUE(run(two));
}

}  // namespace
}  // namespace studiosync::sqlite
