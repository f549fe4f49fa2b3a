// What every store promises about letting go: counts, tombstones, archive, results, generations.
#include <gmock/gmock.h>

#include "server/store/epoch.hpp"
#include "tests/server/store/contract_fixture.hpp"

namespace studiosync::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr ReplicaId replica_one{{2, 2}};
constexpr ReplicaId replica_two{{3, 3}};
constexpr std::int64_t hour_us = 3'600'000'000;
constexpr std::size_t many = 1'000;

class StoreRetention : public StoreContract {
 protected:
  CommitTime now() const { return {home_.now_us}; }
  void wait_hours(int hours) { home_.now_us += hours * hour_us; }

  Record erase(UserRef user, std::string id) {
    Record tombstone = query_of(std::move(id), "");
    tombstone.deleted = true;
    return put(user, tombstone);
  }
  std::uint64_t live(UserRef user, EntityType type) {
    return read(user, [&](UserReader& log) { return log.live(type); });
  }
  std::vector<std::string> live_ids(UserRef user, Seq after, std::size_t rows_max) {
    return read(user, [&](UserReader& log) {
      std::vector<std::string> ids;
      for (const Record& record : log.live_page(EntityType::saved_query, after, rows_max)) {
        ids.push_back(record.id);
      }
      return ids;
    });
  }
  // What one call of `tidy` removed.
  template <class Tidy>
  std::size_t removed(UserRef user, Tidy tidy) {
    std::size_t count = 0;
    EXPECT_TRUE(write(user, [&](UserTxn& txn) { count = tidy(txn); }));
    return count;
  }
  std::size_t collect(UserRef user, CommitTime before, std::size_t rows_max = many) {
    return removed(user, [&](UserTxn& txn) { return txn.collect_tombstones(before, rows_max); });
  }
  std::size_t forget(UserRef user, CommitTime before, std::size_t rows_max = many) {
    return removed(user, [&](UserTxn& txn) { return txn.forget_results(before, rows_max); });
  }
  bool remembers(UserRef user, ChangeId change) {
    return read(user, [&](UserReader& log) { return log.applied(change).has_value(); });
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, StoreRetention, testing::Values(Kind::memory, Kind::sqlite),
                         kind_name);

TEST_P(StoreRetention, CountsTheLiveRowsOfEachTypeAndUser) {
  put(alice, query_of("a"));
  put(alice, query_of("b"));
  put(alice, record_of(EntityType::connection, "c", "{}"));
  put(bob, query_of("a"));
  put(alice, query_of("a", R"({"x":1})"));
  erase(alice, "b");
  erase(alice, "never there");
  EXPECT_EQ(live(alice, EntityType::saved_query), 1U);
  EXPECT_EQ(live(alice, EntityType::connection), 1U);
  EXPECT_EQ(live(alice, EntityType::preference), 0U);
  EXPECT_EQ(live(bob, EntityType::saved_query), 1U);
  reopen();
  EXPECT_EQ(live(alice, EntityType::saved_query), 1U);
}

TEST_P(StoreRetention, CountsWhatTheTransactionItselfWrote) {
  put(alice, query_of("a"));
  ASSERT_TRUE(write(alice, [](UserTxn& txn) {
    Record second = query_of("b");
    txn.put(second);
    EXPECT_EQ(txn.live(EntityType::saved_query), 2U);
  }));
  EXPECT_EQ(live(alice, EntityType::saved_query), 2U);
}

TEST_P(StoreRetention, ListsTheLiveRowsOfOneTypeInTheOrderOfTheLog) {
  for (const char* id : {"a", "b", "c", "d"}) put(alice, query_of(id));
  put(alice, record_of(EntityType::connection, "x", "{}"));
  put(bob, query_of("theirs"));
  const Seq a = put(alice, query_of("a")).seq;  // moves behind the others
  erase(alice, "c");
  EXPECT_THAT(live_ids(alice, Seq{}, many), ElementsAre("b", "d", "a"));
  EXPECT_THAT(live_ids(alice, Seq{}, 2), ElementsAre("b", "d"));
  EXPECT_THAT(live_ids(alice, Seq{2}, many), ElementsAre("d", "a"));
  EXPECT_THAT(live_ids(alice, a, many), IsEmpty());
}

TEST_P(StoreRetention, CollectsOldTombstonesAndRaisesTheFloorToTheLastOfThem) {
  put(alice, query_of("kept"));
  put(bob, query_of("a"));
  erase(bob, "a");
  const Seq first = erase(alice, "a").seq;
  const Seq second = erase(alice, "b").seq;
  wait_hours(2);
  erase(alice, "c");
  EXPECT_EQ(collect(alice, {now().unix_us - hour_us}), 2U);
  EXPECT_GT(second, first);
  EXPECT_EQ(state(alice).floor, second);
  EXPECT_EQ(state(alice).records, 1U);
  EXPECT_THAT(ids_after(alice, Seq{}, {many, many}), ElementsAre("kept", "c"));
  EXPECT_FALSE(read(alice, [](UserReader& log) { return log.find(EntityType::saved_query, "a"); }));
  EXPECT_EQ(state(bob).floor, Seq{});
  EXPECT_EQ(collect(alice, {now().unix_us - hour_us}), 0U);
  EXPECT_EQ(state(alice).floor, second);
  reopen();
  EXPECT_EQ(state(alice).floor, second);
}

TEST_P(StoreRetention, BeginsATimeFromBeforeACollectedTombstoneBelowTheFloor) {
  const auto seq_at = [&](std::int64_t us) {
    return read(alice, [&](UserReader& log) { return log.seq_at(CommitTime{us}); });
  };
  put(alice, query_of("a"));
  const std::int64_t before = put(alice, query_of("b")).committed.unix_us;
  wait_hours(1);
  erase(alice, "c");
  const Record last = erase(alice, "a");
  const std::int64_t floor = last.committed.unix_us;
  wait_hours(1);
  ASSERT_EQ(collect(alice, now()), 2U);
  EXPECT_EQ(state(alice).floor, Seq{4});
  EXPECT_LT(seq_at(before), Seq{4});
  EXPECT_LT(seq_at(floor - 1), Seq{4});
  EXPECT_EQ(seq_at(floor), Seq{4});
  EXPECT_EQ(seq_at(before - 1), Seq{1});
  put(alice, query_of("d"));
  reopen();
  EXPECT_LT(seq_at(floor - 1), Seq{4});
  EXPECT_EQ(seq_at(floor), Seq{4});
  EXPECT_EQ(seq_at(now().unix_us), Seq{5});
  EXPECT_EQ(read(bob, [](UserReader& log) { return log.seq_at(CommitTime{-1}); }), Seq{});
}

TEST_P(StoreRetention, RemembersTheHighestVersionThatItCollected) {
  EXPECT_EQ(state(alice).collected, Version{});
  for (const std::uint64_t version : {7U, 4U}) {
    Record tombstone = query_of("v" + std::to_string(version), "");
    tombstone.deleted = true;
    tombstone.rev.version = Version{version};
    put(alice, tombstone);
  }
  wait_hours(1);
  EXPECT_EQ(collect(alice, now(), 1), 1U);
  EXPECT_EQ(collect(alice, now(), 1), 1U);
  EXPECT_EQ(state(alice).collected, Version{7});
  EXPECT_EQ(state(bob).collected, Version{});
  reopen();
  EXPECT_EQ(state(alice).collected, Version{7});
}

TEST_P(StoreRetention, CollectsNoMoreTombstonesAtOnceThanItWasAllowed) {
  for (const char* id : {"a", "b", "c"}) erase(alice, id);
  wait_hours(1);
  EXPECT_EQ(collect(alice, now(), 2), 2U);
  EXPECT_EQ(state(alice).floor, Seq{2});
  EXPECT_EQ(collect(alice, now(), 2), 1U);
  EXPECT_EQ(state(alice).floor, Seq{3});
  EXPECT_THAT(ids_after(alice, Seq{}, {many, many}), IsEmpty());
  EXPECT_EQ(put(alice, query_of("next")).seq, Seq{4});
}

TEST_P(StoreRetention, SeesItsOwnCollectionBeforeItIsCommitted) {
  const CommitTime tombstone = erase(alice, "a").committed;
  wait_hours(1);
  ASSERT_TRUE(write(alice, [&](UserTxn& txn) {
    EXPECT_EQ(txn.collect_tombstones(now(), many), 1U);
    EXPECT_EQ(txn.seq_at(tombstone), Seq{1});
    EXPECT_EQ(txn.seq_at({tombstone.unix_us - 1}), Seq{});
    EXPECT_EQ(txn.state().floor, Seq{1});
    EXPECT_THAT(txn.page(Seq{}, {many, many}), IsEmpty());
  }));
}

TEST_P(StoreRetention, BeginsAGenerationOfOneUser) {
  put(alice, query_of("a"));
  ASSERT_TRUE(write(alice, [](UserTxn& txn) { txn.begin_generation(); }));
  const Generation first = state(alice).generation;
  EXPECT_NE(first, Generation{});
  EXPECT_EQ(state(alice).head, Seq{1});
  EXPECT_EQ(state(bob).generation, Generation{});
  reopen();
  EXPECT_EQ(state(alice).generation, first);
  ASSERT_TRUE(write(alice, [](UserTxn& txn) { txn.begin_generation(); }));
  EXPECT_NE(state(alice).generation, first);
}

TEST(GenerationAfter, IsAnotherForEachResetAlsoOfARestoredServer) {
  const Generation reset = generation_after({}, Epoch{7}, Seq{3});
  EXPECT_NE(reset, generation_after({}, Epoch{8}, Seq{3}));
  EXPECT_NE(reset, generation_after({}, Epoch{7}, Seq{4}));
  EXPECT_NE(reset, generation_after(reset, Epoch{7}, Seq{3}));
}

TEST_P(StoreRetention, DropsTheOldRowsOfTheArchive) {
  const auto archive = [&](UserRef user, CommitTime at) {
    ASSERT_TRUE(write(user, [&](UserTxn& txn) {
      txn.archive(
          {.conflict = {.id = "x", .type = EntityType::saved_query, .item_id = "a"}, .at = at});
    }));
  };
  const CommitTime old{now().unix_us - hour_us};
  archive(alice, old);
  archive(alice, old);
  archive(alice, now());
  archive(bob, old);
  const auto drop = [&](std::size_t rows_max) {
    return removed(alice, [&](UserTxn& txn) { return txn.drop_archive(now(), rows_max); });
  };
  EXPECT_EQ(drop(1), 1U);
  EXPECT_EQ(drop(many), 1U);
  EXPECT_EQ(drop(many), 0U);
  EXPECT_EQ(removed(bob, [&](UserTxn& txn) { return txn.drop_archive(now(), many); }), 1U);
}

TEST_P(StoreRetention, ForgetsTheResultsOfReplicasThatPushedNothingSince) {
  const auto push = [&](ReplicaId replica, ChangeId change) {
    ASSERT_TRUE(write(alice, [&](UserTxn& txn) {
      txn.set_replica(replica, DeviceId{"d"}, {DeviceSeq{change.bytes[0]}, change});
      txn.remember(change, {.replica = replica, .item_id = "i", .at = now()});
    }));
  };
  push(replica_one, ChangeId{{1}});
  push(replica_one, ChangeId{{2}});
  push(replica_two, ChangeId{{3}});
  wait_hours(2);
  push(replica_two, ChangeId{{4}});
  const CommitTime before{now().unix_us - hour_us};
  EXPECT_EQ(forget(alice, before, 1), 1U);
  EXPECT_EQ(forget(alice, before), 1U);
  EXPECT_EQ(forget(alice, before), 0U);
  EXPECT_FALSE(remembers(alice, ChangeId{{1}}));
  EXPECT_FALSE(remembers(alice, ChangeId{{2}}));
  EXPECT_TRUE(remembers(alice, ChangeId{{3}}));
  EXPECT_TRUE(remembers(alice, ChangeId{{4}}));
  EXPECT_EQ(read(alice, [](UserReader& log) { return log.replica(replica_one); }),
            (ReplicaMark{DeviceSeq{2}, ChangeId{{2}}}));
  push(replica_one, ChangeId{{5}});
  wait_hours(2);
  EXPECT_EQ(forget(alice, {now().unix_us - hour_us}), 3U);
}

TEST_P(StoreRetention, ForgetsThePlainResultsByTheirAge) {
  const auto remember = [&](UserRef user, ChangeId change, CommitTime at) {
    ASSERT_TRUE(
        write(user, [&](UserTxn& txn) { txn.remember(change, {.item_id = "i", .at = at}); }));
  };
  const CommitTime old{now().unix_us - hour_us};
  remember(alice, ChangeId{{1}}, old);
  remember(alice, ChangeId{{2}}, now());
  remember(bob, ChangeId{{1}}, old);
  EXPECT_EQ(forget(alice, now()), 1U);
  EXPECT_FALSE(remembers(alice, ChangeId{{1}}));
  EXPECT_TRUE(remembers(alice, ChangeId{{2}}));
  EXPECT_TRUE(remembers(bob, ChangeId{{1}}));
}

TEST_P(StoreRetention, KeepsTheDeleteWindowOfEachReplicaAndTypeUntilItIsForgotten) {
  const DeleteWindow window{now(), 40, 7};
  ASSERT_TRUE(write(alice, [&](UserTxn& txn) {
    txn.set_delete_window(replica_one, EntityType::connection, {});
    txn.set_delete_window(replica_one, EntityType::connection, window);
  }));
  const auto stored = [&](UserRef user, ReplicaId replica, EntityType type) {
    return read(user, [&](UserReader& log) { return log.delete_window(replica, type); });
  };
  EXPECT_EQ(stored(alice, replica_one, EntityType::connection), window);
  EXPECT_EQ(stored(alice, replica_one, EntityType::saved_query), DeleteWindow{});
  EXPECT_EQ(stored(alice, replica_two, EntityType::connection), DeleteWindow{});
  EXPECT_EQ(stored(bob, replica_one, EntityType::connection), DeleteWindow{});
  forget(alice, now());
  EXPECT_EQ(stored(alice, replica_one, EntityType::connection), window);
  forget(alice, {now().unix_us + 1});
  EXPECT_EQ(stored(alice, replica_one, EntityType::connection), DeleteWindow{});
}

TEST_P(StoreRetention, TakesAConflictFromTheList) {
  ASSERT_TRUE(write(alice, [](UserTxn& txn) {
    txn.conflict_opened("a", EntityType::saved_query, "q", "phone");
    txn.conflict_opened("b", EntityType::saved_query, "q", "tablet");
    txn.conflict_forgotten("a");
  }));
  read(alice, [](UserReader& log) {
    EXPECT_THAT(log.conflict_ids(true), ElementsAre("b"));
    EXPECT_EQ(log.open_conflict(EntityType::saved_query, "q", "phone"), std::nullopt);
    return true;
  });
}

}  // namespace
}  // namespace studiosync::server
