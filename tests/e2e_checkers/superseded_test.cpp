// Who may have replaced what somebody wrote, and what is left of it after a reset.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "tests/e2e_checkers/rewritten.hpp"

namespace studiosync::e2e::testing {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

// desk changes its mind twice, and lap once more.
History changed_their_minds() {
  TinyWorld world;
  for (const char* value : {"false", "true", "false"}) {
    world.put("desk", "q1", "favorite", value);
    world.sync("desk");
  }
  world.sync("lap");
  world.put("lap", "q1", "favorite", "true");
  world.sync("lap");
  world.sync("desk");
  world.end();
  return std::move(world.history);
}

TEST(LostEdit, TakesNobodyWhoEditedBeforeForOneWhoHadSeenIt) {
  History history = changed_their_minds();
  EXPECT_THAT(broken(history), IsEmpty());
  rewrite_end(history, "q1", R"({"favorite":false})");
  EXPECT_THAT(broken(history), Contains("lost-edit"));
}

// desk makes q1 a favourite and thinks better of it; lap makes it one, too, before it hears of
// that.
TEST(LostEdit, KnowsWhatOnlySaidOnceMoreWhatWasThere) {
  TinyWorld world;
  world.put("desk", "q1", "favorite", "false");
  world.sync("desk");
  world.sync("lap");
  world.put("desk", "q1", "favorite", "true");
  world.push("desk");
  world.put("desk", "q1", "favorite", "false");
  world.put("lap", "q1", "favorite", "true");
  world.push("lap");
  ASSERT_EQ(last<Acknowledged>(world.history).status, Status::unchanged);
  const std::size_t answer = place_of_last<Acknowledged>(world.history);
  world.sync("desk");
  world.sync("lap");
  world.end();
  EXPECT_THAT(broken(world.history), IsEmpty());
  History untold = world.history;
  std::erase_if(untold, [](const Event& event) {
    return std::holds_alternative<Committed>(event.what) ||
           std::holds_alternative<Moved>(event.what);
  });
  EXPECT_THAT(broken(untold), IsEmpty());
  // As if the server had made something of it.
  std::get<Acknowledged>(world.history[answer].what).status = Status::applied;
  EXPECT_THAT(broken(world.history), Contains("lost-edit"));
}

TEST(LostEdit, LetsADeleteTakeAlongThatAFieldWasEmpty) {
  TinyWorld world;
  world.put("desk", "q1", "name", "\"v1\"");
  world.put("desk", "q1", "folder", "\"v2\"");
  world.sync("desk");
  world.put("desk", "q1", "folder", "");
  world.sync("desk");
  world.sync("lap");
  world.remove("lap", "q1");
  world.sync("lap");
  world.sync("desk");
  world.end();
  EXPECT_THAT(broken(world.history), IsEmpty());
  // As if lap had seen the folder.
  last<Edited>(world.history).before = R"({"folder":"v2","name":"v1"})";
  EXPECT_THAT(broken(world.history), Contains("lost-edit"));
}

// lap makes a folder and takes it back; phone, which saw none, makes another one in between.
History took_it_back(bool sent_in_between) {
  TinyWorld world;
  world.put("lap", "q1", "folder", "\"v1\"");
  if (sent_in_between) world.push("lap");
  world.put("phone", "q1", "folder", "\"v2\"");
  world.put("lap", "q1", "folder", "");
  world.push("lap");
  world.push("phone");
  world.end();
  rewrite_end(world.history, "q1", R"({"folder":"v2"})");
  erase_rows(world.history, "x-");
  return std::move(world.history);
}

TEST(LostEdit, ExpectsNothingOfWhatWasTakenBackBeforeItWasSent) {
  EXPECT_THAT(broken(took_it_back(false)), Not(Contains("lost-edit")));
  EXPECT_THAT(broken(took_it_back(true)), Contains("lost-edit"));
}

// The account is reset while desk has sent q1 and not q2; desk sets its database aside.
History reset_with_unsent() {
  TinyWorld world;
  world.put("desk", "q1", "name", "\"v1\"");
  world.sync("desk");
  world.put("desk", "q2", "name", "\"v2\"");
  world.note("server", Turned{.what = Turned::What::reset, .user = TinyWorld::user});
  world.note("desk", Turned{.what = Turned::What::set_aside, .detail = "reset"});
  world.end();
  last<ServerState>(world.history).rows.clear();
  DeviceState& desk = last<DeviceState>(world.history);
  desk.link = "live";
  desk.synced = true;
  desk.queue = {};
  desk.aside = std::exchange(desk.records, {});
  return std::move(world.history);
}

TEST(LostByDevice, ExpectsWhatWasNotSentInTheDatabaseThatAResetSetAside) {
  History history = reset_with_unsent();
  EXPECT_THAT(broken(history), IsEmpty());
  std::erase_if(last<DeviceState>(history).aside,
                [](const DeviceRecord& kept) { return kept.id == "q1"; });
  EXPECT_THAT(broken(history), IsEmpty());
  last<DeviceState>(history).aside.clear();
  EXPECT_THAT(broken(history), ::testing::ElementsAre("lost-by-device"));
  // Without any answer nobody knows what was not sent.
  drop(history, place_of_last<Acknowledged>(history));
  EXPECT_THAT(broken(history), Not(Contains("lost-by-device")));
}

}  // namespace
}  // namespace studiosync::e2e::testing
