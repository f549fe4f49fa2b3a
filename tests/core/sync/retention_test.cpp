// What a user's log lets go of, and what it keeps.
#include "core/sync/retention.hpp"

#include <gmock/gmock.h>

#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr auto history = EntityType::query_history;

class RetentionTest : public LogTest {
 protected:
  void wait_days(int days) { now_ = now_ + Millis{days * one_day.count}; }
  void add(const std::string& id, bool favourite = false) {
    Json data = Json::object().set("query", "select 1").set("favorite", favourite);
    push_one(laptop_, upsert(++seq_, history, id, data.canonical()));
  }
  RetentionStep step(RetentionPlace& place, std::size_t rows_max) {
    RetentionStep made;
    write([&](UserTxn& log) {
      made = apply_retention(log, rules_, place, {now_, quota_}, rows_max);
    });
    return made;
  }
  // All steps of a run; returns how many there were.
  int run(std::size_t rows_max = 100) {
    RetentionPlace place;
    int steps = 1;
    while (step(place, rows_max).more) ++steps;
    return steps;
  }
  std::vector<std::string> live() {
    std::vector<std::string> ids;
    read([&](UserReader& log) {
      log.each_live([&](const Record& record) { ids.push_back(record.id); });
    });
    return ids;
  }
  ChangeResult edit_query(const Author& author, std::uint64_t seq, const char* name, Rev base) {
    PushChange change = upsert(seq, EntityType::saved_query, "q", query_text(name, "select 1"),
                               base, texts({"name"}));
    change.change.bytes[0] = author.replica.bytes[0];
    return push_one(author, change);
  }

  RetentionRules rules_;
  std::uint64_t seq_ = 0;
};

TEST_F(RetentionTest, ExpiresOldHistoryForEverAndKeepsFavourites) {
  add("old");
  add("favourite", true);
  wait_days(90);
  add("young");
  now_ = now_ + Millis{1};
  run();
  EXPECT_THAT(live(), ElementsAre("favourite", "young"));
  const Record gone = stored(history, "old").value();
  EXPECT_TRUE(gone.deleted);
  EXPECT_EQ(gone.reason, reason_expired);
  EXPECT_EQ(gone.rev.version, Version{2});
  EXPECT_GT(gone.origin.stamp, Stamp::at(now_ - one_day));
  const auto late =
      push_one(laptop_, upsert(++seq_, history, "old", R"({"query":"select 1","favorite":true})",
                               {{}, {1}}, {"favorite"}));
  EXPECT_TRUE(stored(history, "old")->deleted) << to_string(late.status);
}

TEST_F(RetentionTest, KeepsTheNewestAndCountsFavouritesAmongThem) {
  rules_.history_rows = 3;
  add("a", true);
  for (const char* id : {"b", "c", "d", "e"}) add(id);
  run();
  EXPECT_THAT(live(), ElementsAre("a", "c", "d", "e"));
  run();
  EXPECT_THAT(live(), ElementsAre("a", "c", "d", "e"));
}

TEST_F(RetentionTest, KeepsEverythingWhereItIsToldTo) {
  add("old");
  add("old-too");
  wait_days(1000);
  rules_.history = {};
  rules_.history_rows = 1;
  run();
  EXPECT_EQ(live().size(), 2U);
  rules_ = {};
  rules_.history = {2000 * one_day.count};
  rules_.history_rows = 0;
  run();
  EXPECT_EQ(live().size(), 2U);
}

TEST_F(RetentionTest, TouchesNoOtherType) {
  push_one(laptop_, upsert(++seq_, EntityType::saved_query, "q", query_text("a", "select 1")));
  wait_days(1000);
  run();
  EXPECT_THAT(live(), ElementsAre("q"));
}

TEST_F(RetentionTest, KeepsHistoryWithAnOpenConflict) {
  choose(history, Strategy::user_choice);
  add("h");
  const Rev base = stored(history, "h")->rev;
  push_one(laptop_,
           upsert(++seq_, history, "h", R"({"query":"b","favorite":false})", base, {"query"}));
  PushChange other = upsert(1, history, "h", R"({"query":"c","favorite":false})", base, {"query"});
  other.change = change_id(200);
  push_one(tablet_, other);
  ASSERT_EQ(image().conflicts.size(), 1U);
  wait_days(100);
  run();
  EXPECT_FALSE(stored(history, "h")->deleted);
  EXPECT_EQ(image().conflicts.size(), 1U);
}

TEST_F(RetentionTest, WorksInStepsThatAreNoLongerThanAllowed) {
  for (int i = 0; i < 10; ++i) add("h" + std::to_string(i), i % 2 == 0);
  wait_days(91);
  RetentionPlace place;
  const auto first = step(place, 4);
  EXPECT_TRUE(first.more);
  EXPECT_EQ(first.applied.rows.size(), 2U);
  const auto second = step(place, 4);
  EXPECT_TRUE(second.more);
  EXPECT_EQ(second.applied.rows.size(), 2U);
  const auto third = step(place, 4);
  EXPECT_FALSE(third.more);
  EXPECT_EQ(third.applied.rows.size(), 1U);
  EXPECT_EQ(live().size(), 5U);
}

TEST_F(RetentionTest, TellsTheUsersDevicesWhatWent) {
  add("old");
  wait_days(91);
  const Seq head = image().state.head;
  RetentionPlace place;
  const auto made = step(place, 100);
  EXPECT_EQ(made.applied.from.seq, head);
  EXPECT_EQ(made.applied.to.seq, head.next());
  ASSERT_EQ(made.applied.rows.size(), 1U);
  EXPECT_EQ(made.applied.rows[0], stored(history, "old"));
}

TEST_F(RetentionTest, CollectsTombstonesAfterThirtyDaysAndRaisesTheFloor) {
  add("kept");
  add("gone");
  push_one(laptop_, removal(++seq_, history, "gone", stored(history, "gone")->rev));
  const Seq tombstone = image().state.head;
  wait_days(30);
  run();
  EXPECT_TRUE(stored(history, "gone"));
  now_ = now_ + Millis{1};
  run();
  EXPECT_FALSE(stored(history, "gone"));
  EXPECT_EQ(image().state.floor, tombstone);
  EXPECT_THAT(live(), ElementsAre("kept"));
}

TEST_F(RetentionTest, ForgetsConflictsThirtyDaysAfterTheyWereSettled) {
  edit_query(laptop_, 1, "a", {});
  const Rev base = stored(EntityType::saved_query, "q")->rev;
  edit_query(laptop_, 2, "b", base);
  edit_query(tablet_, 1, "c", base);
  ASSERT_EQ(image().conflicts.size(), 1U);
  ASSERT_EQ(image().archive.size(), 1U);
  const std::string conflict = image().conflicts.begin()->first;
  wait_days(29);
  run();
  EXPECT_EQ(image().archive.size(), 1U);
  EXPECT_FALSE(stored(EntityType::conflict, conflict)->deleted);
  wait_days(2);
  run();
  EXPECT_THAT(image().archive, IsEmpty());
  EXPECT_TRUE(image().conflicts.empty());
  EXPECT_TRUE(stored(EntityType::conflict, conflict)->deleted);
  wait_days(31);
  run();
  EXPECT_FALSE(stored(EntityType::conflict, conflict));
}

TEST_F(RetentionTest, ForgetsTheResultsOfReplicasThatAreSilentForSixtyDays) {
  edit_query(laptop_, 1, "a", {});
  edit_query(tablet_, 1, "b", stored(EntityType::saved_query, "q")->rev);
  wait_days(50);
  edit_query(tablet_, 2, "c", stored(EntityType::saved_query, "q")->rev);
  wait_days(11);
  run();
  std::vector<ReplicaId> remembered;
  for (const auto& [change, applied] : image().applied) remembered.push_back(applied.replica);
  EXPECT_THAT(remembered, UnorderedElementsAre(tablet_.replica, tablet_.replica));
  EXPECT_TRUE(image().replicas.contains(laptop_.replica));
}

TEST_F(RetentionTest, GivesARecordThatIsMadeAnewNoVersionThatItHadBefore) {
  ASSERT_EQ(edit_query(laptop_, 1, "first", {}).rev.version, Version{1});
  const Rev seen = edit_query(laptop_, 2, "second", stored(EntityType::saved_query, "q")->rev).rev;
  push_one(laptop_, removal(3, EntityType::saved_query, "q", seen));
  wait_days(31);
  run();
  ASSERT_FALSE(stored(EntityType::saved_query, "q"));
  const ChangeResult anew = edit_query(tablet_, 1, "anew", {});
  EXPECT_EQ(anew.rev.version, Version{4});
  PlainChange stale;
  stale.id = "stale";
  stale.type = EntityType::saved_query;
  stale.type_text = "saved_query";
  stale.item_id = "q";
  stale.data = json(query_text("stale", "select 1"));
  stale.base = seen.version;
  stale.stamp = Stamp::at(now_);
  const Author script{{}, {"script-1"}, "script"};
  EXPECT_EQ(upload(script, {stale}).results.at(0).status, Status::conflict);
  EXPECT_EQ(stored(EntityType::saved_query, "q")->rev, anew.rev);
}

TEST_F(RetentionTest, LetsNoEditOfACollectedRecordIntoTheFieldsOfTheNewOne) {
  const Rev seen = edit_query(laptop_, 1, "first", {}).rev;
  push_one(laptop_, removal(2, EntityType::saved_query, "q", seen));
  wait_days(31);
  run();
  const ChangeResult anew = edit_query(tablet_, 1, "anew", {});
  const PushChange stale = upsert(3, EntityType::saved_query, "q",
                                  query_text("first", "select 1", "folder"), seen, {"folder"});
  EXPECT_NE(push_one(laptop_, stale).status, Status::merged);
  EXPECT_EQ(stored(EntityType::saved_query, "q")->rev, anew.rev);
}

}  // namespace
}  // namespace studiosync::testing
