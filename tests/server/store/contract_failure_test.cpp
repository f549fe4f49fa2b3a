// What every store promises of a job that fails: nothing of it is left.
#include <gmock/gmock.h>

#include "core/base/limits.hpp"
#include "tests/server/store/contract_fixture.hpp"

namespace studiosync::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr EntityType query = EntityType::saved_query;
constexpr ChangeId failed_change{{1, 1}};
constexpr ReplicaId failed_replica{{2, 2}};
constexpr std::size_t many = 1'000;
constexpr std::uint64_t rows_left = 8;

class StoreFailure : public StoreContract {
 protected:
  // A server start on a log that has room for a few rows only, and so fails a job that goes on
  // writing. Alice has written before.
  void wear_out_log() { reopen_at(alice, Seq{limits::seq_max - rows_left}); }

  // Lets a job of alice's fail behind what `begin` writes.
  void fail_after(const Store::Job& begin) {
    const auto result = write(alice, [&](UserTxn& txn) {
      begin(txn);
      EXPECT_FALSE(txn.error());
      for (std::uint64_t row = 0; row <= rows_left; ++row) {
        Record more = query_of("more-" + std::to_string(row));
        txn.put(more);
      }
      EXPECT_TRUE(txn.error());
    });
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::store_error);
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, StoreFailure, all_kinds, kind_name);

TEST_P(StoreFailure, TakesItsRowsOutOfTheLogAgain) {
  const EpochMark first{store_->epoch(0), Seq{1}};
  const Record kept = put(alice, query_of("kept", R"({"x":1})"));
  wear_out_log();
  const Seq head = state(alice).head;
  const StoreStats before = store_->stats();
  fail_after([](UserTxn& txn) {
    Record changed = query_of("kept", "");
    Record added = query_of("added");
    txn.put(changed);
    txn.put(added);
  });
  EXPECT_EQ(store_->stats().rows_written, before.rows_written);
  EXPECT_EQ(state(alice).head, head);
  EXPECT_EQ(state(alice).last_commit, kept.committed);
  EXPECT_EQ(state(alice).records, 1U);
  EXPECT_EQ(state(alice).bytes, 7U);
  read(alice, [&](UserReader& log) {
    EXPECT_THAT(log.page(Seq{}, {many, many}), ElementsAre(kept));
    EXPECT_EQ(log.find(query, "kept"), kept);
    EXPECT_FALSE(log.find(query, "added"));
    EXPECT_EQ(log.live(query), 1U);
    EXPECT_THAT(log.epochs(), ElementsAre(first));
    return true;
  });
  EXPECT_EQ(put(alice, query_of("next")).seq, head.next());
  EXPECT_THAT(read(alice, [](UserReader& log) { return log.epochs(); }),
              ElementsAre(first, EpochMark{store_->epoch(0), head.next()}));
}

TEST_P(StoreFailure, ForgetsWhatItNotedBesideTheLog) {
  put(alice, query_of("a"));
  wear_out_log();
  fail_after([](UserTxn& txn) {
    txn.remember(failed_change, {.item_id = "a"});
    txn.set_replica(failed_replica, DeviceId{"d"}, {DeviceSeq{1}, failed_change});
    txn.set_policies({{EntityType::connection, Strategy::merge}});
    txn.set_delete_window(failed_replica, query, {CommitTime{1}, 40, 7});
    txn.conflict_opened("k", query, "a", "d");
    txn.archive({.conflict = {.id = "k", .type = query, .item_id = "a"}, .at = CommitTime{1}});
    txn.begin_generation();
  });
  read(alice, [](UserReader& log) {
    EXPECT_FALSE(log.applied(failed_change));
    EXPECT_FALSE(log.replica(failed_replica));
    EXPECT_THAT(log.policies(), IsEmpty());
    EXPECT_EQ(log.delete_window(failed_replica, query), DeleteWindow{});
    EXPECT_THAT(log.conflict_ids(true), IsEmpty());
    EXPECT_EQ(log.state().generation, Generation{});
    return true;
  });
  EXPECT_TRUE(
      write(alice, [](UserTxn& txn) { EXPECT_EQ(txn.drop_archive(CommitTime{2}, many), 0U); }));
}

TEST_P(StoreFailure, BringsBackWhatItLetGoOf) {
  const CommitTime later{home_.now_us + 1'000'000};
  const DeleteWindow window{CommitTime{1}, 40, 7};
  const Record tombstone = put(alice, query_of("gone", ""));
  ASSERT_TRUE(write(alice, [&](UserTxn& txn) {
    for (const char* id : {"k", "l", "m"}) txn.conflict_opened(id, query, id, "phone");
    txn.archive({.conflict = {.id = "j", .type = query, .item_id = "j"}, .at = CommitTime{1}});
    txn.archive({.conflict = {.id = "k", .type = query, .item_id = "k"}, .at = later});
    txn.remember(failed_change, {.item_id = "a", .at = CommitTime{1}});
    txn.set_delete_window(failed_replica, query, window);
  }));
  wear_out_log();
  fail_after([&](UserTxn& txn) {
    EXPECT_EQ(txn.collect_tombstones(later, many), 1U);
    EXPECT_EQ(txn.drop_archive(later, many), 1U);
    EXPECT_EQ(txn.forget_results(later, many), 1U);
    EXPECT_THAT(txn.scrub(query, "k"), ElementsAre("k"));
    txn.conflict_forgotten("l");
    txn.conflict_closed("m");
  });
  EXPECT_EQ(state(alice).floor, Seq{});
  EXPECT_EQ(state(alice).collected, Version{});
  read(alice, [&](UserReader& log) {
    EXPECT_EQ(log.find(query, "gone"), tombstone);
    EXPECT_TRUE(log.applied(failed_change));
    EXPECT_EQ(log.delete_window(failed_replica, query), window);
    EXPECT_THAT(log.conflict_ids(false), ElementsAre("k", "l", "m"));
    return true;
  });
  EXPECT_TRUE(write(
      alice, [&](UserTxn& txn) { EXPECT_EQ(txn.drop_archive({later.unix_us + 1}, many), 2U); }));
}

}  // namespace
}  // namespace studiosync::server
