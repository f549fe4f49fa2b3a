// Rules about what everybody shows at the end, and about conflicts and their copies.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "e2e/checkers/explain.hpp"
#include "tests/e2e_checkers/tiny_world.hpp"

namespace studiosync::e2e::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

// Two devices write one name at a time; lap's becomes a copy.
History conflict() {
  TinyWorld world;
  world.put("desk", "q1", "name", "\"v1\"");
  world.sync("desk");
  world.sync("lap");
  world.put("desk", "q1", "name", "\"v2\"");
  world.put("lap", "q1", "name", "\"v3\"");
  world.sync("desk");
  world.sync("lap");
  world.sync("desk");
  world.end();
  return std::move(world.history);
}

Committed& commit_of(History& history, std::string_view prefix) {
  for (std::size_t i = 0;; ++i) {
    auto& commit = last<Committed>(history, i);
    if (commit.row.id.starts_with(prefix)) return commit;
  }
}

FrozenEdit freeze_of(const History& history, ChangeId change) {
  const auto is_its = [&](const Event& event) {
    const auto* frozen = std::get_if<FrozenEdit>(&event.what);
    return frozen != nullptr && frozen->change == change;
  };
  return std::get<FrozenEdit>(std::ranges::find_if(history, is_its)->what);
}

TEST(Diverged, IsQuietWhereEverybodyAgrees) {
  EXPECT_THAT(broken(conflict()), IsEmpty());
}

TEST(Diverged, FindsAnotherContent) {
  History history = conflict();
  for (DeviceRecord& kept : last<DeviceState>(history).records) {
    if (kept.id == "q1") kept.content = R"({"name":"v0"})";
  }
  EXPECT_THAT(broken(history), ElementsAre("diverged"));
}

TEST(Diverged, AcceptsARedactedField) {
  History history = conflict();
  for (DeviceRecord& kept : last<DeviceState>(history).records) {
    if (kept.id != "q1") continue;
    kept.content = R"({"name":"v0"})";
    kept.redacted = {"name"};
  }
  EXPECT_THAT(broken(history), IsEmpty());
}

// The device keeps v0 in the end, where the server has another name; of a refused text with `name`
// it says that it shows the field.
std::size_t diverged_beside(const std::string& name, const std::string& shown) {
  History history = conflict();
  DeviceState& state = last<DeviceState>(history);
  for (DeviceRecord& kept : state.records) {
    if (kept.id == "q1") kept.content = R"({"name":"v0"})";
  }
  RejectedChange rejected;
  rejected.change.type = EntityType::saved_query;
  rejected.change.id = "q1";
  rejected.change.content = R"({"name":")" + name + "\"}";
  rejected.change.changed = {"name", "query"};
  rejected.shown = {shown};
  state.rejected = {rejected};
  return static_cast<std::size_t>(std::ranges::count(broken(history), "diverged"));
}

TEST(Diverged, AcceptsOfARefusedTextItsOwnFields) {
  EXPECT_EQ(diverged_beside("v0", "name"), 0U);
  EXPECT_EQ(diverged_beside("v0", "query"), 1U);
}

TEST(Diverged, FindsARefusedTextThatIsNotShownAsTheDeviceSays) {
  EXPECT_EQ(diverged_beside("v0", "name"), 0U);
  EXPECT_EQ(diverged_beside("v7", "name"), 1U);
}

TEST(Diverged, FindsARecordThatOnlyOneSideHas) {
  History less = conflict();
  last<DeviceState>(less).records.pop_back();
  EXPECT_THAT(broken(less), Contains("diverged"));
  History more = conflict();
  last<DeviceState>(more).records.push_back(
      {.type = EntityType::saved_query, .id = "q9", .content = R"({"name":"v9"})"});
  EXPECT_THAT(broken(more), Contains("diverged"));
}

TEST(Diverged, FindsACursorThatStandsBehindTheHead) {
  History history = conflict();
  last<DeviceState>(history).cursor.seq = Seq{1};
  EXPECT_THAT(broken(history), Contains("diverged"));
}

TEST(QueueStuck, FindsAConnectedDeviceWithWorkLeft) {
  History history = conflict();
  last<DeviceState>(history).queue.pending = 1;
  EXPECT_THAT(broken(history), ElementsAre("queue-stuck"));
  last<DeviceState>(history).link = "waiting";
  EXPECT_THAT(broken(history), IsEmpty());
}

TEST(QueueStuck, FindsADeviceThatDoesNotComeBack) {
  History history = conflict();
  last<DeviceState>(history).link = "waiting";
  EXPECT_THAT(broken(history), IsEmpty());
  for (Event& event : history) {
    const bool state = std::holds_alternative<DeviceState>(event.what);
    if (state) event.at = event.at + Millis{3'600'000};
  }
  EXPECT_THAT(broken(history), ElementsAre("queue-stuck"));
}

TEST(QueueStuck, FindsAConnectedDeviceThatIsNotInSync) {
  History history = conflict();
  last<DeviceState>(history).synced = false;
  EXPECT_THAT(broken(history), ElementsAre("queue-stuck"));
  last<DeviceState>(history).cursor.seq = Seq{1};
  EXPECT_THAT(broken(history), ElementsAre("queue-stuck"));
}

TEST(ManyCopies, FindsASecondCopyOfAChange) {
  History history = conflict();
  Committed copy = commit_of(history, "c-");
  copy.row.id = "c-other";
  copy.row.seq = Seq{90};
  insert(history, history.size() - 3, "server", copy);
  EXPECT_THAT(broken(history), Contains("many-copies"));
}

// Under another change of the same record, as a device sends that has lost the first one's answer.
TEST(ManyCopies, FindsASecondCopyOfATextAtTheEnd) {
  History history = conflict();
  Committed copy = commit_of(history, "c-");
  FrozenEdit again = freeze_of(history, copy.change);
  ++again.change.bytes[15];
  copy.change = again.change;
  copy.row.id = "c-other";
  copy.row.seq = Seq{90};
  insert(history, history.size() - 3, "lap", again);
  insert(history, history.size() - 3, "server", copy);
  last<ServerState>(history).rows.push_back(copy.row);
  EXPECT_THAT(broken(history), Contains("many-copies"));
}

// desk makes q1 without anything, which phone has made with a folder; and takes the folder away,
// while lap writes another one.
TEST(ManyCopies, LetsOneRecordLoseEqualTextsOfTwoEdits) {
  TinyWorld world;
  world.put("phone", "q1", "folder", "\"v1\"");
  world.put("desk", "q1", "folder", "");
  world.push("phone");
  world.push("desk");
  world.sync("lap");
  world.put("lap", "q1", "folder", "\"v2\"");
  world.push("lap");
  world.put("desk", "q1", "folder", "");
  for (const char* lane : {"desk", "lap", "phone"}) world.sync(lane);
  world.end();
  EXPECT_THAT(broken(world.history), IsEmpty());
}

TEST(ManyCopies, LetsTwoRecordsLoseEqualTexts) {
  TinyWorld world;
  for (const std::string id : {"q1", "q2"}) {
    world.put("desk", id, "folder", "\"of the desk: " + id + "\"");
    world.put("phone", id, "folder", "\"of the phone\"");
  }
  for (const char* lane : {"desk", "phone", "desk", "phone"}) world.sync(lane);
  world.end();
  EXPECT_THAT(broken(world.history), IsEmpty());
}

TEST(CopyOfCopy, FindsANestedName) {
  History history = conflict();
  commit_of(history, "c-").row.content =
      R"json({"name":"v3 (conflicted copy - lap) (conflicted copy - desk)"})json";
  EXPECT_THAT(broken(history), Contains("copy-of-copy"));
}

TEST(PhantomConflict, FindsEqualSides) {
  History history = conflict();
  std::string& content = commit_of(history, "x-").row.content;
  content.replace(content.find("v3"), 2, "v2");
  EXPECT_THAT(broken(history), Contains("phantom-conflict"));
}

TEST(EchoConflict, FindsAConflictOfADeviceWithItself) {
  History history = conflict();
  EXPECT_THAT(broken(history), Not(Contains("echo-conflict")));
  const ReplicaId lap = freeze_of(history, commit_of(history, "x-").change).replica;
  for (Event& event : history) {
    if (std::holds_alternative<Edited>(event.what)) event.lane = "lap";
    if (auto* frozen = std::get_if<FrozenEdit>(&event.what)) {
      event.lane = "lap";
      frozen->replica = lap;
    }
  }
  EXPECT_THAT(broken(history), Contains("echo-conflict"));
}

TEST(Unjudged, NamesWhatAHistoryDoesNotHold) {
  EXPECT_THAT(unjudged(conflict()), IsEmpty());
  History history = conflict();
  std::erase_if(history,
                [](const Event& event) { return !std::holds_alternative<Edited>(event.what); });
  for (std::size_t i = 0; i < history.size(); ++i) history[i].number = i;
  EXPECT_THAT(broken(history), IsEmpty());
  // Rows, what was sent, cursors, the server's state, two devices'.
  EXPECT_EQ(unjudged(history).size(), 6U);
}

TEST(Check, SaysNothingOfNothing) {
  EXPECT_THAT(check({}), IsEmpty());
  EXPECT_FALSE(rules().empty());
}

TEST(Check, NamesEventLaneAndRecord) {
  History history = conflict();
  last<DeviceState>(history).records.pop_back();
  const Violation violation = check(history).back();
  EXPECT_EQ(violation.rule, "diverged");
  EXPECT_EQ(violation.lane, "lap");
  EXPECT_EQ(violation.event, history.size() - 2);
  EXPECT_EQ(violation.user, TinyWorld::user);
}

TEST(Explain, TellsTheStoryOfTheRecordAroundTheEvent) {
  History history = conflict();
  const Violation violation{.rule = "lost-edit",
                            .event = 6,
                            .lane = "desk",
                            .user = TinyWorld::user,
                            .type = EntityType::saved_query,
                            .id = "q1"};
  const std::vector<std::string> story = explain(history, violation, 4);
  ASSERT_EQ(story.size(), 4U);
  EXPECT_EQ(std::ranges::count_if(story, [](const auto& line) { return line[0] == '>'; }), 1);
  EXPECT_THAT(explain(history, violation, 40),
              Contains(::testing::HasSubstr(R"(desk edited name: "v1" -> "v2";)")));
}

TEST(Explain, ShowsTheEventAloneWhereThereIsNoRecord) {
  History history = conflict();
  EXPECT_EQ(explain(history, {.rule = "queue-stuck", .event = 3}).size(), 1U);
}

}  // namespace
}  // namespace studiosync::e2e::testing
