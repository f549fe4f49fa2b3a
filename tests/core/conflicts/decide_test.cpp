#include <gtest/gtest.h>

#include "core/conflicts/resolve.hpp"
#include "tests/core/conflicts/builders.hpp"

namespace studiosync {
namespace {

using namespace testing;

const Record stored = saved_query(2, origin('a', 2, 2000), R"({"name":"theirs","query":"q"})");

ConflictCase open_conflict(const Incoming& incoming) {
  return resolve(&stored, incoming, Strategy::user_choice).conflict.value();
}

const ConflictCase edited =
    open_conflict(edit(1, origin('b', 1, 1500), R"({"name":"mine","query":"q"})", {"name"}));
const ConflictCase deleted = open_conflict(deletion(1, origin('b', 1, 1500)));

// The person's decision, made on a third device.
Incoming decision() {
  Incoming as = edit(2, origin('c', 5, 3000), "{}", {});
  as.change = change(9);
  return as;
}

Record tombstone(std::string_view reason) {
  Record record = stored;
  record.deleted = true;
  record.content.clear();
  record.reason = reason;
  return record;
}

TEST(Decide, LocalTakesTheIncomingSide) {
  const Outcome outcome = decide(&stored, edited, Choice::local, {}, decision());
  EXPECT_EQ(outcome.status, Status::applied);
  ASSERT_TRUE(outcome.record);
  EXPECT_EQ(outcome.record->content, R"({"name":"mine","query":"q"})");
  EXPECT_EQ(outcome.record->rev.version, Version{3});
  EXPECT_EQ(outcome.record->origin, decision().origin);
  EXPECT_EQ(outcome.record->last_change_of("query").version, Version{2});
}

TEST(Decide, LocalRemovesWhatTheIncomingSideDoesNotHave) {
  Record moved = stored;
  moved.content = R"({"folder":"f","name":"theirs","query":"q"})";
  const Outcome outcome = decide(&moved, edited, Choice::local, {}, decision());
  ASSERT_TRUE(outcome.record);
  EXPECT_EQ(outcome.record->content, R"({"name":"mine","query":"q"})");
  EXPECT_EQ(outcome.record->last_change_of("folder").version, Version{3});
}

TEST(Decide, LocalDeletesWhenTheIncomingSideDid) {
  const Outcome outcome = decide(&stored, deleted, Choice::local, {}, decision());
  EXPECT_EQ(outcome.status, Status::applied);
  ASSERT_TRUE(outcome.record);
  EXPECT_TRUE(outcome.record->deleted);
  EXPECT_EQ(outcome.record->rev.version, Version{3});
}

TEST(Decide, LocalBringsADeletedRecordBack) {
  const Record gone = tombstone("");
  const Outcome outcome = decide(&gone, edited, Choice::local, {}, decision());
  ASSERT_TRUE(outcome.record);
  EXPECT_EQ(outcome.record->content, R"({"name":"mine","query":"q"})");
  EXPECT_EQ(outcome.record->last_change_of("folder").version, Version{3});
}

TEST(Decide, LocalMakesARecordThatIsNoLongerKnown) {
  const Outcome outcome = decide(nullptr, edited, Choice::local, {}, decision());
  ASSERT_TRUE(outcome.record);
  EXPECT_EQ(outcome.record->rev.version, Version{1});
}

TEST(Decide, LocalChangesNothingWhenBothDeleted) {
  const Record gone = tombstone("");
  for (const Record* now : {static_cast<const Record*>(nullptr), &gone}) {
    const Outcome outcome = decide(now, deleted, Choice::local, {}, decision());
    EXPECT_EQ(outcome.status, Status::unchanged);
    EXPECT_FALSE(outcome.record);
  }
}

TEST(Decide, LocalChangesNothingWhenTheRecordHasItAlready) {
  const Record same = saved_query(3, origin('a', 3, 2500), R"({"name":"mine","query":"q"})");
  const Outcome outcome = decide(&same, edited, Choice::local, {}, decision());
  EXPECT_EQ(outcome.status, Status::unchanged);
  EXPECT_FALSE(outcome.record);
}

TEST(Decide, RemoteLeavesTheRecordAlone) {
  const Outcome outcome = decide(&stored, edited, Choice::remote, {}, decision());
  EXPECT_EQ(outcome.status, Status::unchanged);
  EXPECT_FALSE(outcome.record);
  EXPECT_FALSE(outcome.copy);
}

TEST(Decide, KeepBothMakesACopyOfTheIncomingSide) {
  const Outcome outcome = decide(&stored, edited, Choice::keep_both, {}, decision());
  EXPECT_EQ(outcome.status, Status::applied);
  EXPECT_FALSE(outcome.record);
  ASSERT_TRUE(outcome.copy);
  EXPECT_EQ(outcome.copy->content, R"j({"name":"mine (conflicted copy - laptop)","query":"q"})j");
  EXPECT_EQ(outcome.copy->rev.version, Version{1});
  EXPECT_EQ(outcome.copy->origin, decision().origin);
}

TEST(Decide, KeepBothMakesTheSameCopyWhoeverDecides) {
  Incoming other = decision();
  other.change = change(10);
  other.origin = origin('d', 1, 4000);
  const Outcome first = decide(&stored, edited, Choice::keep_both, {}, decision());
  const Outcome second = decide(&stored, edited, Choice::keep_both, {}, other);
  ASSERT_TRUE(first.copy && second.copy);
  EXPECT_EQ(first.copy->id, second.copy->id);
}

// The same conflict, decided in two histories: in one of them the loser had gone on editing.
TEST(Decide, KeepBothOfALaterTextMakesAnotherCopy) {
  ConflictCase later = edited;
  later.local.content = R"({"name":"mine, later","query":"q"})";
  const Outcome first = decide(&stored, edited, Choice::keep_both, {}, decision());
  const Outcome second = decide(&stored, later, Choice::keep_both, {}, decision());
  ASSERT_TRUE(first.copy && second.copy);
  EXPECT_NE(first.copy->id, second.copy->id);
}

TEST(Decide, KeepBothOfADeleteHasNothingToCopy) {
  const Outcome outcome = decide(&stored, deleted, Choice::keep_both, {}, decision());
  EXPECT_EQ(outcome.status, Status::unchanged);
  EXPECT_FALSE(outcome.copy);
}

TEST(Decide, KeepBothIsRefusedWhereCopiesMakeNoSense) {
  ConflictCase preference = edited;
  preference.type = EntityType::preference;
  const Outcome outcome = decide(&stored, preference, Choice::keep_both, {}, decision());
  EXPECT_EQ(outcome.status, Status::rejected);
  ASSERT_TRUE(outcome.error);
  EXPECT_EQ(outcome.error->code, ErrorCode::validation_error);
}

TEST(Decide, MergedTakesThePersonsOwnText) {
  const Fields own = fields(R"({"name":"both","query":"q"})");
  const Outcome outcome = decide(&stored, edited, Choice::merged, own, decision());
  EXPECT_EQ(outcome.status, Status::applied);
  ASSERT_TRUE(outcome.record);
  EXPECT_EQ(outcome.record->content, own.content());
}

TEST(Decide, NothingBringsAPrivateOrExpiredRecordBack) {
  const Fields own = fields(R"({"name":"both"})");
  for (const std::string_view reason : {reason_private, reason_expired}) {
    const Record gone = tombstone(reason);
    for (const Choice choice : {Choice::local, Choice::remote, Choice::keep_both, Choice::merged}) {
      const Outcome outcome = decide(&gone, edited, choice, own, decision());
      EXPECT_EQ(outcome.status, Status::unchanged) << to_string(choice);
      EXPECT_FALSE(outcome.record || outcome.copy) << to_string(choice);
    }
  }
}

}  // namespace
}  // namespace studiosync
