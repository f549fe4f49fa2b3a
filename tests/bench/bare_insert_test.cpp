#include "bench/bare_insert.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "bench/folder.hpp"
#include "server/store/sqlite/log_upkeep.hpp"
#include "server/store/sqlite/shard.hpp"

namespace studiosync::bench {
namespace {

std::int64_t setting(sqlite::Database& db, const std::string& name) {
  auto row = db.prepare("PRAGMA " + name);
  return row.step() ? row.integer(0) : -1;
}

// What a shard of a server has is the limit's as well: a limit with less is no limit.
TEST(BareInsert, WritesUnderTheTermsOfTheServersWriter) {
  const Folder folder(std::filesystem::temp_directory_path());
  const std::string file = folder.path() + "/bare.db";
  const auto db = open_bare_shard(file);
  EXPECT_EQ(setting(*db, "cache_size"), -server::SqliteStoreOptions{}.cache_kib);
  EXPECT_EQ(setting(*db, "wal_autocheckpoint"), 0);
  EXPECT_EQ(setting(*db, "synchronous"), 2);  // FULL
  EXPECT_EQ(std::filesystem::file_size(file + "-wal"), server::log_reserve_under_load_bytes);
}

TEST(BareInsert, LeavesNothingBehind) {
  const Folder folder(std::filesystem::temp_directory_path());
  EXPECT_GT(bare_rows_per_second(folder.path(), 120, 50), 0);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace studiosync::bench
