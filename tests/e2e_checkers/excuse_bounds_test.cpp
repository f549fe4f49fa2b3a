// How far excuses reach: each true one, and beside it what is like it and excuses nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tests/e2e_checkers/rewritten.hpp"

namespace studiosync::e2e::testing {
namespace {

using ::testing::Contains;
using ::testing::Not;
using What = Turned::What;

// desk has made q1, and lap has it.
TinyWorld both_have_it() {
  TinyWorld world;
  world.put("desk", "q1", "query", "\"v1\"");
  world.sync("desk");
  world.sync("lap");
  return world;
}

// lap begins anew behind where it was, after something that happened to the server.
History begins_anew_after(const Turned& what) {
  TinyWorld world = both_have_it();
  world.put("desk", "q2", "query", "\"v2\"");
  world.sync("desk");
  world.sync("lap");
  world.note("server", what);
  Moved again = last<Moved>(world.history);
  again.from = again.to;
  again.to.seq = Seq{1};
  again.resync = true;
  world.note("lap", again);
  return std::move(world.history);
}

TEST(CursorBack, ExcusesWhatTheServerForgotOfThisUserOnly) {
  for (const What what : {What::collected, What::reset}) {
    for (const std::string user : {TinyWorld::user, ""}) {
      EXPECT_THAT(broken(begins_anew_after({.what = what, .user = user})),
                  Not(Contains("cursor-back")));
    }
    EXPECT_THAT(broken(begins_anew_after({.what = what, .user = "bob"})), Contains("cursor-back"));
  }
  EXPECT_THAT(broken(begins_anew_after({.what = What::restored})), Not(Contains("cursor-back")));
}

// lap brings back what desk deleted, upon the version before that; the server is restored, too.
History back_and_restored(bool restored_first) {
  TinyWorld world = both_have_it();
  world.remove("desk", "q1");
  world.sync("desk");
  world.sync("lap");
  const Turned restored{.what = What::restored};
  if (restored_first) world.note("server", restored);
  world.put("lap", "q1", "query", "\"v2\"");
  world.sync("lap");
  if (!restored_first) world.note("server", restored);
  last<FrozenEdit>(world.history).base.version = Version{1};
  world.end();
  return std::move(world.history);
}

TEST(BlindOverwrite, ExcusesAReturnByARestoreOnlyThatCameBeforeIt) {
  EXPECT_THAT(broken(back_and_restored(true)), Not(Contains("blind-overwrite")));
  EXPECT_THAT(broken(back_and_restored(false)), Contains("blind-overwrite"));
}

// desk deletes the session s1, and sends the delete of a message that somebody wrote so.
History sent_with_its_session(const std::string& message) {
  TinyWorld world;
  if (!message.empty()) {
    world.note(
        "lap",
        Edited{
            .user = TinyWorld::user, .type = EntityType::ai_message, .id = "m1", .after = message});
  }
  world.note("desk", Edited{.user = TinyWorld::user,
                            .type = EntityType::ai_session,
                            .id = "s1",
                            .action = Action::remove,
                            .before = R"({"title":"v1"})"});
  world.note("desk", FrozenEdit{ReplicaId{{1}}, DeviceSeq{1}, ChangeId{{2}}, EntityType::ai_message,
                                "m1", Action::remove, Rev{Epoch{1}, Version{1}}});
  return std::move(world.history);
}

TEST(UnaskedChange, ExcusesTheMessagesOfADeletedSessionOnly) {
  const auto unasked = Contains("unasked-change");
  EXPECT_THAT(broken(sent_with_its_session(R"({"content":"v2","session_id":"s1"})")), Not(unasked));
  EXPECT_THAT(broken(sent_with_its_session(R"({"content":"v2"})")), Not(unasked));
  EXPECT_THAT(broken(sent_with_its_session("")), Not(unasked));
  EXPECT_THAT(broken(sent_with_its_session(R"({"content":"v2","session_id":"s2"})")), unasked);
}

// twin is a clone of desk, and sends a change of q1.
struct Twins {
  Twins() {
    world.put("desk", "q1", "query", "\"v1\"");
    world.sync("desk");
  }
  void clone() {
    world.note("twin", Turned{.what = What::cloned, .user = TinyWorld::user, .detail = "desk"});
  }
  void edit(const std::string& lane) {
    world.note(lane, Edited{.user = TinyWorld::user,
                            .type = EntityType::saved_query,
                            .id = "q1",
                            .before = R"({"query":"v1"})",
                            .after = R"({"query":"v2"})"});
  }
  std::vector<std::string> broken_when_twin_sends() {
    FrozenEdit sent = last<FrozenEdit>(world.history);
    sent.change.bytes.fill(9);
    sent.seq = sent.seq.next();
    world.note("twin", sent);
    return broken(world.history);
  }

  TinyWorld world;
};

TEST(UnaskedChange, FindsWhatACloneSendsWithoutAnEdit) {
  Twins twins;
  twins.clone();
  EXPECT_THAT(twins.broken_when_twin_sends(), Contains("unasked-change"));
}

TEST(UnaskedChange, TakesNoEditThatTheOriginalMadeAfterTheCloningForTheClones) {
  Twins twins;
  twins.clone();
  twins.edit("desk");
  EXPECT_THAT(twins.broken_when_twin_sends(), Contains("unasked-change"));
}

TEST(UnaskedChange, KnowsWhatTheUserDidOnACloneAndOnItsOriginalBefore) {
  Twins own;
  own.clone();
  own.edit("twin");
  EXPECT_THAT(own.broken_when_twin_sends(), Not(Contains("unasked-change")));
  Twins taken_over;
  taken_over.edit("desk");
  taken_over.clone();
  EXPECT_THAT(taken_over.broken_when_twin_sends(), Not(Contains("unasked-change")));
}

TEST(UnaskedChange, ExpectsNothingOfACloneWhoseOriginalBeganBeforeTheHistory) {
  Twins twins;
  last<FrozenEdit>(twins.world.history).seq = DeviceSeq{5};
  twins.clone();
  EXPECT_THAT(twins.broken_when_twin_sends(), Not(Contains("unasked-change")));
}

// Everybody has it so in the end.
History ends_with(TinyWorld world, const std::string& content) {
  world.end();
  rewrite_end(world.history, "q1", content);
  return std::move(world.history);
}

// Both know that it was gone when lap makes it anew.
TEST(StaleWins, FindsAnOldValueInARecordThatWasDeletedAndMadeAnewSince) {
  TinyWorld world = both_have_it();
  world.remove("desk", "q1");
  world.sync("desk");
  world.sync("lap");
  world.put("lap", "q1", "query", "\"v2\"");
  world.sync("lap");
  world.sync("desk");
  world.put("desk", "q1", "query", "\"v3\"");
  world.sync("desk");
  world.sync("lap");
  EXPECT_THAT(broken(ends_with(world, R"({"query":"v3"})")), Not(Contains("stale-wins")));
  EXPECT_THAT(broken(ends_with(world, R"({"query":"v2"})")), Contains("stale-wins"));
}

TEST(StaleWins, FindsAnOldValueAlthoughADeleteWasTriedThatLost) {
  TinyWorld world = both_have_it();
  world.put("desk", "q1", "query", "\"v2\"");
  world.sync("desk");
  world.remove("lap", "q1");
  world.sync("lap");
  world.sync("desk");
  ASSERT_EQ(last<Acknowledged>(world.history).status, Status::conflict);
  EXPECT_THAT(broken(ends_with(world, R"({"query":"v2"})")), Not(Contains("stale-wins")));
  EXPECT_THAT(broken(ends_with(world, R"({"query":"v1"})")), Contains("stale-wins"));
}

// desk replaces v1 and deletes the record then; lap names it, still with v1.
struct NamedByLap {
  NamedByLap() : world(both_have_it()) {}
  void desk_deletes() {
    world.put("desk", "q1", "query", "\"v2\"");
    world.sync("desk");
    world.remove("desk", "q1");
    world.sync("desk");
  }
  void lap_hears() {
    const Record row = last<Committed>(world.history).row;
    Moved moved{.user = TinyWorld::user};
    moved.rows.push_back({row.type, row.id, row.rev, row.seq});
    world.note("lap", std::move(moved));
  }
  void lap_names() { world.put("lap", "q1", "name", "\"n1\""); }
  std::vector<std::string> broken_at_the_end() {
    world.sync("lap");
    world.sync("desk");
    world.end();
    return broken(world.history);
  }

  TinyWorld world;
};

TEST(StaleWins, ExcusesWhoeverBringsARecordBackUnaware) {
  NamedByLap before;
  before.lap_names();
  before.desk_deletes();
  EXPECT_THAT(before.broken_at_the_end(), Not(Contains("stale-wins")));
  NamedByLap after;
  after.desk_deletes();
  after.lap_names();
  EXPECT_THAT(after.broken_at_the_end(), Not(Contains("stale-wins")));
}

TEST(StaleWins, ExcusesADeviceThatHadHeardOfADeleteOnlyWhereACrashMayHaveTakenThat) {
  for (const bool crashes : {false, true}) {
    NamedByLap it;
    it.desk_deletes();
    it.lap_hears();
    if (crashes) it.world.note("lap", Turned{.what = What::crashed, .user = TinyWorld::user});
    it.lap_names();
    EXPECT_EQ(std::ranges::count(it.broken_at_the_end(), "stale-wins"), crashes ? 0 : 1);
  }
}

// q1 is a favourite no more in the end, and nobody said so. desk and lap disagree about a record,
// and lap's becomes a copy, a favourite like all of them.
struct FavoriteOfACopy {
  explicit FavoriteOfACopy(const std::string& id) : disputed(id) {
    for (const std::string each : {"q1", "q2"}) {
      world.put("desk", each, "favorite", "true");
      world.put("desk", each, "query", "\"v1\"");
    }
    world.sync("desk");
    world.sync("lap");
    world.put("desk", id, "query", "\"v2\"");
    world.put("lap", id, "query", "\"v3\"");
    world.sync("desk");
    world.sync("lap");
    world.sync("desk");
  }
  std::string copy() const {
    for (const Event& event : world.history) {
      const auto* committed = std::get_if<Committed>(&event.what);
      if (committed != nullptr && committed->row.id.starts_with("c-")) return committed->row.id;
    }
    return {};
  }
  // Nobody tells what the copy was made of, as of one that a person's decision made.
  void forget_origin() {
    for (Event& event : world.history) {
      if (auto* answer = std::get_if<Acknowledged>(&event.what)) answer->copy_id.clear();
      auto* committed = std::get_if<Committed>(&event.what);
      if (committed != nullptr && committed->row.id.starts_with("c-")) committed->change = {};
    }
  }
  std::vector<std::string> broken_at_the_end() {
    const std::string query = disputed == "q1" ? "v2" : "v1";
    History history = ends_with(world, R"({"favorite":false,"query":")" + query + "\"}");
    erase_rows(history, "x-");
    return broken(history);
  }

  TinyWorld world;
  std::string disputed;
};

TEST(LostEdit, AcceptsAValueInACopyOfItsRecordOnly) {
  EXPECT_THAT(FavoriteOfACopy("q1").broken_at_the_end(), Not(Contains("lost-edit")));
  EXPECT_THAT(FavoriteOfACopy("q2").broken_at_the_end(), Contains("lost-edit"));
}

TEST(LostEdit, AcceptsThatItWasReplacedInACopyOfItsRecordOnly) {
  for (const std::string id : {"q1", "q2"}) {
    FavoriteOfACopy it(id);
    it.world.put("desk", it.copy(), "favorite", "false");
    it.world.sync("desk");
    it.world.sync("lap");
    EXPECT_EQ(std::ranges::count(it.broken_at_the_end(), "lost-edit"), id == "q1" ? 0 : 1) << id;
  }
}

TEST(LostEdit, LetsACopyOfWhichNobodySaysWhatItWasMadeOfBeAnyRecords) {
  FavoriteOfACopy it("q2");
  it.forget_origin();
  EXPECT_THAT(it.broken_at_the_end(), Not(Contains("lost-edit")));
}

TEST(LostEdit, TakesNoRecordForACopyThatItsUserOnlyNamedLikeOne) {
  TinyWorld world;
  for (const std::string id : {"q1", "c-1"}) world.put("desk", id, "favorite", "true");
  world.sync("desk");
  EXPECT_THAT(broken(ends_with(world, R"({"favorite":true})")), Not(Contains("lost-edit")));
  EXPECT_THAT(broken(ends_with(world, R"({"favorite":false})")), Contains("lost-edit"));
}

}  // namespace
}  // namespace studiosync::e2e::testing
