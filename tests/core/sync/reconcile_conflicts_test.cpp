// After a restore: what becomes of conflicts that devices give back, or whose change does.
#include <algorithm>

#include "core/sync/pull.hpp"
#include "tests/core/sync/restore_fixture.hpp"

namespace studiosync::testing {
namespace {

constexpr auto query = EntityType::saved_query;

class ReconciledConflict : public RestoreTest {
 protected:
  std::size_t archived() const { return image().archive.size(); }
  std::vector<ConflictView> open() {
    std::vector<ConflictView> views;
    read([&](UserReader& log) { views = read_conflicts(log, false); });
    return views;
  }
  // The tablet has not seen the laptop's name, and loses.
  void rename_both(Rev base) {
    push_by(laptop_, upsert(2, query, "q", query_text("b", "select 1"), base, {"name"}));
    push_by(tablet_, upsert(1, query, "q", query_text("c", "select 1"), base, {"name"}));
  }
  const Author phone_{replica('P'), {"phone-1"}, "phone"};
};

TEST_F(ReconciledConflict, OpensAConflictWhereTheUserWantsToChoose) {
  choose(query, Strategy::user_choice);
  edit(laptop_, 1, "q", "a", "select 1");
  back_up();
  edit(laptop_, 2, "q", "lost", "select 1");
  edit(laptop_, 3, "q", "lost again", "select 1");
  const auto lost = known();
  restore();
  edit(tablet_, 1, "q", "ours", "select 1");
  give_back(lost);
  const auto views = open();
  ASSERT_EQ(views.size(), 1U);
  EXPECT_EQ(views[0].conflict.local.content, query_text("lost again", "select 1"));
  // The version that the person will see is the one that is stored.
  const auto outcome = resolve(tablet_, {.conflict_id = views[0].conflict.id,
                                         .strategy = Strategy::user_choice,
                                         .chosen = Choice::local});
  EXPECT_FALSE(outcome.error);
  EXPECT_EQ(saved("q").content, query_text("lost again", "select 1"));
}

// The loser of the lost conflict edited what had won: its undecided text stays in that conflict.
TEST_F(ReconciledConflict, LetsNoLostVersionTakeTheTextOfAnOpenConflict) {
  choose(query, Strategy::user_choice);
  edit(laptop_, 1, "q", "a", "select 1");
  const Rev base = saved("q").rev;
  back_up();
  rename_both(base);
  edit(tablet_, 2, "q", "b", "select 2", {"query"});
  const auto lost = known();
  restore();
  edit(phone_, 1, "q", "d", "select 3");
  give_back(lost);
  const auto views = open();
  ASSERT_EQ(views.size(), 2U);
  EXPECT_EQ(views[0].conflict.local.content, query_text("c", "select 1"));
  EXPECT_EQ(views[1].conflict.local.content, query_text("b", "select 2"));
}

// A device can know of the decision before it has read the record that follows from it.
TEST_F(ReconciledConflict, AsksAgainUntilWhatTheUserChoseIsGivenBack) {
  choose(query, Strategy::user_choice);
  edit(laptop_, 1, "q", "a", "select 1");
  const Rev base = saved("q").rev;
  rename_both(base);
  ASSERT_EQ(open().size(), 1U);
  back_up();
  resolve(tablet_, {.conflict_id = open()[0].conflict.id,
                    .strategy = Strategy::user_choice,
                    .chosen = Choice::local});
  auto lost = known();
  ASSERT_EQ(lost.size(), 2U);
  std::ranges::sort(lost, {}, [](const Record& row) { return row.type == EntityType::conflict; });
  restore();
  give_back({lost[1]});
  EXPECT_EQ(open().size(), 1U);
  give_back(lost);
  EXPECT_TRUE(open().empty());
  EXPECT_EQ(saved("q").content, query_text("c", "select 1"));
}

TEST_F(ReconciledConflict, ListsALostConflictAgain) {
  choose(query, Strategy::user_choice);
  edit(laptop_, 1, "q", "a", "select 1");
  const Rev base = saved("q").rev;
  back_up();
  rename_both(base);
  const auto lost = known();
  ASSERT_EQ(image().conflicts.size(), 1U);
  restore();
  EXPECT_TRUE(give_back(lost).changes.empty());
  const auto views = open();
  ASSERT_EQ(views.size(), 1U);
  EXPECT_EQ(views[0].conflict.item_id, "q");
  EXPECT_EQ(archived(), 1U);
}

// Its next version may have another side, which would be nowhere then.
TEST_F(ReconciledConflict, ArchivesTheSideThatAConflictHasFromItsLostVersion) {
  choose(query, Strategy::user_choice);
  edit(laptop_, 1, "q", "a", "select 1");
  const Rev base = saved("q").rev;
  rename_both(base);
  back_up();
  push_by(tablet_, upsert(2, query, "q", query_text("d", "select 1"), base, {"name"}));
  const auto lost = known();
  restore();
  ASSERT_EQ(archived(), 1U);
  give_back(lost);
  give_back(lost);
  ASSERT_EQ(archived(), 2U);
  EXPECT_EQ(image().archive.back().conflict.local.content, query_text("d", "select 1"));
}

// A change that loses again, by itself, has the same conflict, though it may have met another text.
TEST_F(ReconciledConflict, ArchivesTheSideThatAConflictHadBeforeItsChangeCameAgain) {
  choose(query, Strategy::last_write_wins);
  edit(laptop_, 1, "q", "a", "select 1");
  const Rev base = saved("q").rev;
  back_up();
  edit(laptop_, 2, "q", "b", "select 1");
  const auto late = upsert(1, query, "q", query_text("c", "select 1"), base, {"name"});
  push_by(tablet_, late);
  const auto lost = known();
  restore();
  edit(phone_, 1, "q", "d", "select 1");
  push_by(tablet_, late);
  ASSERT_EQ(archived(), 1U);
  give_back(lost);
  give_back(lost);
  ASSERT_EQ(archived(), 2U);
  EXPECT_EQ(image().archive.back().conflict.remote.content, query_text("b", "select 1"));
  EXPECT_EQ(saved("q").content, query_text("c", "select 1"));
}

}  // namespace
}  // namespace studiosync::testing
