// What every store promises beside the log: replicas, results, policies, conflicts.
#include <gmock/gmock.h>

#include "tests/server/store/contract_fixture.hpp"

namespace studiosync::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr ChangeId change_one{{1, 1}};
constexpr ReplicaId replica_one{{2, 2}};

class StoreBookkeeping : public StoreContract {};
INSTANTIATE_TEST_SUITE_P(Stores, StoreBookkeeping, all_kinds, kind_name);

AppliedChange full_result() {
  return {.replica = replica_one,
          .device_seq = DeviceSeq{17},
          .payload = {9, 8, 7},
          .content = {6, 5, 4},
          .type = EntityType::connection,
          .item_id = "c-1",
          .status = Status::rejected,
          .rev = {Epoch{5}, Version{6}},
          .stamp = Stamp{77},
          .conflict_id = "k",
          .copy_id = "copy",
          .strategy = Strategy::keep_both,
          .error = Error{.code = ErrorCode::credential_leaked,
                         .message = "refused",
                         .path = "$.data.host",
                         .rule = "uri-userinfo"},
          .at = CommitTime{123'456}};
}

TEST_P(StoreBookkeeping, RemembersHowFarAReplicaIs) {
  ASSERT_TRUE(write(alice, [](UserTxn& txn) {
    txn.set_replica(replica_one, DeviceId{"phone"}, {DeviceSeq{1}, change_one});
    txn.set_replica(replica_one, DeviceId{"phone"}, {DeviceSeq{2}, ChangeId{{3}}});
  }));
  const auto mark = [&](UserRef user) {
    return read(user, [](UserReader& log) { return log.replica(replica_one); });
  };
  EXPECT_EQ(mark(alice), (ReplicaMark{DeviceSeq{2}, ChangeId{{3}}}));
  EXPECT_EQ(mark(bob), std::nullopt);
}

TEST_P(StoreBookkeeping, RepeatsTheFirstResultOfAChangeToItsUserOnly) {
  ASSERT_TRUE(write(alice, [](UserTxn& txn) { txn.remember(change_one, full_result()); }));
  const auto stored = read(alice, [](UserReader& log) { return log.applied(change_one); });
  ASSERT_TRUE(stored);
  const AppliedChange expected = full_result();
  EXPECT_EQ(stored->replica, expected.replica);
  EXPECT_EQ(stored->device_seq, expected.device_seq);
  EXPECT_EQ(stored->payload, expected.payload);
  EXPECT_EQ(stored->content, expected.content);
  EXPECT_EQ(stored->type, expected.type);
  EXPECT_EQ(stored->item_id, expected.item_id);
  EXPECT_EQ(stored->status, expected.status);
  EXPECT_EQ(stored->rev, expected.rev);
  EXPECT_EQ(stored->stamp, expected.stamp);
  EXPECT_EQ(stored->conflict_id, expected.conflict_id);
  EXPECT_EQ(stored->copy_id, expected.copy_id);
  EXPECT_EQ(stored->strategy, expected.strategy);
  ASSERT_TRUE(stored->error);
  EXPECT_EQ(stored->error->code, expected.error->code);
  EXPECT_EQ(stored->error->message, expected.error->message);
  EXPECT_EQ(stored->error->path, expected.error->path);
  EXPECT_EQ(stored->error->rule, expected.error->rule);
  EXPECT_EQ(stored->at, expected.at);
  EXPECT_FALSE(read(bob, [](UserReader& log) { return log.applied(change_one); }));
}

TEST_P(StoreBookkeeping, VisitsEveryResultOfItsUserOnly) {
  ASSERT_TRUE(write(alice, [](UserTxn& txn) {
    txn.remember(change_one, full_result());
    txn.remember(ChangeId{{2}}, {.item_id = "plain"});
  }));
  const auto visited = [&](UserRef user) {
    return read(user, [](UserReader& log) {
      std::vector<std::string> ids;
      log.each_applied([&](const AppliedChange& change) { ids.push_back(change.item_id); });
      return ids;
    });
  };
  EXPECT_THAT(visited(alice), UnorderedElementsAre("c-1", "plain"));
  EXPECT_THAT(visited(bob), IsEmpty());
}

TEST_P(StoreBookkeeping, KeepsAPlainResultPlain) {
  ASSERT_TRUE(write(alice, [](UserTxn& txn) { txn.remember(change_one, {.item_id = "x"}); }));
  const auto stored = read(alice, [](UserReader& log) { return log.applied(change_one); });
  ASSERT_TRUE(stored);
  EXPECT_TRUE(stored->replica.nil());
  EXPECT_EQ(stored->payload, Hash128{});
  EXPECT_EQ(stored->content, Hash128{});
  EXPECT_EQ(stored->status, Status::applied);
  EXPECT_FALSE(stored->strategy);
  EXPECT_FALSE(stored->error);
}

TEST_P(StoreBookkeeping, ReplacesTheUsersPolicies) {
  const Policies first{{EntityType::connection, Strategy::user_choice},
                       {EntityType::saved_query, Strategy::merge}};
  const Policies second{{EntityType::connection, Strategy::keep_both}};
  const auto policies = [&](UserRef user) {
    return read(user, [](UserReader& log) { return log.policies(); });
  };
  ASSERT_TRUE(write(alice, [&](UserTxn& txn) { txn.set_policies(first); }));
  EXPECT_EQ(policies(alice), first);
  ASSERT_TRUE(write(alice, [&](UserTxn& txn) { txn.set_policies(second); }));
  EXPECT_EQ(policies(alice), second);
  EXPECT_THAT(policies(bob), IsEmpty());
}

TEST_P(StoreBookkeeping, ScrubbingForgetsTheConflictsOfOneRecordOnly) {
  constexpr auto type = EntityType::query_history;
  const auto open_two = [](UserTxn& txn) {
    txn.conflict_opened("b", type, "h", "phone");
    txn.conflict_opened("a", type, "h", "tablet");
    txn.conflict_opened("c", type, "other", "phone");
  };
  ASSERT_TRUE(write(alice, open_two));
  ASSERT_TRUE(write(bob, open_two));
  ASSERT_TRUE(write(alice, [](UserTxn& txn) {
    EXPECT_THAT(txn.scrub(type, "h"), ElementsAre("a", "b"));
    EXPECT_THAT(txn.scrub(type, "h"), IsEmpty());
  }));
  read(alice, [](UserReader& log) {
    EXPECT_THAT(log.conflict_ids(true), ElementsAre("c"));
    return true;
  });
  read(bob, [](UserReader& log) {
    EXPECT_EQ(log.conflict_ids(true).size(), 3U);
    return true;
  });
}

TEST_P(StoreBookkeeping, ListsConflictsOldestFirstAndFindsTheOpenOneOfALosingReplica) {
  constexpr auto type = EntityType::saved_query;
  ASSERT_TRUE(write(alice, [](UserTxn& txn) {
    txn.conflict_opened("z-first", type, "q", "phone");
    txn.conflict_opened("a-second", type, "q", "tablet");
    txn.conflict_opened("m-third", EntityType::connection, "q", "phone");
    txn.conflict_opened("z-first", type, "q", "phone");
  }));
  ASSERT_TRUE(write(alice, [](UserTxn& txn) { txn.conflict_closed("a-second"); }));
  read(alice, [](UserReader& log) {
    EXPECT_THAT(log.conflict_ids(false), ElementsAre("z-first", "m-third"));
    EXPECT_THAT(log.conflict_ids(true), ElementsAre("z-first", "a-second", "m-third"));
    EXPECT_THAT(log.conflicts_of(type, "q"), ElementsAre("z-first", "a-second"));
    EXPECT_THAT(log.conflicts_of(type, "other"), IsEmpty());
    EXPECT_EQ(log.open_conflict(type, "q", "phone"), "z-first");
    EXPECT_EQ(log.open_conflict(type, "q", "tablet"), std::nullopt);
    EXPECT_EQ(log.open_conflict(type, "other", "phone"), std::nullopt);
    return true;
  });
  read(bob, [](UserReader& log) {
    EXPECT_THAT(log.conflict_ids(true), IsEmpty());
    EXPECT_THAT(log.conflicts_of(type, "q"), IsEmpty());
    EXPECT_EQ(log.open_conflict(type, "q", "phone"), std::nullopt);
    return true;
  });
}

// Whoever goes on editing edits what lost last.
TEST_P(StoreBookkeeping, FindsTheLastOfALosersOpenConflicts) {
  constexpr auto type = EntityType::saved_query;
  ASSERT_TRUE(write(alice, [](UserTxn& txn) {
    for (const char* id : {"a-first", "c-second", "b-third", "d-closed"}) {
      txn.conflict_opened(id, type, "q", "phone");
    }
    txn.conflict_closed("d-closed");
  }));
  read(alice, [](UserReader& log) {
    EXPECT_EQ(log.open_conflict(type, "q", "phone"), "b-third");
    return true;
  });
}

TEST_P(StoreBookkeeping, SeesItsOwnWritesBeforeTheyAreCommitted) {
  ASSERT_TRUE(write(alice, [](UserTxn& txn) {
    Record record = query_of("a");
    txn.put(record);
    EXPECT_EQ(txn.state().head, Seq{1});
    EXPECT_EQ(txn.state().records, 1U);
    EXPECT_EQ(txn.find(EntityType::saved_query, "a"), record);
    EXPECT_EQ(txn.epochs().size(), 1U);
    EXPECT_EQ(txn.page(Seq{0}, {10, 1000}).size(), 1U);
  }));
}

TEST_P(StoreBookkeeping, CountsJobsAndRowsThatWereCommitted) {
  const StoreStats before = store_->stats();
  put(alice, query_of("a", R"({"x":1})"));
  put(alice, query_of("b", R"({"x":1})"));
  const StoreStats after = store_->stats();
  EXPECT_EQ(after.jobs - before.jobs, 2U);
  EXPECT_EQ(after.rows_written - before.rows_written, 2U);
  EXPECT_EQ(after.bytes_written - before.bytes_written, 14U);
}

TEST_P(StoreBookkeeping, RefusesWritesAfterItWasStopped) {
  EXPECT_TRUE(store_->probe());
  store_->stop();
  bool ran = false;
  const auto result = write(alice, [&](UserTxn&) { ran = true; });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::service_unavailable);
  EXPECT_FALSE(ran);
}

}  // namespace
}  // namespace studiosync::server
