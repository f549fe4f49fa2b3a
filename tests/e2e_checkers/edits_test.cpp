// Rules about what users wrote: each is right in a right history, and seen to break in a wrong one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/e2e_checkers/rewritten.hpp"

namespace studiosync::e2e::testing {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

// desk writes v1 and v2, lap replaces v2 by v3, and both see it.
TinyWorld two_devices() {
  TinyWorld world;
  world.put("desk", "q1", "name", "\"v1\"");
  world.put("desk", "q1", "query", "\"v2\"");
  world.sync("desk");
  world.sync("lap");
  world.put("lap", "q1", "query", "\"v3\"");
  world.sync("lap");
  world.sync("desk");
  return world;
}

// Both write the query without having seen the other's; lap comes second and ends as a copy.
TinyWorld conflict() {
  TinyWorld world = two_devices();
  world.put("desk", "q1", "query", "\"v4\"");
  world.put("lap", "q1", "query", "\"v5\"");
  world.sync("desk");
  world.sync("lap");
  world.sync("desk");
  return world;
}

TEST(LostEdit, IsQuietWhereAnEditIsCurrent) {
  TinyWorld world = two_devices();
  world.end();
  EXPECT_THAT(broken(world.history), IsEmpty());
}

TEST(LostEdit, FindsAnAcceptedValueThatIsNowhere) {
  TinyWorld world = two_devices();
  world.end();
  rewrite_end(world.history, "q1", R"({"name":"v1","query":"v0"})");
  EXPECT_THAT(broken(world.history), Contains("lost-edit"));
}

TEST(LostEdit, IsQuietWhereTheLoserLivesOnInACopyOrWithTheConflict) {
  TinyWorld world = conflict();
  world.end();
  EXPECT_THAT(broken(world.history), IsEmpty());
  erase_rows(world.history, "x-");
  EXPECT_THAT(broken(world.history), Not(Contains("lost-edit")));
}

TEST(LostEdit, FindsALoserThatWasNotKept) {
  TinyWorld world = conflict();
  world.end();
  erase_rows(world.history, "x-");
  erase_rows(world.history, "c-");
  EXPECT_THAT(broken(world.history), Contains("lost-edit"));
}

TEST(LostEdit, AcceptsWhatIsInTheArchive) {
  TinyWorld world = conflict();
  world.end();
  erase_rows(world.history, "x-");
  erase_rows(world.history, "c-");
  ArchiveRow row;
  row.conflict.type = EntityType::saved_query;
  row.conflict.item_id = "q1";
  row.conflict.local.content = R"({"name":"v1","query":"v5"})";
  last<ServerState>(world.history).archive.push_back(row);
  EXPECT_THAT(broken(world.history), Not(Contains("lost-edit")));
}

TEST(LostEdit, AcceptsWhatTheUserDeletedAfterHavingSeenIt) {
  TinyWorld world = two_devices();
  world.remove("desk", "q1");
  world.sync("desk");
  world.sync("lap");
  world.end();
  EXPECT_THAT(broken(world.history), IsEmpty());
}

TEST(LostEdit, ExpectsOfARestoredServerWhatSomeDeviceStillKnew) {
  TinyWorld world;
  world.put("desk", "q1", "name", "\"v1\"");
  world.sync("desk");
  world.server_backup();
  world.put("desk", "q1", "name", "\"v2\"");
  world.sync("desk");
  world.server_restore();
  world.end();
  EXPECT_THAT(broken(world.history), Contains("lost-edit"));
}

TEST(LostEdit, ForgivesARestoreWhereNoDeviceKnewAnyMore) {
  TinyWorld world;
  world.put("desk", "q1", "name", "\"v1\"");
  world.sync("desk");
  world.backup("desk");
  world.server_backup();
  world.put("desk", "q1", "name", "\"v2\"");
  world.sync("desk");
  world.restore("desk");
  world.server_restore();
  world.end();
  EXPECT_THAT(broken(world.history), Not(Contains("lost-edit")));
}

// A restore that takes the account's reset back is a reset to the devices: they begin anew.
TEST(LostEdit, ExpectsOfADeviceThatBeganAnewThatItSetAsideWhatItKnew) {
  TinyWorld world;
  world.server_backup();
  world.put("desk", "q1", "name", "\"v1\"");
  world.sync("desk");
  world.server_restore();
  world.end();
  DeviceState& desk = last<DeviceState>(world.history);
  DeviceRecord aside = desk.records.at(0);
  aside.content.clear();  // it had given way to something newer
  desk.records.clear();
  History& history = world.history;
  const std::size_t end = place_of_last<DeviceState>(history);
  insert(history, end, "desk", Turned{.what = Turned::What::set_aside, .detail = "reset"});
  EXPECT_THAT(broken(history), Contains("lost-edit"));
  last<DeviceState>(history).aside.push_back(aside);
  EXPECT_THAT(broken(history), Not(Contains("lost-edit")));
  last<Turned>(history).detail = "sweep";
  EXPECT_THAT(broken(history), Contains("lost-edit"));
}

TEST(LostByDevice, IsQuietWhileTheEditWaits) {
  TinyWorld world = two_devices();
  world.put("desk", "q1", "query", "\"v4\"");
  world.end();
  EXPECT_THAT(broken(world.history), IsEmpty());
}

TEST(LostByDevice, FindsAnUnansweredEditThatItsDeviceForgot) {
  TinyWorld world = two_devices();
  world.put("desk", "q1", "query", "\"v4\"");
  world.end();
  rewrite_end(world.history, "q1", R"({"name":"v1","query":"v3"})");
  EXPECT_THAT(broken(world.history), Contains("lost-by-device"));
}

TEST(LostByDevice, AcceptsTheRejectedListAndADatabaseSetAside) {
  TinyWorld world = two_devices();
  world.put("desk", "q1", "query", "\"v4\"");
  world.end();
  rewrite_end(world.history, "q1", R"({"name":"v1","query":"v3"})");
  History set_aside = world.history;
  last<DeviceState>(set_aside, 1)
      .aside.push_back(
          {.type = EntityType::saved_query, .id = "q1", .content = R"({"query":"v4"})"});
  EXPECT_THAT(broken(set_aside), Not(Contains("lost-by-device")));
  RejectedChange rejected;
  rejected.change.type = EntityType::saved_query;
  rejected.change.id = "q1";
  rejected.change.content = R"({"query":"v4"})";
  for (const std::string field : {"query", "name"}) {
    rejected.change.changed = {field};
    last<DeviceState>(world.history, 1).rejected = {rejected};
    const auto found = broken(world.history);
    EXPECT_EQ(std::ranges::count(found, "lost-by-device"), field == "query" ? 0 : 1);
  }
}

TEST(LostByDevice, ForgivesADeviceThatWasSetBack) {
  TinyWorld world = two_devices();
  world.backup("desk");
  world.put("desk", "q1", "query", "\"v4\"");
  world.restore("desk");
  world.sync("desk");
  world.end();
  EXPECT_THAT(broken(world.history), IsEmpty());
}

TEST(LostByDevice, FindsARefusedEditThatIsGoneWhateverBecameOfTheRecord) {
  TinyWorld world = two_devices();
  world.put("desk", "q1", "query", "\"v4\"");
  world.sync("desk");
  world.end();
  rewrite_end(world.history, "q1", R"({"name":"v1","query":"v3"})");
  for (Record& row : last<ServerState>(world.history).rows) {
    if (row.id != "q1") continue;
    row.deleted = true;
    row.reason = reason_private;
  }
  EXPECT_THAT(broken(world.history), Not(Contains("lost-by-device")));
  last<Acknowledged>(world.history).status = Status::rejected;
  EXPECT_THAT(broken(world.history), Contains("lost-by-device"));
}

TEST(LostLocal, FindsAPrivateRecordThatIsGone) {
  TinyWorld world = two_devices();
  world.put_private("desk", "own", "\"v9\"");
  world.sync("desk");
  world.end();
  EXPECT_THAT(broken(world.history), IsEmpty());
  std::erase_if(last<DeviceState>(world.history, 1).records,
                [](const DeviceRecord& kept) { return kept.id == "own"; });
  EXPECT_THAT(broken(world.history), Contains("lost-local"));
}

TEST(UndoneByRedaction, FindsAnOriginalThatTookTheServersForm) {
  TinyWorld world;
  world.put("desk", "q1", "query", "\"v1 hunter2\"");
  world.sync("desk");
  world.end();
  constexpr const char* redacted = R"({"query":"v1 [REDACTED]"})";
  last<Committed>(world.history).row.content = redacted;
  last<ServerState>(world.history).rows.front().content = redacted;
  DeviceRecord& kept = last<DeviceState>(world.history).records.front();
  kept.shadow->content = redacted;
  kept.redacted = {"query"};
  EXPECT_THAT(broken(world.history), IsEmpty());
  kept.content = redacted;
  kept.redacted.clear();
  EXPECT_THAT(broken(world.history), Contains("undone-by-redaction"));
}

TEST(LostEdit, FindsATextThatCountsAsRedactedThoughTheServerHasAnother) {
  for (const bool redaction : {true, false}) {
    TinyWorld world;
    world.put("desk", "q1", "query", "\"v1 hunter2\"");
    world.sync("desk");
    world.end();
    const std::string stored = redaction ? R"({"query":"v1 [REDACTED]"})" : R"({"query":"v0"})";
    last<Committed>(world.history).row.content = stored;
    last<ServerState>(world.history).rows.front().content = stored;
    DeviceRecord& kept = last<DeviceState>(world.history).records.front();
    kept.shadow->content = stored;
    kept.redacted = {"query"};
    const auto found = broken(world.history);
    EXPECT_EQ(std::ranges::count(found, "lost-edit"), redaction ? 0 : 1);
  }
}

TEST(BlindOverwrite, FindsAnEditorWhoNeverSawWhatHeReplaced) {
  TinyWorld world = two_devices();
  world.end();
  last<Edited>(world.history).before = R"({"name":"v1","query":"v0"})";
  EXPECT_THAT(broken(world.history), Contains("blind-overwrite"));
}

TEST(BlindOverwrite, IsQuietAboutConflicts) {
  TinyWorld world = conflict();
  world.end();
  EXPECT_THAT(broken(world.history), Not(Contains("blind-overwrite")));
}

TEST(BlindOverwrite, FindsADeleteThatTookAnUnseenEditAlong) {
  TinyWorld world = two_devices();
  world.remove("desk", "q1");
  world.sync("desk");
  world.sync("lap");
  world.end();
  EXPECT_THAT(broken(world.history), IsEmpty());
  last<Edited>(world.history).before = R"({"name":"v1","query":"v0"})";
  EXPECT_THAT(broken(world.history), Contains("blind-overwrite"));
}

TEST(BlindOverwrite, FindsAReturnFromADeleteThatWasNotSeen) {
  TinyWorld world = two_devices();
  world.remove("desk", "q1");
  world.sync("desk");
  world.sync("lap");
  world.put("lap", "q1", "query", "\"v7\"");
  world.sync("lap");
  world.sync("desk");
  world.end();
  EXPECT_THAT(broken(world.history), Not(Contains("blind-overwrite")));
  last<FrozenEdit>(world.history).base.version = Version{1};
  EXPECT_THAT(broken(world.history), Contains("blind-overwrite"));
}

TEST(StaleWins, FindsAReplacedValueThatIsCurrentAgain) {
  TinyWorld world = two_devices();
  world.end();
  rewrite_end(world.history, "q1", R"({"name":"v1","query":"v2"})");
  EXPECT_THAT(broken(world.history), Contains("stale-wins"));
}

TEST(StaleWins, IsQuietWhereAUserWroteItAgain) {
  TinyWorld world = two_devices();
  world.put("desk", "q1", "query", "\"v2\"");
  world.sync("desk");
  world.sync("lap");
  world.end();
  EXPECT_THAT(broken(world.history), IsEmpty());
}

void decide_by_clock(History& history) {
  for (Event& event : history) {
    auto* commit = std::get_if<Committed>(&event.what);
    if (commit == nullptr || commit->row.type != EntityType::conflict) continue;
    const std::size_t at = commit->row.content.find("keep_both");
    commit->row.content.replace(at, 9, "last_write_wins");
  }
}

// The conflict as a clock decided it: the stored side won, or the incoming one.
History decided_by_clock(Millis between, bool lap_is_later) {
  TinyWorld world = two_devices();
  const auto write = [&](const char* lane, const char* value) {
    world.put(lane, "q1", "query", value);
    world.wait(between);
  };
  if (!lap_is_later) write("lap", "\"v5\"");
  write("desk", "\"v4\"");
  if (lap_is_later) write("lap", "\"v5\"");
  world.sync("desk");
  world.sync("lap");
  world.sync("desk");
  world.end();
  decide_by_clock(world.history);
  return std::move(world.history);
}

constexpr Millis hour{3'600'000};

TEST(UnfairClock, FindsALaterEditThatLostToAMuchEarlierOne) {
  EXPECT_THAT(broken(decided_by_clock(hour, true)), Contains("unfair-clock"));
}

TEST(UnfairClock, IsQuietWhereTheLaterOneWonOrClocksMayDiffer) {
  EXPECT_THAT(broken(decided_by_clock(hour, false)), Not(Contains("unfair-clock")));
  EXPECT_THAT(broken(decided_by_clock(Millis{60'000}, true)), Not(Contains("unfair-clock")));
}

// The change won once, before a later edit came; a restore undid that.
TEST(UnfairClock, LooksAtWhatWasWrittenWithTheConflict) {
  TinyWorld world = two_devices();
  world.put("lap", "q1", "query", "\"v5\"");
  world.backup("lap");
  world.server_backup();
  world.push("lap");
  const ChangeId change = last<FrozenEdit>(world.history).change;
  world.server_restore();
  world.restore("lap");
  world.wait(hour);
  world.put("desk", "q1", "query", "\"v4\"");
  world.sync("desk");
  world.sync("lap");
  world.end();
  decide_by_clock(world.history);
  last<Committed>(world.history).change = change;
  EXPECT_THAT(broken(world.history), Not(Contains("unfair-clock")));
}

TEST(UnfairClock, IsQuietWhereAClockJumpedOnTheWay) {
  History history = decided_by_clock(hour, true);
  std::size_t sent = history.size();
  for (std::size_t i = 0; i < history.size(); ++i) {
    if (std::holds_alternative<FrozenEdit>(history[i].what)) sent = i;
  }
  insert(history, sent, "lap", Turned{.what = Turned::What::clock_changed});
  EXPECT_THAT(broken(history), Not(Contains("unfair-clock")));
}

}  // namespace
}  // namespace studiosync::e2e::testing
