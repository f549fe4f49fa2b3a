// Open conflicts: how they come to be, and what a person's decision makes of them.
#include "core/sync/pull.hpp"
#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

// The laptop's text is stored as version 2; the tablet edited version 1.
class OpenConflict : public LogTest {
 protected:
  OpenConflict() {
    choose(saved_query, Strategy::user_choice);
    push(laptop_, {upsert(1, saved_query, "q", query_text("base", "SELECT 1"))});
    base_ = stored(saved_query, "q")->rev;
    push(laptop_, {edit(2, "remote", 2)});
    now_ = now_ + Millis{1000};
    const ChangeResult result = tablet_edits(1, "local", 11);
    EXPECT_EQ(result.status, Status::conflict);
    EXPECT_EQ(result.strategy, Strategy::user_choice);
    id_ = result.conflict_id;
  }

  PushChange edit(std::uint64_t seq, std::string_view name, std::uint8_t change) const {
    auto edit = upsert(seq, saved_query, "q", query_text(name, "SELECT 1"), base_, {"name"});
    edit.change = change_id(change);
    return edit;
  }
  ChangeResult tablet_edits(std::uint64_t seq, std::string_view name, std::uint8_t change) {
    return push_one(tablet_, edit(seq, name, change));
  }
  std::vector<ConflictView> conflicts(bool all) {
    std::vector<ConflictView> views;
    read([&](UserReader& log) { views = read_conflicts(log, all); });
    return views;
  }
  Resolve choosing(Choice side) const {
    return {.conflict_id = id_, .strategy = Strategy::user_choice, .chosen = side};
  }
  std::string name() {
    return *Fields::from_content(stored(saved_query, "q")->content).find("name");
  }

  Rev base_;
  Rev seen_;
  std::string id_;
};

TEST_F(OpenConflict, LeavesTheStoredRecordAndShowsBothSides) {
  EXPECT_EQ(name(), "\"remote\"");
  const auto views = conflicts(false);
  ASSERT_EQ(views.size(), 1U);
  EXPECT_EQ(views[0].conflict.id, id_);
  EXPECT_EQ(views[0].conflict.local.content, query_text("local", "SELECT 1"));
  EXPECT_EQ(views[0].conflict.remote.content, query_text("remote", "SELECT 1"));
  EXPECT_FALSE(views[0].resolved);
}

TEST_F(OpenConflict, IsARecordThatEveryDeviceIsSent) {
  EXPECT_TRUE(stored(conflict, id_));
}

TEST_F(OpenConflict, ALaterEditOfTheSameLoserChangesItsSideOnly) {
  const std::string remote = conflicts(false)[0].conflict.remote.content;
  push(laptop_, {upsert(3, saved_query, "q", query_text("remote 2", "SELECT 1"),
                        stored(saved_query, "q")->rev, {"name"})});
  EXPECT_EQ(tablet_edits(2, "local 2", 12).conflict_id, id_);
  const auto views = conflicts(true);
  ASSERT_EQ(views.size(), 1U);
  EXPECT_EQ(views[0].conflict.local.content, query_text("local 2", "SELECT 1"));
  EXPECT_EQ(views[0].conflict.remote.content, remote);
}

// Upon what won: the person still has to decide about what lost.
TEST_F(OpenConflict, AnotherEditOfTheSameLoserOpensAnother) {
  const auto edit_seen = [this](std::uint64_t seq, std::string_view name, std::uint8_t change) {
    auto edit = upsert(seq, saved_query, "q", query_text(name, "SELECT 1"), seen_, {"name"});
    edit.change = change_id(change);
    return push_one(tablet_, edit).conflict_id;
  };
  seen_ = stored(saved_query, "q")->rev;
  push(laptop_, {upsert(3, saved_query, "q", query_text("remote 2", "SELECT 1"), seen_, {"name"})});
  const std::string second = edit_seen(2, "other", 12);
  EXPECT_NE(second, id_);
  EXPECT_EQ(edit_seen(3, "other 2", 13), second);
  const auto views = conflicts(false);
  ASSERT_EQ(views.size(), 2U);
  EXPECT_EQ(views[0].conflict.local.content, query_text("local", "SELECT 1"));
  EXPECT_EQ(views[1].conflict.local.content, query_text("other 2", "SELECT 1"));
  EXPECT_EQ(views[1].conflict.remote.content, query_text("remote 2", "SELECT 1"));
}

TEST_F(OpenConflict, AnotherLoserOpensAnother) {
  Author phone{replica('P'), {"phone-1"}, "phone"};
  const ChangeResult result = push_one(phone, edit(1, "phone's", 21));
  EXPECT_NE(result.conflict_id, id_);
  EXPECT_EQ(conflicts(false).size(), 2U);
}

TEST_F(OpenConflict, ChoosingLocalWritesIt) {
  const ResolveOutcome outcome = resolve(laptop_, choosing(Choice::local));
  EXPECT_FALSE(outcome.error);
  EXPECT_EQ(name(), "\"local\"");
  EXPECT_EQ(outcome.conflict->choice, Choice::local);
  EXPECT_TRUE(conflicts(false).empty());
  EXPECT_EQ(conflicts(true).size(), 1U);
}

TEST_F(OpenConflict, WhatItsDeciderHasOnItsWayHasNotSeenTheDecision) {
  resolve(laptop_, choosing(Choice::local));
  EXPECT_EQ(push_one(laptop_, edit(3, "on its way", 9)).status, Status::conflict);
  EXPECT_EQ(name(), "\"local\"");
}

// A page may end between the two: who read the record alone could overwrite what lost elsewhere.
TEST_F(OpenConflict, ADecisionIsWrittenBeforeTheRecordThatItMakes) {
  const auto rows = resolve(laptop_, choosing(Choice::local)).applied.rows;
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].id, id_);
  EXPECT_EQ(rows[1].id, "q");
  EXPECT_LT(rows[0].seq, rows[1].seq);
}

TEST_F(OpenConflict, ChoosingRemoteLeavesIt) {
  const Rev before = stored(saved_query, "q")->rev;
  EXPECT_FALSE(resolve(laptop_, choosing(Choice::remote)).error);
  EXPECT_EQ(stored(saved_query, "q")->rev, before);
  EXPECT_TRUE(conflicts(false).empty());
}

TEST_F(OpenConflict, KeepingBothMakesACopyOfTheLosersText) {
  Resolve both{.conflict_id = id_, .strategy = Strategy::keep_both};
  const ResolveOutcome outcome = resolve(laptop_, both);
  EXPECT_EQ(name(), "\"remote\"");
  std::vector<std::string> names;
  for (const Record& record : outcome.applied.rows) {
    if (record.type == saved_query)
      names.push_back(*Fields::from_content(record.content).find("name"));
  }
  EXPECT_EQ(names, texts({"\"local (conflicted copy - tablet)\""}));
}

TEST_F(OpenConflict, AMergedTextIsAdmittedLikeAnyOther) {
  Resolve merged{.conflict_id = id_, .strategy = Strategy::user_choice};
  merged.merged_data = json(R"({"name":"both"})");
  EXPECT_EQ(resolve(laptop_, merged).error->path, "$.merged_data.query");
  EXPECT_EQ(conflicts(false).size(), 1U);
  merged.merged_data =
      json(R"({"name":"both","query":"SELECT 1","metadata":{"password":"canary"}})");
  EXPECT_FALSE(resolve(laptop_, merged).error);
  EXPECT_EQ(name(), "\"both\"");
  EXPECT_EQ(stored(saved_query, "q")->content.find("canary"), std::string::npos);
}

TEST_F(OpenConflict, LastWriteWinsTakesTheLaterSide) {
  EXPECT_FALSE(resolve(laptop_, {.conflict_id = id_, .strategy = Strategy::last_write_wins}).error);
  EXPECT_EQ(name(), "\"local\"");
}

TEST_F(OpenConflict, ResolvingTwiceGivesTheFirstResultAndArchivesTheLateChoice) {
  resolve(laptop_, choosing(Choice::local));
  const Rev after = stored(saved_query, "q")->rev;
  const std::size_t archived = image().archive.size();
  const ResolveOutcome late = resolve(tablet_, choosing(Choice::remote));
  EXPECT_FALSE(late.error);
  EXPECT_EQ(late.conflict->choice, Choice::local);
  EXPECT_TRUE(late.applied.rows.empty());
  EXPECT_EQ(stored(saved_query, "q")->rev, after);
  ASSERT_EQ(image().archive.size(), archived + 1);
  EXPECT_EQ(image().archive.back().choice, Choice::remote);
}

// Asking again and again must not fill the archive.
TEST_F(OpenConflict, ALateChoiceIsArchivedOnceForEachDeviceAndWithoutTheTexts) {
  resolve(laptop_, choosing(Choice::local));
  const std::size_t archived = image().archive.size();
  for (int i = 0; i < 3; ++i) {
    for (const Author& author : {laptop_, tablet_}) resolve(author, choosing(Choice::remote));
  }
  ASSERT_EQ(image().archive.size(), archived + 2);
  for (std::size_t i = archived; i < archived + 2; ++i) {
    EXPECT_EQ(image().archive[i].conflict.local.content, "{}");
    EXPECT_EQ(image().archive[i].conflict.remote.content, "{}");
  }
  resolve(tablet_, choosing(Choice::local));
  EXPECT_EQ(image().archive.size(), archived + 3) << "another choice";
}

TEST_F(OpenConflict, WhatItShowsAlreadyIsNotWrittenAgain) {
  push(laptop_, {upsert(3, saved_query, "q", query_text("moved", "SELECT 1"),
                        stored(saved_query, "q")->rev, {"name"})});
  Resolve stale = choosing(Choice::local);
  stale.remote_version = base_.version;
  EXPECT_EQ(resolve(tablet_, stale).applied.rows.size(), 1U);
  const ResolveOutcome again = resolve(tablet_, stale);
  EXPECT_EQ(again.error->code, ErrorCode::version_conflict);
  EXPECT_EQ(again.conflict->conflict.remote.content, query_text("moved", "SELECT 1"));
  EXPECT_TRUE(again.applied.rows.empty());
}

TEST_F(OpenConflict, BeyondTheQuotaItCanBeDecidedForWhatIsNoLarger) {
  quota_ = 1;
  EXPECT_EQ(resolve(laptop_, {.conflict_id = id_, .strategy = Strategy::keep_both}).error->code,
            ErrorCode::quota_exceeded);
  Resolve merged{.conflict_id = id_, .strategy = Strategy::user_choice};
  merged.merged_data = json(R"({"name":"a longer name than both","query":"SELECT 1"})");
  EXPECT_EQ(resolve(laptop_, merged).error->code, ErrorCode::quota_exceeded);
  EXPECT_EQ(conflicts(false).size(), 1U) << "it waits for a decision that fits";
  EXPECT_EQ(name(), "\"remote\"");
  EXPECT_FALSE(resolve(laptop_, choosing(Choice::local)).error);
  EXPECT_EQ(name(), "\"local\"");
}

TEST_F(OpenConflict, BeyondTheQuotaItIsNotShownAfreshWithMore) {
  push(laptop_, {upsert(3, saved_query, "q", query_text("moved, and by far", "SELECT 1"),
                        stored(saved_query, "q")->rev, {"name"})});
  quota_ = 1;
  EXPECT_EQ(resolve(tablet_, choosing(Choice::local)).error->code, ErrorCode::quota_exceeded);
  quota_ = 1U << 30;
  EXPECT_EQ(resolve(tablet_, choosing(Choice::local)).error->code, ErrorCode::version_conflict);
}

TEST_F(OpenConflict, BeyondTheQuotaItsLoserMayGoOnWithATextOfTheSameSize) {
  quota_ = 1;
  EXPECT_EQ(tablet_edits(2, "LOCAL", 12).conflict_id, id_);
  EXPECT_EQ(tablet_edits(3, "a longer text", 13).error->code, ErrorCode::quota_exceeded);
  EXPECT_EQ(conflicts(false)[0].conflict.local.content, query_text("LOCAL", "SELECT 1"));
}

TEST_F(OpenConflict, ARecordThatMovedMeanwhileIsShownAfreshBeforeItIsDecided) {
  push(laptop_, {upsert(3, saved_query, "q", query_text("moved", "SELECT 1"),
                        stored(saved_query, "q")->rev, {"name"})});
  const ResolveOutcome outcome = resolve(tablet_, choosing(Choice::local));
  ASSERT_TRUE(outcome.error);
  EXPECT_EQ(outcome.error->code, ErrorCode::version_conflict);
  EXPECT_EQ(outcome.conflict->conflict.remote.content, query_text("moved", "SELECT 1"));
  EXPECT_EQ(name(), "\"moved\"");
  EXPECT_FALSE(resolve(tablet_, choosing(Choice::local)).error);
  EXPECT_EQ(name(), "\"local\"");
}

TEST_F(OpenConflict, TheVersionThatThePersonSawDecides) {
  Resolve stale = choosing(Choice::local);
  stale.remote_version = base_.version;
  EXPECT_EQ(resolve(tablet_, stale).error->code, ErrorCode::version_conflict);
}

// A device that read beyond a restore names a number that is another text here.
TEST_F(OpenConflict, AVersionThatTheConflictDoesNotShowIsShownBeforeItIsDecided) {
  push(laptop_, {upsert(3, saved_query, "q", query_text("moved", "SELECT 1"),
                        stored(saved_query, "q")->rev, {"name"})});
  Resolve choice = choosing(Choice::local);
  choice.remote_version = stored(saved_query, "q")->rev.version;
  const ResolveOutcome outcome = resolve(tablet_, choice);
  ASSERT_TRUE(outcome.error);
  EXPECT_EQ(outcome.error->code, ErrorCode::version_conflict);
  EXPECT_EQ(outcome.conflict->conflict.remote.content, query_text("moved", "SELECT 1"));
  EXPECT_EQ(name(), "\"moved\"");
  EXPECT_FALSE(resolve(tablet_, choice).error);
  EXPECT_EQ(conflicts(true)[0].conflict.remote.content, query_text("moved", "SELECT 1"));
}

TEST_F(OpenConflict, AnUnknownConflictIsNotFound) {
  Resolve unknown = choosing(Choice::local);
  unknown.conflict_id = "x-unknown";
  EXPECT_EQ(resolve(laptop_, unknown).error->code, ErrorCode::not_found);
}

TEST_F(OpenConflict, ADecisionNeedsASide) {
  Resolve nothing{.conflict_id = id_, .strategy = Strategy::user_choice};
  EXPECT_EQ(resolve(laptop_, nothing).error->path, "$.chosen_version");
  nothing.strategy = Strategy::merge;
  EXPECT_EQ(resolve(laptop_, nothing).error->path, "$.strategy");
  EXPECT_EQ(conflicts(false).size(), 1U);
}

TEST_F(OpenConflict, LeavesARowInTheArchiveWithBothTexts) {
  ASSERT_FALSE(image().archive.empty());
  const ArchiveRow& kept = image().archive.back();
  EXPECT_EQ(kept.conflict.local.content, query_text("local", "SELECT 1"));
  EXPECT_EQ(kept.conflict.remote.content, query_text("remote", "SELECT 1"));
}

class PreferenceConflict : public LogTest {};

TEST_F(PreferenceConflict, CannotBeResolvedByACopyAndStaysOpen) {
  choose(preference, Strategy::user_choice);
  push(laptop_, {upsert(1, preference, "p", R"({"key":"p","value":1})")});
  auto other = upsert(1, preference, "p", R"({"key":"p","value":2})");
  other.change = change_id(50);
  const ChangeResult result = push_one(tablet_, other);
  ASSERT_EQ(result.status, Status::conflict);
  for (const auto chosen : {std::optional<Choice>{}, std::optional(Choice::keep_both)}) {
    Resolve both{
        .conflict_id = result.conflict_id, .strategy = Strategy::keep_both, .chosen = chosen};
    if (chosen) both.strategy = Strategy::user_choice;
    EXPECT_EQ(resolve(laptop_, both).error->code, ErrorCode::validation_error);
  }
  bool open = false;
  read([&](UserReader& log) { open = !log.conflict_ids(false).empty(); });
  EXPECT_TRUE(open);
}

}  // namespace
}  // namespace studiosync::testing
