// What every store promises of the log: order, identity, pages, counts.
#include <gmock/gmock.h>

#include "tests/server/store/contract_fixture.hpp"

namespace studiosync::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr UserReader::PageLimits no_limits{1000, 1 << 20};

class StoreLog : public StoreContract {};
INSTANTIATE_TEST_SUITE_P(Stores, StoreLog, all_kinds, kind_name);

TEST_P(StoreLog, ReturnsARecordAsItWasPut) {
  Record record = query_of("q", R"({"name":"älter","query":"SELECT 1"})");
  record.reason = "private";
  record.rev = {Epoch{7}, Version{3}};
  record.origin = {ReplicaId{{1, 2, 3}}, DeviceSeq{9}, Stamp{0xFEDCBA9876543210}};
  record.field_versions = {{"name", Version{2}, {ReplicaId{{4}}, DeviceSeq{300}, Stamp{5}}},
                           {"query", Version{1}, {}}};
  const Record stored = put(alice, record);
  EXPECT_EQ(stored.seq, Seq{1});
  EXPECT_EQ(stored.committed.unix_us, home_.now_us);
  EXPECT_EQ(stored.rev.epoch, Epoch{7}) << "an epoch that the record has is kept";
  const auto found =
      read(alice, [](UserReader& log) { return log.find(EntityType::saved_query, "q"); });
  EXPECT_EQ(found, stored);
}

TEST_P(StoreLog, GivesARecordWithoutAnEpochTheEpochOfThisStart) {
  EXPECT_EQ(put(alice, query_of("q")).rev.epoch, store_->epoch(0));
}

TEST_P(StoreLog, MovesAnUpdatedRecordToTheEndOfTheLog) {
  for (const char* id : {"a", "b", "c", "a"}) put(alice, query_of(id));
  EXPECT_THAT(ids_after(alice, Seq{0}, no_limits), ElementsAre("b", "c", "a"));
  EXPECT_THAT(ids_after(alice, Seq{3}, no_limits), ElementsAre("a"));
  EXPECT_THAT(ids_after(alice, Seq{4}, no_limits), IsEmpty());
}

TEST_P(StoreLog, EndsAPageAtRowsOrBytesButHasAtLeastOneRow) {
  for (const char* id : {"a", "b", "c"}) put(alice, query_of(id, R"({"x":123})"));
  EXPECT_THAT(ids_after(alice, Seq{0}, {2, 1000}), ElementsAre("a", "b"));
  EXPECT_THAT(ids_after(alice, Seq{0}, {9, 18}), ElementsAre("a", "b"));
  EXPECT_THAT(ids_after(alice, Seq{0}, {9, 17}), ElementsAre("a"));
  EXPECT_THAT(ids_after(alice, Seq{1}, {9, 1}), ElementsAre("b"));
}

TEST_P(StoreLog, EndsAPageAtTheBytesOfItsFieldsHistoryToo) {
  for (const char* id : {"a", "b", "c"}) {
    Record record = query_of(id);
    for (int i = 0; i < 10; ++i) {
      record.field_versions.push_back({"field " + std::to_string(i), Version{1}, {}});
    }
    put(alice, record);
  }
  EXPECT_THAT(ids_after(alice, Seq{0}, {9, 3400}), ElementsAre("a", "b"));
}

TEST_P(StoreLog, KeepsTombstonesInPagesAndOutOfTheLiveRows) {
  put(alice, query_of("a"));
  put(alice, query_of("b"));
  put(alice, query_of("a", ""));
  EXPECT_THAT(ids_after(alice, Seq{0}, no_limits), ElementsAre("b", "a"));
  const auto live = read(alice, [](UserReader& log) {
    std::vector<std::string> ids;
    log.each_live([&](const Record& record) { ids.push_back(record.id); });
    return ids;
  });
  EXPECT_THAT(live, ElementsAre("b"));
}

TEST_P(StoreLog, CountsLiveRecordsAndBytesThroughUpdateDeleteAndReturn) {
  const auto expect = [&](std::uint64_t records, std::uint64_t bytes) {
    EXPECT_EQ(state(alice).records, records);
    EXPECT_EQ(state(alice).bytes, bytes);
  };
  put(alice, query_of("a", R"({"x":1})"));
  put(alice, query_of("b", R"({"x":22})"));
  expect(2, 15);
  put(alice, query_of("a", R"({"x":333})"));
  expect(2, 17);
  put(alice, query_of("a", ""));
  expect(1, 8);
  put(alice, query_of("a", "{}"));
  expect(2, 10);
  put(alice, record_of(EntityType::conflict, "c", R"({"y":1})"));
  expect(2, 17);
}

TEST_P(StoreLog, TellsTypesWithTheSameIdApart) {
  put(alice, query_of("same", "{}"));
  put(alice, record_of(EntityType::connection, "same", R"({"n":1})"));
  const auto found =
      read(alice, [](UserReader& log) { return log.find(EntityType::saved_query, "same"); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->content, "{}");
}

TEST_P(StoreLog, NeverShowsOneUserTheRowsOfAnother) {
  put(alice, query_of("shared", R"({"of":"alice"})"));
  put(bob, query_of("shared", R"({"of":"bob"})"));
  put(bob, query_of("bobs"));
  put(bob, query_of("shared", ""));
  EXPECT_THAT(ids_after(alice, Seq{0}, no_limits), ElementsAre("shared"));
  EXPECT_THAT(ids_after(bob, Seq{0}, no_limits), ElementsAre("bobs", "shared"));
  read(alice, [](UserReader& log) {
    EXPECT_FALSE(log.find(EntityType::saved_query, "bobs"));
    EXPECT_EQ(log.find(EntityType::saved_query, "shared")->content, R"({"of":"alice"})");
    EXPECT_EQ(log.state().head, Seq{1});
    log.each_live([](const Record& record) { EXPECT_EQ(record.content, R"({"of":"alice"})"); });
    return true;
  });
}

TEST_P(StoreLog, RaisesCommitTimesEvenWhenTheClockStandsStillOrGoesBack) {
  const Record first = put(alice, query_of("a"));
  const Record second = put(alice, query_of("b"));
  home_.now_us -= 1'000'000;
  const Record third = put(alice, query_of("c"));
  EXPECT_EQ(second.committed.unix_us, first.committed.unix_us + 1);
  EXPECT_EQ(third.committed.unix_us, first.committed.unix_us + 2);
  EXPECT_EQ(state(alice).last_commit, third.committed);
}

TEST_P(StoreLog, FindsTheSeqWhereATimeBegins) {
  const auto at = [&](std::int64_t us) { home_.now_us = us; };
  at(100);
  put(alice, query_of("gone"));  // seq 1, replaced below
  put(bob, query_of("other"));
  at(200);
  put(alice, query_of("a"));  // 2
  at(300);
  put(alice, query_of("gone"));  // 3
  const auto seq_at = [&](std::int64_t us) {
    return read(alice, [&](UserReader& log) { return log.seq_at(CommitTime{us}); });
  };
  EXPECT_EQ(seq_at(0), Seq{1});
  EXPECT_EQ(seq_at(199), Seq{1});
  EXPECT_EQ(seq_at(200), Seq{2});
  EXPECT_EQ(seq_at(299), Seq{2});
  EXPECT_EQ(seq_at(300), Seq{3});
}

TEST_P(StoreLog, AnswersForAnUnknownUserAsForAnEmptyOne) {
  read(bob, [](UserReader& log) {
    EXPECT_EQ(log.state().head, Seq{0});
    EXPECT_THAT(log.epochs(), IsEmpty());
    EXPECT_EQ(log.seq_at(CommitTime{5}), Seq{0});
    EXPECT_FALSE(log.error());
    return true;
  });
}

TEST_P(StoreLog, KeepsEverythingWhenTheServerStartsAgain) {
  const Record before = put(alice, query_of("a", R"({"x":1})"));
  const UserState counted = state(alice);
  reopen();
  EXPECT_EQ(state(alice).head, counted.head);
  EXPECT_EQ(state(alice).bytes, counted.bytes);
  EXPECT_EQ(read(alice, [](UserReader& log) { return log.find(EntityType::saved_query, "a"); }),
            before);
}

TEST_P(StoreLog, MarksAnEpochOnlyWhenTheUserWritesInIt) {
  put(alice, query_of("a"));
  const Epoch first = store_->epoch(0);
  reopen();
  reopen();
  const Epoch third = store_->epoch(0);
  put(alice, query_of("b"));
  put(alice, query_of("c"));
  const auto epochs = read(alice, [](UserReader& log) { return log.epochs(); });
  EXPECT_THAT(epochs, ElementsAre(EpochMark{first, Seq{1}}, EpochMark{third, Seq{2}}));
  EXPECT_THAT(read(bob, [](UserReader& log) { return log.epochs(); }), IsEmpty());
}

}  // namespace
}  // namespace studiosync::server
