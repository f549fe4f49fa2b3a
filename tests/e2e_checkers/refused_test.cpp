// What rules make of refused changes that their user tries again or gives up.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "tests/e2e_checkers/rewritten.hpp"

namespace studiosync::e2e::testing {
namespace {

using ::testing::Contains;
using ::testing::Not;

constexpr const char* v0 = R"({"query":"v0"})";

// As the server had refused the last answered change.
ChangeId refuse(TinyWorld& world) {
  Acknowledged& answer = last<Acknowledged>(world.history);
  answer.status = Status::rejected;
  answer.error = ErrorCode::quota_exceeded;
  return answer.change;
}

Decided decision(ChangeId change, Decided::What what = Decided::What::discarded) {
  return {.user = TinyWorld::user,
          .type = EntityType::saved_query,
          .id = "q1",
          .change = change,
          .what = what};
}

// desk's edit upon v0 is refused.
struct RefusedEdit {
  RefusedEdit() {
    world.put("desk", "q1", "query", "\"v0\"");
    world.sync("desk");
    world.backup("desk");
    world.put("desk", "q1", "query", "\"v1\"");
    world.sync("desk");
    change = refuse(world);
    drop(world.history, place_of_last<Committed>(world.history));
  }
  // Everybody has that in the end.
  History end_with(const std::string& content) {
    world.sync("lap");
    world.end();
    rewrite_end(world.history, "q1", content);
    return std::move(world.history);
  }
  // desk sends something of the record.
  void send() {
    FrozenEdit again = last<FrozenEdit>(world.history);
    again.action = Action::upsert;
    again.change.bytes[0] = ++sent;
    again.seq = again.seq.next();
    world.note("desk", again);
  }
  std::size_t unasked() {
    world.end();
    return std::ranges::count(broken(world.history), "unasked-change");
  }

  TinyWorld world;
  ChangeId change;
  std::uint8_t sent = 0;
};

std::string filed(const std::string& query) {
  return R"({"folder":"f1","query":")" + query + "\"}";
}

History after_decision(const std::string& lane, const Decided& what) {
  RefusedEdit it;
  Decided decided = what;
  if (decided.change.nil()) decided.change = it.change;
  it.world.note(lane, decided);
  return it.end_with(v0);
}

TEST(LostByDevice, ExpectsNoTextThatItsUserGaveUp) {
  EXPECT_THAT(broken(after_decision("desk", decision({}))), Not(Contains("lost-by-device")));
}

TEST(LostByDevice, ExpectsATextThatOnlyLeftTheListOrOfWhichAnotherChangeWasGivenUp) {
  using enum Decided::What;
  for (const auto what : {retried, taken_off}) {
    EXPECT_THAT(broken(after_decision("desk", decision({}, what))), Contains("lost-by-device"));
  }
  EXPECT_THAT(broken(after_decision("desk", decision(ChangeId{{98}}))), Contains("lost-by-device"));
  EXPECT_THAT(broken(after_decision("lap", decision({}))), Contains("lost-by-device"));
}

TEST(LostByDevice, ExpectsATextWhoseDeviceWasSetBackToBeforeItWasGivenUp) {
  RefusedEdit it;
  it.world.backup("desk");
  it.world.note("desk", decision(it.change));
  it.world.note("desk", Turned{.what = Turned::What::restored, .user = TinyWorld::user});
  EXPECT_THAT(broken(it.end_with(v0)), Contains("lost-by-device"));
}

// A second refused change has the text, too: it stays on the list with it.
TEST(LostByDevice, ExpectsATextUntilTheLastChangeWithItIsGivenUp) {
  for (const bool both : {false, true}) {
    RefusedEdit it;
    it.world.put("desk", "q1", "folder", "\"f1\"");
    it.world.sync("desk");
    const ChangeId second = refuse(it.world);
    drop(it.world.history, place_of_last<Committed>(it.world.history));
    it.world.note("desk", decision(it.change));
    if (both) it.world.note("desk", decision(second));
    const auto found = broken(it.end_with(filed("v0")));
    EXPECT_EQ(std::ranges::count(found, "lost-by-device"), both ? 0 : 1);
  }
}

// desk and lap write the same folder, and desk knows it when it sends its own: the refused change
// has it, and does not name it. lap has taken it out again meanwhile.
TEST(LostByDevice, KnowsThatARefusedChangeDoesNotNameWhatTheServerHadAlready) {
  for (const bool known : {false, true}) {
    TinyWorld world;
    world.put("desk", "q1", "query", "\"v0\"");
    world.sync("desk");
    world.sync("lap");
    world.put("lap", "q1", "folder", "\"f1\"");
    world.sync("lap");
    world.put("lap", "q1", "folder", "");
    world.put("desk", "q1", "folder", "\"f1\"");
    if (known) world.pull("desk");
    world.push("desk");
    RejectedChange rejected;
    rejected.change.change = refuse(world);
    rejected.change.type = EntityType::saved_query;
    rejected.change.id = "q1";
    rejected.change.content = filed("v0");
    world.sync("lap");
    world.sync("desk");
    world.end();
    for (Event& event : world.history) {
      auto* state = std::get_if<DeviceState>(&event.what);
      if (state != nullptr && event.lane == "desk") state->rejected = {rejected};
    }
    EXPECT_EQ(std::ranges::count(broken(world.history), "lost-by-device"), known ? 0 : 1);
  }
}

// Its user deleted the record with the text, and then did not.
TEST(LostByDevice, ExpectsARefusedTextWhereADeleteOfItIsGivenUp) {
  for (const bool both : {false, true}) {
    RefusedEdit it;
    it.world.remove("desk", "q1");
    it.world.sync("desk");
    const ChangeId removal = refuse(it.world);
    drop(it.world.history, place_of_last<Committed>(it.world.history));
    if (both) it.world.note("desk", decision(it.change));
    it.world.note("desk", decision(removal));
    const auto found = broken(it.end_with(v0));
    EXPECT_EQ(std::ranges::count(found, "lost-by-device"), both ? 0 : 1);
  }
}

// The first of two texts is in the place of v0 when the second one is given up.
TEST(LostEdit, ExpectsWhatTheServerTookThoughAnotherTextUponItWasGivenUp) {
  for (const std::string stored : {"v0", "v9"}) {
    RefusedEdit it;
    it.world.note("desk", decision(it.change));
    const auto found = broken(it.end_with(R"({"query":")" + stored + "\"}"));
    EXPECT_EQ(std::ranges::count(found, "lost-edit"), stored == "v0" ? 0 : 1) << stored;
  }
}

// Of two fields that were refused, the server takes one when they are tried again with another
// edit.
struct PartlyTaken : RefusedEdit {
  explicit PartlyTaken(const std::string& taken) {
    world.put("desk", "q1", "folder", "\"f1\"");
    world.sync("desk");
    last<Committed>(world.history).row.content = filed(taken);
  }
};

TEST(LostEdit, ExpectsOfATextThatWasGivenUpWhatTheServerHadTaken) {
  for (const std::string taken : {"v1", "v8"}) {
    PartlyTaken it(taken);
    it.world.note("desk", decision(it.change));
    const auto found = broken(it.end_with(filed("v8")));
    EXPECT_EQ(std::ranges::count(found, "lost-edit"), taken == "v1" ? 1 : 0) << taken;
  }
}

// Its device is set back to before the edit, with its list.
TEST(LostEdit, ExpectsOfATextThatADeviceLostInARestoreWhatTheServerHadTaken) {
  for (const std::string taken : {"v1", "v8"}) {
    PartlyTaken it(taken);
    it.world.restore("desk");
    const auto found = broken(it.end_with(filed("v8")));
    EXPECT_EQ(std::ranges::count(found, "lost-edit"), taken == "v1" ? 1 : 0) << taken;
  }
}

// The server wrote it, lost it in a restore before the answer, and refuses it then.
TEST(LostByDevice, ExpectsNothingOfATextThatWasGivenUpAfterARestore) {
  TinyWorld world;
  world.put("desk", "q1", "query", "\"v0\"");
  world.sync("desk");
  world.server_backup();
  world.put("desk", "q1", "query", "\"v1\"");
  world.sync("desk");
  const ChangeId change = refuse(world);
  const std::size_t answer = place_of_last<Acknowledged>(world.history);
  insert(world.history, answer, "server", Turned{.what = Turned::What::restored});
  for (const bool given_up : {false, true}) {
    TinyWorld it = world;
    if (given_up) it.note("desk", decision(change));
    it.end();
    rewrite_end(it.history, "q1", v0);
    const auto found = broken(it.history);
    EXPECT_EQ(std::ranges::count(found, "lost-by-device"), given_up ? 0 : 1);
  }
}

// Others wrote over the refused text, and its user deletes the record: the text is on the list
// only.
struct OnTheList : RefusedEdit {
  OnTheList() {
    world.remove("desk", "q1");
    world.sync("desk");
  }
};

TEST(UnaskedChange, KnowsThatARefusedTextIsTriedAgain) {
  OnTheList it;
  it.world.note("desk", decision(it.change, Decided::What::retried));
  it.send();
  EXPECT_EQ(it.unasked(), 0U);
}

TEST(UnaskedChange, FindsWhatIsSentAgainThoughNothingWasLeftToQueueOrItWasGivenUp) {
  using enum Decided::What;
  for (const auto what : {taken_off, discarded}) {
    OnTheList it;
    it.world.note("desk", decision(it.change, what));
    it.send();
    EXPECT_EQ(it.unasked(), 1U);
  }
}

TEST(UnaskedChange, FindsWhatIsSentOnceMoreThanItWasTriedAgain) {
  OnTheList it;
  it.world.note("desk", decision(it.change, Decided::What::retried));
  it.send();
  it.send();
  EXPECT_EQ(it.unasked(), 1U);
}

TEST(UnaskedChange, FindsARefusedTextThatIsSentAgainThoughNobodyAskedOrItWasGivenUp) {
  using enum Decided::What;
  for (const auto& decided : std::vector<std::optional<Decided::What>>{{}, discarded, retried}) {
    RefusedEdit it;
    if (decided) it.world.note("desk", decision(it.change, *decided));
    it.send();
    EXPECT_EQ(it.unasked(), decided == retried ? 0U : 1U);
  }
}

}  // namespace
}  // namespace studiosync::e2e::testing
