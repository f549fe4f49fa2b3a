// Rules about the server's log, the replicas' streams and the devices' cursors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e_checkers/tiny_world.hpp"

namespace studiosync::e2e::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

// desk makes three records and changes one; lap follows.
TinyWorld busy() {
  TinyWorld world;
  world.put("desk", "q1", "query", "\"v1\"");
  world.put("desk", "q2", "query", "\"v2\"");
  world.sync("desk");
  world.sync("lap");
  world.put("desk", "q3", "query", "\"v3\"");
  world.put("desk", "q1", "query", "\"v4\"");
  world.sync("desk");
  world.sync("lap");
  return world;
}

History busy_history() {
  TinyWorld world = busy();
  world.end();
  return std::move(world.history);
}

TEST(Log, IsQuietAboutARightOne) {
  EXPECT_THAT(broken(busy_history()), IsEmpty());
}

TEST(AppliedTwice, FindsTheSameChangeAgain) {
  History history = busy_history();
  Committed again = last<Committed>(history);
  again.row.rev.version = again.row.rev.version.next();
  again.row.seq = again.row.seq.next();
  insert(history, place_of_last<Committed>(history) + 1, "server", again);
  EXPECT_THAT(broken(history), Contains("applied-twice"));
}

TEST(AppliedTwice, IsQuietWhereARestoreTookTheFirstEffectAway) {
  History history = busy_history();
  Committed again = last<Committed>(history);
  const std::size_t at = place_of_last<Committed>(history);
  insert(history, at, "server", Turned{.what = Turned::What::backed_up});
  insert(history, at + 2, "server", Turned{.what = Turned::What::restored});
  insert(history, at + 3, "server", again);
  EXPECT_THAT(broken(history), Not(Contains("applied-twice")));
}

// lap's delete loses to desk's edit, which is written once more as it was.
TEST(AppliedTwice, IsQuietWhereARecordHeldItsGroundBehindAConflict) {
  TinyWorld world;
  world.put("desk", "q1", "query", "\"v1\"");
  world.sync("desk");
  world.sync("lap");
  world.put("desk", "q1", "query", "\"v2\"");
  world.sync("desk");
  world.remove("lap", "q1");
  world.sync("lap");
  world.end();
  History history = std::move(world.history);
  const std::size_t conflict = place_of_last<Committed>(history);
  ASSERT_EQ(last<Committed>(history).row.type, EntityType::conflict);
  Committed again = last<Committed>(history, 1);
  again.row.rev.version = again.row.rev.version.next();
  again.row.seq = last<Committed>(history).row.seq.next();
  History without = history;
  drop(without, conflict);
  insert(without, conflict, "server", again);
  EXPECT_THAT(broken(without), Contains("applied-twice"));
  insert(history, conflict + 1, "server", again);
  history[conflict + 1].at = history[conflict].at;
  EXPECT_THAT(broken(history), Not(Contains("applied-twice")));
}

TEST(AnswerChanged, FindsASecondOtherAnswer) {
  History history = busy_history();
  Acknowledged again = last<Acknowledged>(history);
  const std::size_t at = place_of_last<Acknowledged>(history) + 1;
  again.first_status = again.status;
  again.status = Status::duplicate;
  insert(history, at, "desk", again);
  EXPECT_THAT(broken(history), IsEmpty());
  again.first_status = Status::conflict;
  insert(history, at, "desk", again);
  EXPECT_THAT(broken(history), Contains("answer-changed"));
}

TEST(StreamOrder, FindsAGapInAReplicasNumbers) {
  History history = busy_history();
  last<FrozenEdit>(history).seq = DeviceSeq{9};
  EXPECT_THAT(broken(history), Contains("stream-order"));
}

TEST(BaseAhead, FindsABaseThatItsRecordNeverHad) {
  TinyWorld world = busy();
  world.put("desk", "q1", "query", "\"v5\"");
  world.sync("desk");
  world.end();
  EXPECT_THAT(broken(world.history), Not(Contains("base-ahead")));
  ++last<FrozenEdit>(world.history).base.version.value;
  EXPECT_THAT(broken(world.history), Not(Contains("base-ahead")));  // its own answer names that one
  ++last<FrozenEdit>(world.history).base.version.value;
  EXPECT_THAT(broken(world.history), Contains("base-ahead"));
}

TEST(VersionBack, FindsAVersionThatDoesNotRise) {
  TinyWorld world = busy();
  world.put("desk", "q1", "query", "\"v5\"");
  world.sync("desk");
  world.end();
  last<Committed>(world.history).row.rev.version = Version{1};
  EXPECT_THAT(broken(world.history), Contains("version-back"));
}

TEST(RevReused, FindsTwoContentsUnderOneName) {
  History history = busy_history();
  last<DeviceState>(history).records.front().shadow->content = R"({"query":"v0"})";
  EXPECT_THAT(broken(history), Contains("rev-reused"));
}

TEST(RevReused, FindsTwoAgesOfAField) {
  History history = busy_history();
  Record& row = last<ServerState>(history).rows.front();
  row.field_versions.push_back({"query", Version{1}, row.origin});
  EXPECT_THAT(broken(history), Contains("rev-reused"));
}

// The device that heard of a version by an answer works the ages out, and a clone takes them over.
TEST(RevReused, LetsACloneHaveTheAgesThatItsOriginalWorkedOut) {
  History history = busy_history();
  DeviceState clone = last<DeviceState>(history, 0);
  const auto kept = std::ranges::find(clone.records, "q1", &DeviceRecord::id);
  ASSERT_NE(kept, clone.records.end());
  kept->shadow->field_versions.push_back({"query", Version{1}, kept->shadow->origin});
  const auto author = std::ranges::find_if(history, [&](const Event& event) {
    const auto* answer = std::get_if<Acknowledged>(&event.what);
    return answer != nullptr && answer->rev == kept->shadow->rev;
  });
  ASSERT_NE(author, history.end());
  const std::string original = author->lane;
  const std::size_t end = history.size();
  insert(history, end, "twin", clone);
  EXPECT_THAT(broken(history), Contains("rev-reused"));
  insert(history, end, "twin", Turned{.what = Turned::What::cloned, .detail = original});
  EXPECT_THAT(broken(history), Not(Contains("rev-reused")));
}

TEST(TwoOfAKey, FindsTwoRecordsOfOnePreference) {
  History history = busy_history();
  ServerState& server = last<ServerState>(history);
  Record theme{.type = EntityType::preference, .id = "p-1"};
  theme.content = R"({"key":"theme","value":"dark"})";
  server.rows.push_back(theme);
  EXPECT_THAT(broken(history), Not(Contains("two-of-a-key")));
  theme.id = "p-2";
  last<ServerState>(history).rows.push_back(theme);
  EXPECT_THAT(broken(history), Contains("two-of-a-key"));
}

TEST(RevReused, IsQuietWhereARestoredServerNamesItsEpoch) {
  TinyWorld world = busy();
  world.server_backup();
  world.put("desk", "q1", "query", "\"v5\"");
  world.sync("desk");
  world.server_restore();
  world.put("lap", "q1", "query", "\"v6\"");
  world.sync("lap");
  world.end();
  EXPECT_THAT(broken(world.history), Not(Contains("rev-reused")));
}

TEST(SeqBack, FindsAPlaceThatWasGivenBefore) {
  History history = busy_history();
  last<Committed>(history).row.seq = Seq{1};
  EXPECT_THAT(broken(history), Contains("seq-back"));
}

TEST(Durable, FindsAnAnswerBeforeTheCommit) {
  History history = busy_history();
  const std::size_t commit = place_of_last<Committed>(history);
  std::swap(history[commit].what, history[commit + 1].what);
  std::swap(history[commit].lane, history[commit + 1].lane);
  EXPECT_THAT(broken(history), Contains("durable"));
}

TEST(Durable, FindsARowThatWasNeverWritten) {
  History history = busy_history();
  last<Moved>(history).rows.front().rev.version = Version{7};
  EXPECT_THAT(broken(history), Contains("durable"));
}

TEST(Durable, FindsACommitThatIsGoneAtTheEnd) {
  History history = busy_history();
  last<ServerState>(history).rows.pop_back();
  EXPECT_THAT(broken(history), Contains("durable"));
}

// desk deletes q3, and the server has no tombstone of it at the end.
History without_tombstone(Seq collected, bool before_the_delete = false) {
  const auto collect = [&](TinyWorld& world) {
    if (!collected) return;
    world.note("server",
               Turned{.what = Turned::What::collected, .user = TinyWorld::user, .seq = collected});
  };
  TinyWorld world = busy();
  if (before_the_delete) collect(world);
  world.remove("desk", "q3");
  world.sync("desk");
  world.sync("lap");
  if (!before_the_delete) collect(world);
  world.end();
  ServerState& server = last<ServerState>(world.history);
  server.numbers.floor = collected;
  std::erase_if(server.rows, [](const Record& row) { return row.deleted; });
  return std::move(world.history);
}

TEST(Durable, FindsATombstoneThatNobodyCollected) {
  EXPECT_THAT(broken(without_tombstone({})), ElementsAre("durable"));
  EXPECT_THAT(broken(without_tombstone(Seq{4})), ElementsAre("durable"));
  EXPECT_THAT(broken(without_tombstone(Seq{4}, true)), ElementsAre("durable"));
  EXPECT_THAT(broken(without_tombstone(Seq{5}, true)), ElementsAre("durable"));
}

TEST(Durable, IsQuietWhereATombstoneWasCollected) {
  EXPECT_THAT(broken(without_tombstone(Seq{5})), IsEmpty());
}

TEST(CursorBack, FindsACursorThatFalls) {
  History history = busy_history();
  Moved& move = last<Moved>(history);
  std::swap(move.from, move.to);
  EXPECT_THAT(broken(history), Contains("cursor-back"));
  move.resync = true;
  EXPECT_THAT(broken(history), Contains("cursor-back"));
}

TEST(CursorBack, IsQuietAfterACollection) {
  History history = busy_history();
  Moved again = last<Moved>(history);
  again.from = again.to;
  again.to.seq = Seq{2};
  again.resync = true;
  const std::size_t at = place_of_last<Moved>(history) + 1;
  insert(history, at, "server",
         Turned{.what = Turned::What::collected, .user = TinyWorld::user, .seq = Seq{3}});
  insert(history, at + 1, "lap", again);
  EXPECT_THAT(broken(history), Not(Contains("cursor-back")));
}

TEST(CursorSkipped, FindsARowThatThePageLeftOut) {
  History history = busy_history();
  last<Moved>(history).rows.pop_back();
  EXPECT_THAT(broken(history), Contains("cursor-skipped"));
}

TEST(CursorSkipped, FindsAMoveThatBeginsTooFarOn) {
  History history = busy_history();
  last<Moved>(history).from.seq = Seq{3};
  EXPECT_THAT(broken(history), Contains("cursor-skipped"));
}

TEST(UnaskedChange, FindsAChangeWithoutAnEdit) {
  TinyWorld world = busy();
  world.put("desk", "q2", "query", "\"v5\"");
  world.sync("desk");
  world.sync("lap");
  world.end();
  EXPECT_THAT(broken(world.history), IsEmpty());
  drop(world.history, place_of_last<Edited>(world.history));
  EXPECT_THAT(broken(world.history), Contains("unasked-change"));
}

}  // namespace
}  // namespace studiosync::e2e::testing
