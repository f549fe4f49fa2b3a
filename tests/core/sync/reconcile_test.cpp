// After a restore: what devices give back, and what becomes of it.
#include "core/sync/reconcile.hpp"

#include <algorithm>

#include "core/sync/pull.hpp"
#include "core/sync/reset.hpp"
#include "tests/core/sync/restore_fixture.hpp"

namespace studiosync::testing {
namespace {

constexpr auto query = EntityType::saved_query;

class ReconcileTest : public RestoreTest {
 protected:
  Seq head() const { return image().state.head; }
  std::size_t archived() const { return image().archive.size(); }
  std::vector<Record> copies() const {
    std::vector<Record> found;
    for (const auto& [seq, record] : image().log) {
      if (record.type == query && record.id.starts_with("c-")) found.push_back(record);
    }
    return found;
  }
  const Author phone_{replica('P'), {"phone-1"}, "phone"};
};

TEST_F(ReconcileTest, StoresALostVersionUnderItsOwnRev) {
  edit(laptop_, 1, "q", "a", "select 1");
  back_up();
  edit(laptop_, 2, "q", "b", "select 1");
  edit(laptop_, 3, "new", "n", "select 2");
  const auto lost = known();
  restore();
  const auto answer = give_back(lost);
  EXPECT_TRUE(answer.changes.empty());
  ASSERT_EQ(answer.applied.rows.size(), 2U);
  for (const Record& sent : lost) {
    const Record now = saved(sent.id);
    EXPECT_EQ(now.rev, sent.rev);
    EXPECT_EQ(now.content, sent.content);
    EXPECT_EQ(now.origin, sent.origin);
    EXPECT_EQ(now.field_versions, sent.field_versions);
    EXPECT_GT(now.seq, fork_);
  }
  EXPECT_EQ(image().epochs.back().epoch, store_->epoch(0));
}

TEST_F(ReconcileTest, KeepsTheNewestOfSeveralLostVersionsWhoeverComesFirst) {
  edit(laptop_, 1, "q", "a", "select 1");
  back_up();
  edit(laptop_, 2, "q", "b", "select 1");
  const auto older = known();
  edit(tablet_, 1, "q", "c", "select 1");
  const auto newer = known();
  for (const bool newer_first : {true, false}) {
    SCOPED_TRACE(newer_first);
    restore();
    const auto first = give_back(newer_first ? newer : older);
    const auto second = give_back(newer_first ? older : newer);
    EXPECT_TRUE(first.changes.empty());
    EXPECT_EQ(saved("q").rev, newer[0].rev);
    EXPECT_EQ(saved("q").content, newer[0].content);
    const std::vector<Record> news{saved("q")};
    EXPECT_EQ(second.changes, newer_first ? news : std::vector<Record>{});
    EXPECT_TRUE(copies().empty());
    EXPECT_EQ(archived(), 0U);
  }
}

TEST_F(ReconcileTest, ChangesNothingWhenItIsRepeated) {
  back_up();
  edit(laptop_, 1, "q", "a", "select 1");
  const auto lost = known();
  restore();
  give_back(lost);
  const Seq before = head();
  const auto again = give_back(lost);
  EXPECT_TRUE(again.changes.empty());
  EXPECT_TRUE(again.applied.rows.empty());
  EXPECT_EQ(again.applied.from, again.applied.to);
  EXPECT_EQ(head(), before);
}

TEST_F(ReconcileTest, TakesAVersionThatLaterEditsCameFromForNoConflict) {
  edit(laptop_, 1, "q", "a", "select 1");
  back_up();
  edit(laptop_, 2, "q", "b", "select 1");
  const auto older = known();
  edit(laptop_, 3, "q", "c", "select 1");
  const auto newest = known();
  restore();
  give_back(newest);
  edit(phone_, 1, "q", "d", "select 1");
  const Record edited = saved("q");
  for (const auto& late : {newest, older}) {
    const auto answer = give_back(late);
    ASSERT_EQ(answer.changes.size(), 1U);
    EXPECT_EQ(answer.changes[0], edited);
  }
  EXPECT_TRUE(copies().empty());
  EXPECT_EQ(archived(), 0U);
}

TEST_F(ReconcileTest, MergesWhatOnlyOneSideChangedSinceTheFork) {
  edit(laptop_, 1, "q", "a", "select 1");
  back_up();
  edit(laptop_, 2, "q", "lost name", "select 1", {"name"});
  edit(laptop_, 3, "q", "lost name", "select 1", {"name"});
  const auto lost = known();
  restore();
  edit(tablet_, 1, "q", "a", "select 2", {"query"});
  const Version here = saved("q").rev.version;
  const auto answer = give_back(lost);
  const Record now = saved("q");
  EXPECT_EQ(now.content, query_text("lost name", "select 2"));
  EXPECT_GT(now.rev.version, std::max(here, lost[0].rev.version));
  EXPECT_EQ(now.rev.epoch, store_->epoch(0));
  EXPECT_TRUE(copies().empty());
  ASSERT_EQ(answer.changes.size(), 1U);
  EXPECT_EQ(answer.changes[0], now);
}

TEST_F(ReconcileTest, LetsNoFieldWinByTheStampOfAnothersEditOfTheRecord) {
  choose(query, Strategy::last_write_wins);
  edit(laptop_, 1, "q", "a", "select 1");
  back_up();
  edit(laptop_, 2, "q", "older", "select 1", {"name"});
  const WallTime between = now_ + Millis{1000};
  now_ = now_ + Millis{2000};
  edit(phone_, 1, "q", "older", "select 2", {"query"});
  const auto lost = known();
  restore();
  now_ = between;
  edit(tablet_, 1, "q", "later", "select 1", {"name"});
  give_back(lost);
  EXPECT_EQ(saved("q").content, query_text("later", "select 2"));
}

TEST_F(ReconcileTest, KeepsBothWhereBothSidesChangedTheSame) {
  edit(laptop_, 1, "q", "a", "select 1");
  back_up();
  for (std::uint64_t seq = 2; seq < 6; ++seq) {
    edit(laptop_, seq, "q", "lost " + std::to_string(seq), "select 1");
  }
  const auto lost = known();
  restore();
  edit(tablet_, 1, "q", "ours", "select 1");
  give_back(lost);
  const Record now = saved("q");
  EXPECT_EQ(now.content, query_text("ours", "select 1"));
  EXPECT_GT(now.rev.version, lost[0].rev.version);
  ASSERT_EQ(copies().size(), 1U);
  EXPECT_NE(copies()[0].content.find("lost 5 (conflicted copy - laptop)"), std::string::npos);
  EXPECT_EQ(archived(), 1U);
  give_back(lost);
  give_back(lost);
  EXPECT_EQ(copies().size(), 1U);
  EXPECT_EQ(archived(), 1U);
  EXPECT_EQ(saved("q"), now);
}

// Version 2 of this history must not count as seen by who edits version 9 of the lost one.
// The server may be restored once more before the device has read them.
TEST_F(ReconcileTest, TellsOfTheConflictsBesideTheRecordThatWonThem) {
  choose(query, Strategy::last_write_wins);
  edit(laptop_, 1, "q", "a", "select 1");
  back_up();
  edit(laptop_, 2, "q", "lost", "select 1");
  const auto lost = known();
  restore();
  now_ = now_ + Millis{1000};
  edit(tablet_, 1, "q", "won", "select 1");
  const auto answer = give_back(lost);
  ASSERT_EQ(answer.changes.size(), 2U);
  EXPECT_EQ(answer.changes[0].type, EntityType::conflict);
  EXPECT_NE(answer.changes[0].content.find("lost"), std::string::npos);
  EXPECT_EQ(answer.changes[1], saved("q"));
}

TEST_F(ReconcileTest, LetsNoEditOnTheLostVersionPassOverWhatWasChangedHere) {
  edit(laptop_, 1, "q", "a", "select 1");
  back_up();
  for (std::uint64_t seq = 2; seq < 10; ++seq) {
    edit(laptop_, seq, "q", "lost " + std::to_string(seq), "select 1", {"name"});
  }
  const auto lost = known();
  restore();
  edit(tablet_, 1, "q", "a", "ours", {"query"});
  give_back(lost);
  const Author again{replica('M'), laptop_.device, "laptop"};
  const auto result =
      push_by(again, upsert(1, query, "q", query_text("a", "theirs"), lost[0].rev, {"query"}));
  EXPECT_EQ(result.status, Status::conflict);
  EXPECT_NE(saved("q").content.find("ours"), std::string::npos);
}

TEST_F(ReconcileTest, BringsBackALostDelete) {
  edit(laptop_, 1, "q", "a", "select 1");
  back_up();
  push_by(laptop_, removal(2, query, "q", saved("q").rev));
  const auto lost = known();
  restore();
  give_back(lost);
  EXPECT_TRUE(saved("q").deleted);
  EXPECT_EQ(saved("q").rev, lost[0].rev);
}

TEST_F(ReconcileTest, AnEditMadeSinceSurvivesALostDelete) {
  edit(laptop_, 1, "q", "a", "select 1");
  back_up();
  push_by(laptop_, removal(2, query, "q", saved("q").rev));
  const auto lost = known();
  restore();
  edit(tablet_, 1, "q", "b", "select 1");
  give_back(lost);
  EXPECT_EQ(saved("q").content, query_text("b", "select 1"));
  EXPECT_EQ(archived(), 1U);
}

TEST_F(ReconcileTest, ALostEditMeetsADeleteMadeSinceAsAConflict) {
  edit(laptop_, 1, "q", "a", "select 1");
  back_up();
  edit(laptop_, 2, "q", "lost", "select 1");
  const auto lost = known();
  restore();
  push_by(tablet_, removal(1, query, "q", saved("q").rev));
  give_back(lost);
  EXPECT_EQ(saved("q").content, query_text("lost", "select 1"));
  EXPECT_GT(saved("q").rev.version, lost[0].rev.version);
  EXPECT_EQ(archived(), 1U);
}

TEST_F(ReconcileTest, APrivateRecordStaysGoneWithItsConflicts) {
  constexpr auto history = EntityType::query_history;
  choose(history, Strategy::user_choice);
  const std::string content = R"({"query":"select 1","favorite":false})";
  push_by(laptop_, upsert(1, history, "h", content));
  const Rev first = stored(history, "h")->rev;
  back_up();
  push_by(laptop_,
          upsert(2, history, "h", R"({"query":"lost","favorite":false})", first, {"query"}));
  push_by(tablet_,
          upsert(1, history, "h", R"({"query":"mine","favorite":false})", first, {"query"}));
  const auto with_conflict = known();
  PushChange hide = removal(3, history, "h", stored(history, "h")->rev);
  hide.reason = reason_private;
  push_by(laptop_, hide);
  const auto hidden = known();
  restore();
  give_back(with_conflict);
  EXPECT_EQ(image().conflicts.size(), 1U);
  give_back(hidden);
  give_back(with_conflict);
  EXPECT_TRUE(stored(history, "h")->deleted);
  EXPECT_EQ(stored(history, "h")->reason, reason_private);
  EXPECT_TRUE(image().conflicts.empty());
  EXPECT_TRUE(image().archive.empty());
  for (const auto& [seq, record] : image().log) EXPECT_TRUE(record.content.empty()) << record.id;
}

// The second text has the larger number, and comes from a history that never had the first.
TEST_F(ReconcileTest, TakesBackBothOfTwoHistoriesThatWereLostOneAfterTheOther) {
  edit(laptop_, 1, "q", "a", "select 1");
  back_up();
  const auto lose = [&] {
    Epochs epochs;
    read([&](UserReader& log) { epochs = log.epochs(); });
    std::pair lost{epochs, known()};
    restore();
    return lost;
  };
  const auto lives = [&](std::string_view text) {
    return std::ranges::any_of(image().log, [&](const auto& row) {
      return row.second.type == query && row.second.content.find(text) != std::string::npos;
    });
  };
  edit(tablet_, 1, "q", "a", "select 2", {"query"});
  const auto first = lose();
  edit(laptop_, 2, "other", "b", "select 0");
  edit(laptop_, 3, "another", "c", "select 0");
  // The epoch of the next edits begins beyond the end of the first history.
  restart_on(store_->image());
  edit(laptop_, 4, "q", "a", "select 3", {"query"});
  edit(laptop_, 5, "q", "a", "select 4", {"query"});
  const auto second = lose();
  for (const bool in_order : {true, false}) {
    const auto give = [&](const std::pair<Epochs, std::vector<Record>>& lost) {
      giver_.epochs = lost.first;
      give_back(lost.second);
    };
    give(in_order ? first : second);
    give(in_order ? second : first);
    EXPECT_TRUE(lives("select 2"));
    EXPECT_TRUE(lives("select 4"));
    const Seq before = head();
    give(first);
    give(second);
    EXPECT_EQ(head(), before);
    restore();
  }
}

TEST_F(ReconcileTest, BuriesWhatMayHaveBeenDeletedAndCollectedSince) {
  edit(laptop_, 1, "gone", "a", "select 1");
  back_up();
  edit(laptop_, 2, "gone", "lost", "select 1");
  const auto lost = known();
  restore();
  push_by(tablet_, removal(1, query, "gone", saved("gone").rev));
  collect_the_tombstone();
  const auto answer = give_back(lost);
  EXPECT_TRUE(saved("gone").deleted);
  EXPECT_GT(saved("gone").rev.version, lost[0].rev.version);
  ASSERT_EQ(answer.changes.size(), 2U);
  EXPECT_NE(answer.changes[0].content.find("lost"), std::string::npos);
  EXPECT_TRUE(answer.changes[1].deleted);
}

// Nobody may have deleted it. Where it may have been withdrawn nothing is kept.
TEST_F(ReconcileTest, ArchivesTheTextOfWhatItBuries) {
  constexpr auto entry = EntityType::query_history;
  back_up();
  edit(laptop_, 1, "kept", "a", "select 1");
  edit(laptop_, 2, "kept", "b", "select 1");
  push_by(laptop_, upsert(3, entry, "h", R"({"query":"select 1"})"));
  push_by(laptop_, upsert(4, entry, "h", R"({"favorite":true,"query":"select 1"})",
                          stored(entry, "h")->rev, {"favorite"}));
  const auto lost = known();
  restore();
  edit(tablet_, 1, "gone", "c", "select 1");
  push_by(tablet_, removal(2, query, "gone", saved("gone").rev));
  write([&](UserTxn& log) { log.collect_tombstones(CommitTime{INT64_MAX}, 100); });
  give_back(lost);
  EXPECT_TRUE(saved("kept").deleted);
  EXPECT_TRUE(stored(entry, "h")->deleted);
  ASSERT_EQ(archived(), 1U);
  EXPECT_EQ(image().archive.back().conflict.local.content, query_text("b", "select 1"));
}

TEST_F(ReconcileTest, RedactsWhatItTakesBackAndSaysSo) {
  back_up();
  edit(laptop_, 1, "q", "a", "select 1");
  auto lost = known();
  restore();
  lost[0].content = query_text("a", "CREATE USER x PASSWORD 'hunter2secret'");
  const auto answer = give_back(lost);
  ASSERT_EQ(answer.changes.size(), 1U);
  EXPECT_EQ(answer.changes[0].content.find("hunter2secret"), std::string::npos);
  EXPECT_EQ(answer.changes[0].rev, lost[0].rev);
}

TEST_F(ReconcileTest, StoresNothingThatCannotBeARowOfItsOwn) {
  back_up();
  edit(laptop_, 1, "q", "a", "select 1");
  const Record good = known().at(0);
  restore();
  std::vector<Record> bad(5, good);
  bad[0].rev.version = {};
  bad[1].rev.epoch = {};
  bad[2].content = R"({"name":7})";
  bad[3].id = key_of_a_provider;
  bad[4].deleted = true;
  bad[4].reason = "because";
  const auto answer = give_back(bad);
  EXPECT_TRUE(answer.applied.rows.empty());
  EXPECT_TRUE(answer.changes.empty());
}

// Two restores took away two histories, in which the same version number stands for two texts.
TEST_F(ReconcileTest, TakesNoVersionOfAnotherLostHistoryForOneThatItsAuthorHadSeen) {
  edit(laptop_, 1, "q", "a", "select 1");
  back_up();
  edit(laptop_, 2, "q", "of the first", "select 1");
  const auto first = known();
  restore();
  edit(tablet_, 1, "q", "of the second", "select 1");
  const auto second = known();
  ASSERT_EQ(first[0].rev.version, second[0].rev.version);
  restore();
  give_back(second);
  give_back(first);
  EXPECT_EQ(saved("q").content, query_text("of the second", "select 1"));
  ASSERT_EQ(copies().size(), 1U);
  EXPECT_NE(copies()[0].content.find("of the first"), std::string::npos);
}

// Only what the history may have known can have been deleted in it.
TEST_F(ReconcileTest, TakesBackWhatWasMadeAfterTheForkAlthoughTombstonesWereCollectedSince) {
  edit(laptop_, 1, "gone", "a", "select 1");
  back_up();
  edit(laptop_, 2, "new", "n", "select 2");
  const auto lost = known();
  restore();
  push_by(tablet_, removal(1, query, "gone", saved("gone").rev));
  collect_the_tombstone();
  EXPECT_TRUE(give_back(lost).changes.empty());
  EXPECT_EQ(saved("new").rev, lost[0].rev);
}

// Between the welcome, which said where the fork is, and the first record that comes back.
TEST_F(ReconcileTest, TakesNothingBackThatAResetSinceTheWelcomeMeant) {
  edit(laptop_, 1, "q", "a", "select 1");
  back_up();
  edit(laptop_, 2, "q", "b", "select 1");
  const auto lost = known();
  restore();
  write([&](UserTxn& log) { apply_reset(log, now_); });
  const auto answer = give_back(lost);
  EXPECT_EQ(answer.applied.error.value_or(Error{}).code, ErrorCode::resync_required);
  EXPECT_EQ(answer.applied.from, answer.applied.to);
  EXPECT_TRUE(answer.changes.empty());
  EXPECT_TRUE(saved("q").deleted);
  giver_.welcomed = image().state.generation;
  EXPECT_FALSE(give_back({}).applied.error);
}

}  // namespace
}  // namespace studiosync::testing
