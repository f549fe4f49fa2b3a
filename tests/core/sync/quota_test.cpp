// What a full account still takes: nothing that makes it larger, be it by a conflict.
#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

// Saved query `q`: the laptop's version 2 is stored, the tablet knows version 1. From here on the
// account is full.
class FullAccount : public LogTest {
 protected:
  FullAccount() {
    push(laptop_, {upsert(1, saved_query, "q", text("base"))});
    base_ = stored(saved_query, "q")->rev;
    push(laptop_, {edit(2, "mine", base_)});
    quota_ = image().state.bytes;
  }
  static std::string text(std::string_view name) { return query_text(name, "SELECT 1"); }
  PushChange edit(std::uint64_t seq, std::string_view name, Rev base) const {
    return upsert(seq, saved_query, "q", text(name), base, {"name"});
  }
  ChangeResult tablet_sends(PushChange change) {
    change.change.bytes[0] = 'T';
    return push_one(tablet_, change);
  }
  void expect_refused(const ChangeResult& result) {
    ASSERT_TRUE(result.error);
    EXPECT_EQ(result.status, Status::rejected);
    EXPECT_EQ(result.error->code, ErrorCode::quota_exceeded);
    EXPECT_EQ(stored(saved_query, "q")->content, text("mine"));
    EXPECT_EQ(image().log.size(), 1U);
    EXPECT_TRUE(image().archive.empty());
  }

  Rev base_;
};

TEST_F(FullAccount, TakesAnEditThatMakesTheRecordNoLarger) {
  const Rev now = stored(saved_query, "q")->rev;
  EXPECT_EQ(tablet_sends(edit(1, "your", now)).status, Status::applied);
  EXPECT_EQ(tablet_sends(edit(2, "m", stored(saved_query, "q")->rev)).status, Status::applied);
}

TEST_F(FullAccount, TakesNoConflictUnderAnyStrategy) {
  std::uint64_t seq = 1;
  for (const Strategy strategy :
       {Strategy::keep_both, Strategy::last_write_wins, Strategy::user_choice}) {
    choose(saved_query, strategy);
    expect_refused(tablet_sends(edit(seq++, "your", base_)));
  }
}

TEST_F(FullAccount, TakesWhatMergesWithoutAConflictAndNoLarger) {
  const auto merges = upsert(1, saved_query, "q", query_text("base", "SELECT 2"), base_, {"query"});
  EXPECT_EQ(tablet_sends(merges).status, Status::merged);
}

TEST_F(FullAccount, TakesADeleteThatHasSeenTheRecord) {
  const Rev now = stored(saved_query, "q")->rev;
  EXPECT_EQ(tablet_sends(removal(1, saved_query, "q", now)).status, Status::applied);
}

// The edit would survive, beside a conflict of its size, and another one at each such delete.
TEST_F(FullAccount, TakesADeleteThatWouldOnlyLeaveAConflictWhenItHasSeenTheRecord) {
  expect_refused(tablet_sends(removal(1, saved_query, "q", base_)));
  const Rev now = stored(saved_query, "q")->rev;
  EXPECT_EQ(tablet_sends(removal(2, saved_query, "q", now)).status, Status::applied);
}

TEST_F(FullAccount, TakesADeleteThatWinsItsConflict) {
  choose(saved_query, Strategy::last_write_wins);
  now_ = now_ + Millis{1000};
  EXPECT_EQ(tablet_sends(removal(1, saved_query, "q", base_)).status, Status::conflict);
  EXPECT_TRUE(stored(saved_query, "q")->deleted);
}

TEST_F(FullAccount, TakesTheRefusedEditOnceThereIsRoom) {
  expect_refused(tablet_sends(edit(1, "your", base_)));
  quota_ = 1U << 20;
  auto again = edit(2, "your", base_);
  again.change = change_id(77);
  EXPECT_EQ(tablet_sends(again).status, Status::conflict);
}

TEST_F(FullAccount, TakesThatARecordTurnsPrivate) {
  quota_ = 1U << 20;
  push(laptop_, {upsert(3, query_history, "h",
                        R"({"query":"SELECT 1","executed_at":"2026-01-01T00:00:00Z"})")});
  quota_ = 1;
  auto withdrawal = removal(4, query_history, "h", {});
  withdrawal.reason = reason_private;
  EXPECT_EQ(push_one(laptop_, withdrawal).status, Status::applied);
}

}  // namespace
}  // namespace studiosync::testing
