// What answers make of records that turn private.
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
