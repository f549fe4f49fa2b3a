// What excuses a device that is not in sync at the end, and what does not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <utility>

#include "e2e/history/history_file.hpp"
#include "tests/e2e_checkers/tiny_world.hpp"

namespace studiosync::e2e::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using What = Turned::What;

constexpr Millis hour{3'600'000};

struct OfLane {
  const char* lane;
  What what;
  const char* detail = "";
};

// desk, lap and twin agree about a record; twin comes last in the history.
TinyWorld three_devices() {
  TinyWorld world;
  world.put("desk", "q1", "name", "\"v1\"");
  for (const char* lane : {"desk", "lap", "twin"}) world.sync(lane);
  return world;
}

// Where twin is after all that.
History ends(const std::string& link, std::initializer_list<OfLane> turns) {
  TinyWorld world = three_devices();
  for (const OfLane& turn : turns) {
    world.note(turn.lane,
               Turned{.what = turn.what, .user = TinyWorld::user, .detail = turn.detail});
  }
  world.end();
  DeviceState& twin = last<DeviceState>(world.history);
  twin.link = link;
  twin.synced = false;
  return std::move(world.history);
}

TEST(QueueStuck, FindsADeviceThatHaltedForNoReason) {
  EXPECT_THAT(broken(ends("halted", {})), ElementsAre("queue-stuck"));
  EXPECT_THAT(broken(ends("halted", {{"twin", What::halted, "device_revoked"}})),
              ElementsAre("queue-stuck"));
  EXPECT_THAT(broken(ends("halted", {{"twin", What::set_aside, "asks"}})),
              ElementsAre("queue-stuck"));
  EXPECT_THAT(broken(ends("halted", {{"twin", What::went_offline}})), ElementsAre("queue-stuck"));
}

TEST(QueueStuck, LetsARevokedDeviceHalt) {
  EXPECT_THAT(broken(ends("halted", {{"twin", What::revoked}})), IsEmpty());
  EXPECT_THAT(broken(ends("halted", {{"twin", What::revoked}, {"twin", What::logged_in}})),
              IsEmpty());
  EXPECT_THAT(broken(ends("halted", {{"lap", What::revoked}})), ElementsAre("queue-stuck"));
}

TEST(QueueStuck, TakesACloneForItsOriginal) {
  const OfLane cloned{"twin", What::cloned, "lap"};
  EXPECT_THAT(broken(ends("halted", {cloned, {"lap", What::revoked}})), IsEmpty());
  EXPECT_THAT(broken(ends("halted", {{"lap", What::revoked}, cloned})), IsEmpty());
  EXPECT_THAT(broken(ends("halted", {cloned, {"desk", What::revoked}})),
              ElementsAre("queue-stuck"));
  EXPECT_THAT(broken(ends("halted", {cloned, {"lap", What::login_ended}})), IsEmpty());
}

TEST(QueueStuck, LetsADeviceHaltUntilItsUserHasLoggedInAgain) {
  const OfLane ended{"twin", What::login_ended};
  EXPECT_THAT(broken(ends("halted", {ended})), IsEmpty());
  EXPECT_THAT(broken(ends("halted", {ended, {"lap", What::logged_in}})), IsEmpty());
  EXPECT_THAT(broken(ends("halted", {ended, {"twin", What::logged_in}})),
              ElementsAre("queue-stuck"));
  EXPECT_THAT(broken(ends("halted", {{"lap", What::login_ended}})), ElementsAre("queue-stuck"));
}

TEST(QueueStuck, KnowsTheLoginThatACloneBeganWith) {
  const OfLane ended{"lap", What::login_ended};
  const OfLane cloned{"twin", What::cloned, "lap"};
  const OfLane again{"lap", What::logged_in};
  EXPECT_THAT(broken(ends("halted", {ended, cloned})), IsEmpty());
  EXPECT_THAT(broken(ends("halted", {ended, cloned, again})), IsEmpty());
  EXPECT_THAT(broken(ends("halted", {ended, again, cloned})), ElementsAre("queue-stuck"));
}

TEST(QueueStuck, FindsADeviceThatNobodyStopped) {
  const OfLane offline{"twin", What::went_offline};
  const OfLane crashed{"twin", What::crashed};
  EXPECT_THAT(broken(ends("stopped", {})), ElementsAre("queue-stuck"));
  EXPECT_THAT(broken(ends("stopped", {offline, {"twin", What::went_online}})),
              ElementsAre("queue-stuck"));
  EXPECT_THAT(broken(ends("stopped", {crashed, {"twin", What::started}})),
              ElementsAre("queue-stuck"));
  EXPECT_THAT(broken(ends("stopped", {{"lap", What::crashed}})), ElementsAre("queue-stuck"));
  EXPECT_THAT(broken(ends("stopped", {{"twin", What::login_ended}})), ElementsAre("queue-stuck"));
}

TEST(QueueStuck, LetsADeviceBeStopped) {
  EXPECT_THAT(broken(ends("stopped", {{"twin", What::went_offline}})), IsEmpty());
  EXPECT_THAT(broken(ends("stopped", {{"twin", What::crashed}})), IsEmpty());
  EXPECT_THAT(broken(ends("stopped", {{"twin", What::stopped}})), IsEmpty());
  EXPECT_THAT(broken(ends("stopped", {{"twin", What::revoked}})), IsEmpty());
  // It starts offline.
  EXPECT_THAT(broken(ends("stopped", {{"twin", What::went_offline}, {"twin", What::started}})),
              IsEmpty());
}

// An hour after the last turn but the last one itself.
History waits_since(What what) {
  History history = ends("waiting", {{"twin", what}});
  for (std::size_t i = place_of_last<Turned>(history); i < history.size(); ++i) {
    history[i].at = history[i].at + hour;
  }
  return history;
}

TEST(QueueStuck, TakesWhatADeviceDoesAboutItselfForNoDisturbance) {
  for (const What what : {What::halted, What::set_aside, What::logged_in}) {
    EXPECT_THAT(broken(waits_since(what)), ElementsAre("queue-stuck")) << to_string(what);
  }
  EXPECT_THAT(broken(waits_since(What::crashed)), IsEmpty());
}

// twin's text has not come to the server.
History kept_to_itself() {
  TinyWorld world = three_devices();
  world.put("twin", "q1", "name", "\"v2\"");
  world.end();
  return std::move(world.history);
}

TEST(QueueStuck, FindsAnEditThatIsNeverSentWhateverTheQueueSays) {
  History history = kept_to_itself();
  EXPECT_THAT(broken(history), IsEmpty());
  DeviceState& twin = last<DeviceState>(history);
  twin.link = "live";
  twin.synced = true;
  twin.queue = {};
  EXPECT_THAT(broken(history), ElementsAre("queue-stuck"));
  for (DeviceRecord& kept : twin.records) {
    if (!kept.edit) continue;
    kept.edit.reset();
    kept.in_flight = DeviceSeq{1};
  }
  EXPECT_THAT(broken(history), ElementsAre("queue-stuck"));
}

}  // namespace
}  // namespace studiosync::e2e::testing
