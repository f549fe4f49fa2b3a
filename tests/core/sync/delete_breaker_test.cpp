// Deletes of one replica are counted over a day; what is too much waits for a person's word.
#include "core/sync/delete_breaker.hpp"

#include "core/base/limits.hpp"
#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

constexpr auto query = EntityType::saved_query;

class DeleteBreakerTest : public LogTest {
 protected:
  void create(std::uint64_t count) {
    const Author author{replica('C'), {"creator"}, "creator"};
    for (std::uint64_t i = 0; i < count; ++i) {
      push(author, {numbered(upsert(i + 1, query, id(i), query_text("n", "q")), 'C')});
    }
  }
  static std::string id(std::uint64_t i) { return "q" + std::to_string(i); }
  // Each replica's changes have ids of their own.
  static PushChange numbered(PushChange change, std::uint8_t letter) {
    change.change.bytes.fill(letter);
    change.change.bytes[0] = static_cast<std::uint8_t>(change.device_seq.value);
    return change;
  }
  PushChange removal_of(std::uint64_t i) {
    return numbered(removal(++seq_, query, id(i), stored(query, id(i))->rev), 'L');
  }
  // How many of the deletes from `begin` to `end` were applied; the others must have been held.
  std::uint64_t erase(std::uint64_t begin, std::uint64_t end, bool confirmed = false) {
    std::uint64_t applied = 0;
    for (std::uint64_t i = begin; i < end; ++i) {
      PushChange change = removal_of(i);
      change.confirm_mass_delete = confirmed;
      const auto result = push_one(laptop_, change);
      const bool gone = stored(query, id(i))->deleted;
      EXPECT_EQ(result.status, gone ? Status::applied : Status::held);
      applied += gone ? 1 : 0;
    }
    return applied;
  }

  std::uint64_t seq_ = 0;
};

TEST(MassDelete, IsMoreThanTwentyAndMoreThanHalf) {
  EXPECT_FALSE(is_mass_delete(20, 20));
  EXPECT_TRUE(is_mass_delete(21, 21));
  EXPECT_TRUE(is_mass_delete(21, 41));
  EXPECT_FALSE(is_mass_delete(21, 42));
  EXPECT_FALSE(is_mass_delete(500, 1000));
  EXPECT_TRUE(is_mass_delete(501, 1000));
}

TEST_F(DeleteBreakerTest, HoldsWhatExceedsHalfOfTheRecordsThatWereThereFirst) {
  create(60);
  EXPECT_EQ(erase(0, 40), 30U);
}

TEST_F(DeleteBreakerTest, LetsTwentyGoHoweverFewThereAre) {
  create(22);
  EXPECT_EQ(erase(0, 22), 20U);
}

TEST_F(DeleteBreakerTest, CountsOverAllPushesOfOneReplicaOnly) {
  create(60);
  EXPECT_EQ(erase(0, 30), 30U);
  const Author other = tablet_;
  PushChange change = numbered(removal(1, query, id(30), stored(query, id(30))->rev), 'T');
  EXPECT_EQ(push_one(other, change).status, Status::applied);
  EXPECT_EQ(erase(31, 32), 0U);
}

TEST_F(DeleteBreakerTest, BeginsAnewAfterADay) {
  create(60);
  EXPECT_EQ(erase(0, 31), 30U);
  now_ = now_ + Millis{limits::delete_window_ms - 1};
  EXPECT_EQ(erase(31, 32), 0U);
  now_ = now_ + Millis{1};
  EXPECT_EQ(erase(32, 60), 20U);  // 30 were left, and half of them is less than twenty
}

TEST_F(DeleteBreakerTest, BeginsAnewWhenTheClockWasWrong) {
  create(60);
  now_ = now_ + Millis{30 * limits::delete_window_ms};
  EXPECT_EQ(erase(0, 31), 30U);
  now_ = now_ - Millis{30 * limits::delete_window_ms};
  EXPECT_EQ(erase(31, 32), 1U);
}

TEST_F(DeleteBreakerTest, AHeldDeleteUsesItsPlaceAndIsRemembered) {
  create(21);
  erase(0, 20);
  const PushChange change = removal_of(20);
  const auto held = push_one(laptop_, change);
  EXPECT_EQ(held.status, Status::held);
  ASSERT_TRUE(held.record);
  EXPECT_FALSE(held.record->deleted);
  EXPECT_EQ(held.rev, held.record->rev);
  const auto again = push_one(laptop_, change);
  EXPECT_EQ(again.status, Status::duplicate);
  EXPECT_EQ(again.first_status, Status::held);
  EXPECT_FALSE(stored(query, id(20))->deleted);
  EXPECT_EQ(image().replicas.at(laptop_.replica).seq, change.device_seq);
}

TEST_F(DeleteBreakerTest, AConfirmedDeleteIsApplied) {
  create(60);
  erase(0, 31);
  EXPECT_EQ(erase(31, 60, true), 29U);
}

TEST_F(DeleteBreakerTest, DoesNotCountWhatDeletesNothing) {
  create(42);
  for (std::uint64_t i = 0; i < 30; ++i) {
    push(laptop_, {numbered(removal(++seq_, query, "never there", {}), 'L')});
  }
  EXPECT_EQ(erase(0, 21), 21U);
}

TEST_F(DeleteBreakerTest, NeverKeepsWhatTurnedPrivateWaiting) {
  create(30);
  erase(0, 21);
  PushChange hide = removal_of(25);
  hide.reason = reason_private;
  EXPECT_EQ(push_one(laptop_, hide).status, Status::applied);
}

TEST_F(DeleteBreakerTest, LeavesPlainClientsAlone) {
  create(30);
  std::vector<PlainChange> changes;
  for (std::uint64_t i = 0; i < 30; ++i) {
    PlainChange change;
    change.id = "delete-" + std::to_string(i);
    change.type = query;
    change.type_text = to_string(query);
    change.item_id = id(i);
    change.action = Action::remove;
    change.base = Version{1};
    change.stamp = Stamp::at(now_);
    changes.push_back(change);
  }
  const Applied applied = upload({{}, {"plain"}, "plain"}, changes);
  for (const ChangeResult& result : applied.results) EXPECT_EQ(result.status, Status::applied);
}

}  // namespace
}  // namespace studiosync::testing
