// A shard that an older syncd wrote is brought to today's schema with what is in it.
#include <gtest/gtest.h>

#include <filesystem>

#include "server/store/migrations/migrations.hpp"
#include "tests/server/store/store_fixture.hpp"

namespace studiosync::server {
namespace {

// One live query, one tombstone, a pushed and a plain result, of the first released schema.
constexpr std::string_view rows_of_version_one = R"sql(
INSERT INTO log VALUES((1 << 40) | 1, 3, 'live', 0, '', 5, 1, 7, NULL, 0, 'd', 1000, NULL, '{}');
INSERT INTO log VALUES((1 << 40) | 2, 3, 'gone', 1, '', 5, 2, 8, NULL, 0, 'd', 2000, NULL, '');
INSERT INTO item VALUES(1, 3, 'live', (1 << 40) | 1), (1, 3, 'gone', (1 << 40) | 2);
INSERT INTO users VALUES(1, 2, 0, 0, 2000, 2, 1, 5);
INSERT INTO epochs VALUES(1, 1, 5);
INSERT INTO replicas VALUES(1, x'02020000000000000000000000000000', 'd', 9,
                            x'01000000000000000000000000000000');
INSERT INTO applied(user, change_id, replica, device_seq, type, item_id, status, epoch, version,
                    hlc)
VALUES(1, x'01000000000000000000000000000000', x'02020000000000000000000000000000', 9, 3, 'live',
       'applied', 5, 1, 7),
      (1, x'03000000000000000000000000000000', NULL, 0, 3, 'gone', 'applied', 5, 2, 8);
)sql";

class MigrationTest : public testing::Test {
 protected:
  MigrationTest() {
    const SqliteStoreOptions options = home_.options();
    std::filesystem::create_directories(options.folder);
    auto db = sqlite::Database::open(options.folder + "/shard-0.db").value();
    EXPECT_TRUE(sqlite::migrate(*db, shard_migrations().first(1), WallTime{1}));
    EXPECT_TRUE(db->run(rows_of_version_one));
  }

  SqliteHome home_;
};

TEST_F(MigrationTest, KeepsTheRowsOfTheFirstVersionAndCountsThem) {
  const auto store = home_.open().value();
  ASSERT_TRUE(store->read(alice, [](UserReader& log) {
    EXPECT_EQ(log.state().head, Seq{2});
    EXPECT_EQ(log.live(EntityType::saved_query), 1U);
    EXPECT_EQ(log.find(EntityType::saved_query, "live")->content, "{}");
    EXPECT_TRUE(log.find(EntityType::saved_query, "gone")->deleted);
    EXPECT_EQ(log.replica(ReplicaId{{2, 2}})->seq, DeviceSeq{9});
    EXPECT_GT(log.applied(ChangeId{{1}})->at, CommitTime{});
  }));
}

TEST_F(MigrationTest, TakesWhatIsThereForAsNewAsToday) {
  const auto store = home_.open().value();
  ASSERT_TRUE(write(*store, alice, [](UserTxn& txn) {
    const CommitTime long_ago{1'700'000'000'000'000};
    EXPECT_EQ(txn.forget_results(long_ago, 10), 0U);
    EXPECT_EQ(txn.forget_results(CommitTime{INT64_MAX}, 10), 2U);
    EXPECT_EQ(txn.collect_tombstones(CommitTime{2000}, 10), 0U);
    EXPECT_EQ(txn.collect_tombstones(CommitTime{2001}, 10), 1U);
    EXPECT_EQ(txn.state().floor, Seq{2});
  }));
}

// How high the versions were that were collected before, the older schema does not say.
TEST_F(MigrationTest, TakesTheHeadForTheHighestCollectedVersionWhereTombstonesWereCollected) {
  const SqliteStoreOptions options = home_.options();
  {
    auto db = sqlite::Database::open(options.folder + "/shard-0.db").value();
    EXPECT_TRUE(db->run("INSERT INTO users VALUES(2, 9, 0, 5, 2000, 0, 0, 5)"));
  }
  const auto store = home_.open().value();
  const auto collected = [&](UserRef user) {
    Version highest;
    EXPECT_TRUE(store->read(user, [&](UserReader& log) { highest = log.state().collected; }));
    return highest;
  };
  EXPECT_EQ(collected(alice), Version{});
  EXPECT_EQ(collected(bob), Version{9});
}

// When they were collected it does not say either: not after the next row, or with the head.
TEST_F(MigrationTest, TakesTheLatestMomentThatTheFloorCanBeOf) {
  {
    auto db = sqlite::Database::open(home_.options().folder + "/shard-0.db").value();
    EXPECT_TRUE(
        db->run("UPDATE users SET floor = 1; INSERT INTO users VALUES(2, 9, 0, 9, 7000, 0, 0, 5)"));
  }
  const auto store = home_.open().value();
  const auto seq_at = [&](UserRef user, std::int64_t us) {
    Seq found;
    EXPECT_TRUE(store->read(user, [&](UserReader& log) { found = log.seq_at(CommitTime{us}); }));
    return found;
  };
  EXPECT_EQ(seq_at(alice, 1998), Seq{});
  EXPECT_EQ(seq_at(alice, 1999), Seq{1});
  EXPECT_EQ(seq_at(bob, 6999), Seq{8});
  EXPECT_EQ(seq_at(bob, 7000), Seq{9});
}

}  // namespace
}  // namespace studiosync::server
