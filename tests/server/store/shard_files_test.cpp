// Which files of a folder the durable store takes for its shards: an empty or foreign one in the
// place of a shard is never made a new shard, and a first start that was killed can go on.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "server/store/sqlite/sqlite_store.hpp"
#include "sqlite/database.hpp"
#include "tests/server/store/store_fixture.hpp"

namespace studiosync::server {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class ShardFiles : public testing::Test {
 protected:
  ShardFiles() { options_.shards = 3; }

  std::string refusal() {
    const auto opened = open_sqlite_store(options_);
    if (opened) return "";
    EXPECT_EQ(opened.error().code, ErrorCode::store_error);
    return opened.error().message;
  }
  std::string file(int number) {
    return home_.folder.file("shard-" + std::to_string(number) + ".db");
  }
  // As whoever mends a folder would: what was in the file comes back.
  void put_back(int number) {
    fs::copy_file(home_.folder.file("kept"), file(number), fs::copy_options::overwrite_existing);
  }
  void set_aside(int number) {
    fs::copy_file(file(number), home_.folder.file("kept"), fs::copy_options::overwrite_existing);
  }
  void make_foreign(int number) {
    fs::remove(file(number));
    const auto db = sqlite::Database::open(file(number)).value();
    ASSERT_TRUE(db->run("CREATE TABLE theirs(x)"));
  }
  std::vector<std::string> tables(int number) {
    const auto db = sqlite::Database::open(file(number), {.create = false}).value();
    std::vector<std::string> names;
    auto rows = db->prepare("SELECT name FROM sqlite_schema WHERE type = 'table'");
    while (rows.step()) names.push_back(rows.string(0));
    return names;
  }

  SqliteHome home_;
  SqliteStoreOptions options_ = home_.options();
};

TEST_F(ShardFiles, AreRefusedWhenOneIsEmpty) {
  ASSERT_EQ(refusal(), "");
  for (const int number : {0, 1, 2}) {
    set_aside(number);
    fs::resize_file(file(number), 0);
    const std::string name = "shard-" + std::to_string(number) + ".db";
    EXPECT_THAT(refusal(), testing::AllOf(HasSubstr(name), HasSubstr("put back")));
    EXPECT_THAT(refusal(), HasSubstr(name)) << "the first refusal made it a shard";
    EXPECT_THAT(tables(number), testing::IsEmpty());
    put_back(number);
    EXPECT_EQ(refusal(), "");
  }
}

TEST_F(ShardFiles, AreRefusedWhenOneIsSomebodyElses) {
  ASSERT_EQ(refusal(), "");
  for (const int number : {0, 1, 2}) {
    set_aside(number);
    make_foreign(number);
    EXPECT_THAT(refusal(), HasSubstr("shard-" + std::to_string(number) + ".db"));
    EXPECT_THAT(tables(number), testing::ElementsAre("theirs"));
    put_back(number);
  }
}

// Nothing in the shards themselves says so where there is but one.
TEST_F(ShardFiles, AreRefusedWhenTheOnlyOneOfAFolderInUseIsEmptyOrMissing) {
  options_.shards = 1;
  ASSERT_EQ(refusal(), "");
  options_.in_use = true;
  EXPECT_EQ(refusal(), "");
  fs::resize_file(file(0), 0);
  EXPECT_THAT(refusal(), HasSubstr("shard-0.db"));
  fs::remove(file(0));
  EXPECT_THAT(refusal(), HasSubstr("shard 0 is missing"));
  EXPECT_FALSE(fs::exists(file(0)));
}

TEST_F(ShardFiles, MayEndWithAnEmptyOneWhereAStartThatAddsShardsWasKilled) {
  ASSERT_EQ(refusal(), "");
  options_.in_use = true;
  options_.shards = 5;
  std::ofstream(file(3)).close();
  EXPECT_EQ(refusal(), "");
  EXPECT_EQ(tables(3), tables(0));
}

// One of five files: which one is what whoever mends the folder has to know.
TEST_F(ShardFiles, AreNamedByWhatIsWrongWithThem) {
  ASSERT_EQ(refusal(), "");
  set_aside(1);
  std::ofstream(file(1), std::ios::trunc) << std::string(8192, 'x');
  EXPECT_EQ(refusal(), "shard-1.db: file is not a database");
  put_back(1);
  ASSERT_TRUE(sqlite::Database::open(file(2)).value()->run(
      "INSERT INTO schema_migrations VALUES (99, 'of tomorrow', 'x', 'x')"));
  EXPECT_EQ(refusal(), "shard-2.db: schema version 99 is unknown to this program");
}

TEST_F(ShardFiles, AreNotWhatElseIsCalledNearlyLikeThem) {
  ASSERT_EQ(refusal(), "");
  for (const char* name : {"shard-0.old.db", "shard-.db", "shard-03.db", "shard-3.db.bak"}) {
    std::ofstream(home_.folder.file(name)) << "x";
    EXPECT_EQ(refusal(), "") << name;
  }
}

// Kills a start in its midst, and starts again on what is left.
class KilledStart : public testing::Test {
 protected:
  SqliteStoreOptions options(CallerHome& home, std::uint32_t shards) {
    SqliteStoreOptions options = home.options(clock_.options());
    options.shards = shards;
    return options;
  }
  // The disk at each moment of a start with this number of shards.
  std::vector<e2e::SimulatedDisk> moments(CallerHome& home, std::uint32_t shards) {
    std::vector<e2e::SimulatedDisk> disks;
    home.vfs.observe([&](const e2e::DiskOperation& operation) {
      if (operation.changes_disk()) disks.push_back(home.disk);
    });
    EXPECT_TRUE(open_sqlite_store(options(home, shards)));
    home.vfs.observe({});
    return disks;
  }
  void start_again(const e2e::SimulatedDisk& found, std::uint32_t shards) {
    CallerHome home{.disk = found};
    const auto again = open_sqlite_store(options(home, shards));
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ((*again)->shards(), shards);
  }
  // After the death of the machine between any two flushes, and of the process now and then.
  void start_again_after(const std::vector<e2e::SimulatedDisk>& disks, std::uint32_t shards) {
    Random unused(1);
    for (std::size_t i = 0; i < disks.size(); ++i) {
      SCOPED_TRACE(testing::Message() << "write " << i);
      if (i % 7 == 0) start_again(disks[i].after_crash(e2e::CrashMode::kept, unused), shards);
      if (i > 0 && disks[i].as_safe_as(disks[i - 1])) continue;
      start_again(disks[i].after_crash(e2e::CrashMode::dropped, unused), shards);
    }
  }

  SqliteHome clock_;
};

TEST_F(KilledStart, OfANewFolderCanGoOn) {
  std::vector<e2e::SimulatedDisk> disks;
  {
    CallerHome home;
    disks = moments(home, 2);
  }
  EXPECT_GT(disks.size(), 30U);
  start_again_after(disks, 2);
}

TEST_F(KilledStart, ThatAddsShardsCanGoOn) {
  std::vector<e2e::SimulatedDisk> disks;
  {
    CallerHome home;
    ASSERT_TRUE(open_sqlite_store(options(home, 1)));
    disks = moments(home, 2);
  }
  EXPECT_GT(disks.size(), 10U);
  start_again_after(disks, 2);
}

}  // namespace
}  // namespace studiosync::server
