#include "core/sync/inbound.hpp"

#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

class Inbound : public DeviceTest {
 protected:
  std::vector<RecordKey> apply(const std::vector<Record>& rows) {
    EXPECT_TRUE(store_.begin());
    auto changed = apply_rows(store_, rows, now_);
    EXPECT_TRUE(store_.commit());
    return changed;
  }
  Record query(std::uint64_t version, std::string_view name) const {
    return row(saved_query, "q", version, query_text(name, "SELECT 1"));
  }
};

TEST_F(Inbound, ShowsANewRecordAndSaysSo) {
  EXPECT_EQ(apply({query(1, "a")}), (std::vector<RecordKey>{{saved_query, "q"}}));
  EXPECT_EQ(shown(saved_query, "q"), query_text("a", "SELECT 1"));
}

TEST_F(Inbound, ARowThatIsKnownChangesNothing) {
  apply({query(2, "a")});
  EXPECT_TRUE(apply({query(2, "a")}).empty());
  EXPECT_TRUE(apply({query(1, "older")}).empty());
  EXPECT_EQ(shown(saved_query, "q"), query_text("a", "SELECT 1"));
}

TEST_F(Inbound, NewRowsBeforeAndBehindAKnownOneAreShown) {
  apply({query(2, "known")});
  const Record before = row(saved_query, "a", 1, query_text("before", "SELECT 1"));
  const Record behind = row(saved_query, "z", 1, query_text("behind", "SELECT 1"));
  EXPECT_EQ(apply({before, query(1, "older"), behind}),
            (std::vector<RecordKey>{{saved_query, "a"}, {saved_query, "z"}}));
  EXPECT_EQ(shown(saved_query, "q"), query_text("known", "SELECT 1"));
  EXPECT_EQ(record(saved_query, "z").shadow, behind);
}

TEST_F(Inbound, ATombstoneOfAnUnknownRecordIsKeptAndNotShown) {
  Record tombstone = query(3, "");
  tombstone.deleted = true;
  tombstone.content.clear();
  EXPECT_TRUE(apply({tombstone}).empty());
  EXPECT_EQ(record(saved_query, "q").shadow, tombstone);
}

TEST_F(Inbound, TheEchoOfAnOwnChangeChangesNothing) {
  put_query("q", "mine", "SELECT 1");
  settle_as(applied(freeze_all()[0], 1));
  EXPECT_TRUE(apply({query(1, "mine")}).empty());
  EXPECT_EQ(store_.counts().pending, 0U);
}

TEST_F(Inbound, AnUnsyncedEditIsNotOverwrittenAndKeepsItsBase) {
  apply({query(1, "old")});
  put_query("q", "mine", "SELECT 1");
  EXPECT_TRUE(apply({query(2, "theirs")}).empty());
  const DeviceRecord now = record(saved_query, "q");
  EXPECT_EQ(now.content, query_text("mine", "SELECT 1"));
  EXPECT_EQ(now.shadow->rev.version, Version{2});
  EXPECT_EQ(now.edit->base.version, Version{1});
}

TEST_F(Inbound, AChangeInFlightIsNotOverwritten) {
  apply({query(1, "old")});
  put_query("q", "mine", "SELECT 1");
  freeze_all();
  EXPECT_TRUE(apply({query(2, "theirs")}).empty());
  EXPECT_EQ(shown(saved_query, "q"), query_text("mine", "SELECT 1"));
}

TEST_F(Inbound, ATombstoneTakesAnUneditedRecordAway) {
  apply({query(1, "a")});
  EXPECT_EQ(apply({tombstone(saved_query, "q", 2)}).size(), 1U);
  EXPECT_EQ(shown(saved_query, "q"), "");
}

TEST_F(Inbound, AnOrdinaryTombstoneLeavesAnUnsyncedEdit) {
  apply({query(1, "a")});
  put_query("q", "mine", "SELECT 1");
  EXPECT_TRUE(apply({tombstone(saved_query, "q", 2)}).empty());
  EXPECT_TRUE(record(saved_query, "q").edit);
}

TEST_F(Inbound, AnAbsorbingTombstoneTakesTheUnsyncedEditAlong) {
  for (const char* reason : {"private", "expired"}) {
    pulled(row(query_history, reason, 1, R"({"query":"SELECT 1"})"));
    put(query_history, reason, R"({"query":"SELECT 1","favorite":true})");
    EXPECT_EQ(apply({tombstone(query_history, reason, 2, reason)}).size(), 1U);
    EXPECT_FALSE(record(query_history, reason).edit);
    EXPECT_EQ(shown(query_history, reason), "");
  }
}

TEST_F(Inbound, TheRowOfThePrivateOriginatorStays) {
  put(query_history, "h", R"({"query":"SELECT 1","privacy_mode":"private"})");
  EXPECT_TRUE(apply({tombstone(query_history, "h", 2, "private")}).empty());
  EXPECT_NE(shown(query_history, "h"), "");
}

TEST_F(Inbound, ALocalRecordHidesAnotherDevicesRowUntilItIsDeleted) {
  put(query_history, "h", R"({"query":"SELECT 1","privacy_mode":"private"})");
  const std::string own = shown(query_history, "h");
  EXPECT_TRUE(apply({row(query_history, "h", 2, R"({"query":"SELECT 2"})")}).empty());
  EXPECT_EQ(shown(query_history, "h"), own);
  EXPECT_FALSE(erase(query_history, "h")->queued);
  EXPECT_EQ(shown(query_history, "h"), R"({"query":"SELECT 2"})");
  EXPECT_FALSE(record(query_history, "h").local_only);
}

TEST_F(Inbound, ARowOfAnotherEpochReplacesAnEarlierVersionOfTheSameNumber) {
  apply({query(2, "before the restart")});
  Record after = query(2, "after");
  after.rev.epoch = Epoch{2};
  after.seq = Seq{9};
  EXPECT_EQ(apply({after}).size(), 1U);
}

TEST_F(Inbound, WhatIsUnsyncedWasNotWrittenUponAnotherHistorysVersionOfTheSameNumber) {
  apply({query(2, "lost")});
  put_query("q", "mine", "SELECT 1");
  const DeviceSeq sent = freeze_all()[0].seq;
  put_query("q", "mine, too", "SELECT 1");
  Record other = query(2, "older");
  other.rev.epoch = Epoch{2};
  other.seq = Seq{9};
  EXPECT_TRUE(apply({other}).empty());
  EXPECT_EQ(record(saved_query, "q").edit->base, Rev{});
  EXPECT_TRUE(store_.find_frozen(sent).value_or(FrozenChange{}).base.version);
  other.rev.epoch = Epoch{3};
  other.seq = Seq{10};
  other.content = query_text("theirs", "SELECT 1");
  other.origin.stamp = Stamp::at(now_ + Millis{1});
  EXPECT_TRUE(apply({other}).empty());
  const FrozenChange on_its_way = store_.find_frozen(sent).value_or(FrozenChange{});
  EXPECT_FALSE(on_its_way.base.version);
  EXPECT_NE(on_its_way.base.epoch, Epoch{});
  EXPECT_EQ(on_its_way.changed, texts({"name"}));
}

TEST_F(Inbound, KeepsTheSecretThatOnlyThisDeviceHas) {
  put(connection, "c", R"({"name":"db","type":"mysql","password":"canary"})");
  settle_as(applied(freeze_all()[0], 1));
  apply({row(connection, "c", 2, R"({"name":"renamed","type":"mysql","use_ssh":false})")});
  EXPECT_EQ(shown(connection, "c"),
            R"({"name":"renamed","password":"canary","type":"mysql","use_ssh":false})");
}

TEST_F(Inbound, LearnsTheStampsOfRows) {
  Record later = query(1, "a");
  later.origin.stamp = Stamp::at(now_ + Millis{2000});
  apply({later});
  put_query("mine", "b", "SELECT 1");
  EXPECT_GT(record(saved_query, "mine").edit->stamp, later.origin.stamp);
}

Cursor at(std::uint64_t seq, std::uint64_t generation = 0) {
  return {seq == 0 ? Epoch{} : Epoch{1}, Seq{seq}, Generation{generation}};
}

TEST(FrameFitTest, TellsNextOverlapOldAndGap) {
  EXPECT_EQ(fit(at(5), at(5), at(8)), FrameFit::next);
  EXPECT_EQ(fit(at(5), at(3), at(8)), FrameFit::overlap);
  EXPECT_EQ(fit(at(5), at(3), at(5)), FrameFit::old);
  EXPECT_EQ(fit(at(5), at(5), at(5)), FrameFit::old);
  EXPECT_EQ(fit(at(5), at(6), at(8)), FrameFit::gap);
}

TEST(FrameFitTest, AnotherGenerationIsAGap) {
  EXPECT_EQ(fit(at(5, 1), at(5, 2), at(8, 2)), FrameFit::gap);
  EXPECT_EQ(fit(at(0), at(0, 2), at(8, 2)), FrameFit::next);
}

}  // namespace
}  // namespace studiosync::testing
