// What answers make of records that turn private.
#include "core/sync/sweep.hpp"
#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

class SettleWithdrawal : public DeviceTest {};

TEST_F(SettleWithdrawal, APrivateDeleteRemembersTheWithdrawalBelowTheRowThatStays) {
  pulled(row(query_history, "h", 2,
             R"({"favorite":false,"privacy_mode":"normal","query":"SELECT 1","success":true})"));
  put(query_history, "h", R"({"query":"SELECT 1","privacy_mode":"private"})");
  settle_as(applied(freeze_all()[0], 3));
  const DeviceRecord kept = record(query_history, "h");
  ASSERT_TRUE(kept.shadow);
  EXPECT_TRUE(kept.shadow->deleted);
  EXPECT_EQ(kept.shadow->reason, "private");
  EXPECT_EQ(kept.shadow->content, "");
  EXPECT_TRUE(kept.local_only);
  EXPECT_NE(kept.content, "");
}

// Somebody else withdraws the record while an edit of it is on its way. An edit of what is gone has
// no effect; a creation under its id is refused, and the user hears of that.
TEST_F(SettleWithdrawal, WhatIsWrittenAfterItIsACreation) {
  pulled(row(query_history, "h", 1, R"({"query":"SELECT 1"})"));
  put(query_history, "h", R"({"query":"SELECT 2"})");
  const FrozenChange sent = freeze_all().at(0);
  Record gone = tombstone(query_history, "h", 2);
  gone.reason = reason_private;
  pulled(gone);
  put(query_history, "h", R"({"query":"SELECT 3"})");
  EXPECT_EQ(record(query_history, "h").edit->base, Rev{});
  settle_as(answered(sent, Status::unchanged, gone));
  EXPECT_EQ(record(query_history, "h").edit->base, Rev{});
}

TEST_F(SettleWithdrawal, GoesOutAlsoWhereTheServerHasForgottenTheRecord) {
  pulled(row(query_history, "h", 3, R"({"query":"SELECT 1"})"));
  put(query_history, "h", R"({"query":"SELECT 1","privacy_mode":"private"})");
  const auto queued = record(query_history, "h").edit;
  ASSERT_TRUE(queued);
  ASSERT_TRUE(store_.begin());
  forget_missing(store_, record(query_history, "h"), now_);
  ASSERT_TRUE(store_.commit());
  EXPECT_EQ(record(query_history, "h").edit, queued);
}

TEST_F(SettleWithdrawal, WhatReplacedAWithdrawnRecordIsShownWhereTheUserDeletedHisOwn) {
  pulled(row(query_history, "h", 3, R"({"query":"SELECT 1"})"));
  put(query_history, "h", R"({"query":"SELECT 1","privacy_mode":"private"})");
  const FrozenChange withdrawal = freeze_all().at(0);
  ASSERT_TRUE(erase(query_history, "h"));
  const Record theirs = row(query_history, "h", 5, R"({"query":"SELECT 2"})");
  pulled(theirs);
  settle_as(answered(withdrawal, Status::applied, theirs));
  EXPECT_EQ(shown(query_history, "h"), theirs.content);
  EXPECT_FALSE(record(query_history, "h").edit);
}

TEST_F(SettleWithdrawal, OfWhatARestoredServerDoesNotKnowNamesTheVersionThatWasThere) {
  pulled(row(query_history, "h", 3, R"({"query":"SELECT 1"})"));
  ASSERT_TRUE(erase(query_history, "h"));
  const FrozenChange removal = freeze_all().at(0);
  put(query_history, "h", R"({"query":"SELECT 1","privacy_mode":"private"})");
  ChangeResult unknown = applied(removal, 0);
  unknown.status = Status::unchanged;
  unknown.rev = {};
  settle_as(unknown);
  const FrozenChange withdrawal = freeze_all().at(0);
  EXPECT_EQ(withdrawal.reason, reason_private);
  EXPECT_EQ(withdrawal.base, removal.base);
}

}  // namespace
}  // namespace studiosync::testing
