// Rules about what is to be gone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/e2e_checkers/tiny_world.hpp"

namespace studiosync::e2e::testing {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* content = R"({"query":"v1"})";

TinyWorld deleted() {
  TinyWorld world;
  world.put("desk", "q1", "query", "\"v1\"");
  world.sync("desk");
  world.sync("lap");
  world.remove("lap", "q1");
  world.sync("lap");
  world.sync("desk");
  return world;
}

// The tombstone is live again for everybody.
void revive(History& history) {
  const auto live = [](Record& row) {
    row.deleted = false;
    row.content = content;
    row.rev.version = row.rev.version.next();
  };
  live(last<ServerState>(history).rows.front());
  for (const std::size_t device : {0, 1}) {
    DeviceRecord& kept = last<DeviceState>(history, device).records.front();
    kept.content = content;
    live(*kept.shadow);
  }
}

TEST(Resurrected, IsQuietWhereADeleteStays) {
  TinyWorld world = deleted();
  world.end();
  EXPECT_THAT(broken(world.history), IsEmpty());
}

TEST(Resurrected, FindsARecordThatNobodyBroughtBack) {
  TinyWorld world = deleted();
  world.end();
  revive(world.history);
  EXPECT_THAT(broken(world.history), Contains("resurrected"));
}

TEST(Resurrected, IsQuietWhereSomebodyEditsItWithoutHavingSeenTheDelete) {
  TinyWorld world;
  world.put("desk", "q1", "query", "\"v1\"");
  world.sync("desk");
  world.sync("lap");
  world.put("desk", "q1", "query", "\"v2\"");
  world.remove("lap", "q1");
  world.sync("lap");
  world.sync("desk");
  world.sync("lap");
  world.end();
  EXPECT_THAT(broken(world.history), IsEmpty());
}

TEST(Resurrected, IsQuietWhereTheEditIsEqualToOneThatTheDeleterSaw) {
  TinyWorld world;
  world.put("desk", "q1", "name", "\"v1\"");
  for (const char* lane : {"desk", "lap", "phone"}) world.sync(lane);
  world.put("desk", "q1", "folder", "\"same\"");
  world.sync("desk");
  world.sync("lap");
  world.put("phone", "q1", "folder", "\"same\"");
  world.remove("lap", "q1");
  for (const char* lane : {"lap", "phone", "lap", "desk"}) world.sync(lane);
  world.end();
  EXPECT_THAT(broken(world.history), IsEmpty());
}

TEST(Resurrected, IsQuietWhereAUserMakesItAnew) {
  TinyWorld world = deleted();
  world.put("desk", "q1", "query", "\"v2\"");
  world.sync("desk");
  world.sync("lap");
  world.end();
  EXPECT_THAT(broken(world.history), IsEmpty());
}

// The server's backup is from before the delete.
TinyWorld deleted_since_the_backup() {
  TinyWorld world;
  world.put("desk", "q1", "query", "\"v1\"");
  world.sync("desk");
  world.sync("lap");
  world.server_backup();
  world.remove("lap", "q1");
  world.sync("lap");
  return world;
}

TEST(Resurrected, FindsADeleteThatARestoreUndidAlthoughADeviceKnows) {
  TinyWorld world = deleted_since_the_backup();
  world.server_restore();
  world.end();
  EXPECT_EQ(std::ranges::count(broken(world.history), "resurrected"), 1);
}

// One user's tombstones, or everybody's.
TEST(Resurrected, IsQuietWhereARestoreUndidWhatWasCollectedBefore) {
  for (const std::string user : {TinyWorld::user, ""}) {
    TinyWorld world = deleted_since_the_backup();
    const Seq tombstone = last<Committed>(world.history).row.seq;
    world.note("server", Turned{.what = Turned::What::collected, .user = user, .seq = tombstone});
    world.server_restore();
    world.end();
    EXPECT_THAT(broken(world.history), Not(Contains("resurrected")));
  }
}

TEST(Resurrected, FindsAnythingLiveAfterATombstoneForGood) {
  TinyWorld world = deleted();
  last<Committed>(world.history).row.reason = reason_expired;
  world.put("desk", "q1", "query", "\"v2\"");
  world.sync("desk");
  world.sync("lap");
  world.end();
  EXPECT_THAT(broken(world.history), Contains("resurrected"));
}

// desk turns a record private that lap has, too.
History withdrawn() {
  TinyWorld world;
  world.put("desk", "q1", "query", "\"v1\"");
  world.sync("desk");
  world.sync("lap");
  world.put_private("desk", "q1", "\"v2\"");
  world.end();
  History& history = world.history;
  const std::size_t states = history.size() - 3;
  const ReplicaId replica = last<DeviceState>(history, 1).replica;
  ChangeId change;
  change.bytes.fill(9);
  Record tombstone = last<Committed>(history).row;
  tombstone.deleted = true;
  tombstone.reason = reason_private;
  tombstone.content.clear();
  tombstone.rev.version = Version{2};
  tombstone.seq = Seq{2};
  insert(history, states, "desk",
         FrozenEdit{replica, DeviceSeq{2}, change, EntityType::saved_query, "q1", Action::remove,
                    Rev{Epoch{1}, Version{1}}});
  insert(history, states + 1, "server",
         Committed{.user = TinyWorld::user, .change = change, .row = tombstone});
  insert(history, states + 2, "desk",
         Acknowledged{.user = TinyWorld::user,
                      .replica = replica,
                      .seq = DeviceSeq{2},
                      .change = change,
                      .type = EntityType::saved_query,
                      .id = "q1",
                      .status = Status::applied,
                      .rev = tombstone.rev});
  last<ServerState>(history).rows.front() = tombstone;
  DeviceRecord& elsewhere = last<DeviceState>(history).records.front();
  elsewhere.content.clear();
  elsewhere.shadow = tombstone;
  return std::move(world.history);
}

TEST(PrivateSurvives, IsQuietWhereOnlyItsDeviceHasIt) {
  EXPECT_THAT(broken(withdrawn()), IsEmpty());
}

TEST(PrivateSurvives, FindsItOnTheServer) {
  History history = withdrawn();
  last<ServerState>(history).rows.front().deleted = false;
  last<ServerState>(history).rows.front().content = content;
  EXPECT_THAT(broken(history), Contains("private-survives"));
}

TEST(PrivateSurvives, ForgivesARestoreWhereTheDeviceWasSetBackAsWell) {
  for (const bool device_too : {true, false}) {
    History history = withdrawn();
    last<ServerState>(history).rows.front().deleted = false;
    last<ServerState>(history).rows.front().content = content;
    const auto turn = [&](std::size_t at, Turned::What what) {
      insert(history, at, "server", Turned{.what = what});
      if (device_too) insert(history, at, "desk", Turned{.what = what});
    };
    turn(place_of_last<FrozenEdit>(history), Turned::What::backed_up);
    turn(place_of_last<Acknowledged>(history) + 1, Turned::What::restored);
    const auto rules = broken(history);
    EXPECT_EQ(std::ranges::count(rules, "private-survives"), device_too ? 0 : 1);
  }
}

TEST(PrivateSurvives, FindsItOnAnotherDeviceButWhereTheServerNeverHadIt) {
  History history = withdrawn();
  last<DeviceState>(history).records.front().content = content;
  EXPECT_THAT(broken(history), Contains("private-survives"));
  std::erase_if(history, [](const Event& event) {
    return std::holds_alternative<Committed>(event.what);
  });
  last<ServerState>(history).rows.clear();
  EXPECT_THAT(broken(history), Not(Contains("private-survives")));
}

// The withdrawal comes once more from a device that was set back; afterwards its id is used again.
History withdrawn_twice(bool written_twice) {
  History history = withdrawn();
  last<ServerState>(history).rows.front().deleted = false;
  last<ServerState>(history).rows.front().content = content;
  FrozenEdit again = last<FrozenEdit>(history);
  const Committed first = last<Committed>(history);
  Acknowledged answer = last<Acknowledged>(history);
  again.change.bytes.fill(8);
  again.seq = DeviceSeq{3};
  answer.change = again.change;
  answer.seq = again.seq;
  answer.status = written_twice ? Status::applied : Status::unchanged;
  insert(history, place_of_last<FrozenEdit>(history), "desk",
         Turned{.what = Turned::What::backed_up});
  std::size_t end = history.size() - 3;
  insert(history, end++, "desk", Turned{.what = Turned::What::restored});
  insert(history, end++, "desk", again);
  insert(history, end++, "server",
         Turned{.what = Turned::What::collected, .user = TinyWorld::user, .seq = first.row.seq});
  if (written_twice) {
    Committed second = first;
    second.change = again.change;
    second.row.rev.version = answer.rev.version = Version{3};
    second.row.seq = Seq{3};
    insert(history, end++, "server", second);
  }
  insert(history, end, "desk", answer);
  return history;
}

TEST(PrivateSurvives, ForgivesAnIdThatIsUsedAgain) {
  EXPECT_THAT(broken(withdrawn_twice(false)), Not(Contains("private-survives")));
  EXPECT_THAT(broken(withdrawn_twice(true)), Contains("private-survives"));
}

// Another device has turned it private just before; its tombstone is the only one.
TEST(PrivateSurvives, ForgivesAnIdThatIsUsedAgainWhereAnothersTombstoneIsForgotten) {
  History history = withdrawn();
  last<ServerState>(history).rows.front().deleted = false;
  last<ServerState>(history).rows.front().content = content;
  Committed& tombstone = last<Committed>(history);
  tombstone.change.bytes.fill(7);
  const Seq place = tombstone.row.seq;
  last<Acknowledged>(history).status = Status::unchanged;
  EXPECT_THAT(broken(history), Contains("private-survives"));
  insert(history, history.size() - 3, "server",
         Turned{.what = Turned::What::collected, .user = TinyWorld::user, .seq = place});
  EXPECT_THAT(broken(history), Not(Contains("private-survives")));
}

TEST(PrivateSurvives, FindsItInTheArchive) {
  History history = withdrawn();
  ArchiveRow row;
  row.conflict.type = EntityType::saved_query;
  row.conflict.item_id = "q1";
  row.conflict.local.content = content;
  last<ServerState>(history).archive.push_back(row);
  EXPECT_THAT(broken(history), Contains("private-survives"));
}

TEST(PrivateSurvives, FindsItOnAnotherDevice) {
  History history = withdrawn();
  last<DeviceState>(history).records.front().content = content;
  EXPECT_THAT(broken(history), Contains("private-survives"));
}

TEST(PrivateSurvives, ForgivesARestoreThatMetNobodyWhoKnewOfTheWithdrawal) {
  History history = withdrawn();
  last<ServerState>(history).rows.front().deleted = false;
  last<ServerState>(history).rows.front().content = content;
  const std::size_t tombstone = history.size() - 5;
  insert(history, tombstone, "server", Turned{.what = Turned::What::backed_up});
  const std::size_t states = history.size() - 3;
  insert(history, states, "server", Turned{.what = Turned::What::restored});
  EXPECT_THAT(broken(history), Contains("private-survives"));
  insert(history, states + 1, "desk",
         Turned{.what = Turned::What::set_aside, .user = TinyWorld::user, .detail = "reset"});
  EXPECT_THAT(broken(history), Contains("private-survives"));
  DeviceRecord aside = last<DeviceState>(history).records.front();
  ASSERT_EQ(aside.shadow->rev.version, Version{2});
  last<DeviceState>(history, 1).aside.push_back(aside);
  EXPECT_THAT(broken(history), Not(Contains("private-survives")));
}

TEST(Leaked, FindsPlantedSecretsAndWhatMustStayAtHome) {
  TinyWorld world;
  world.put("desk", "q1", "query", "\"v1\"");
  world.sync("desk");
  world.end();
  History seen = world.history;
  insert(seen, 2, "network", Leaked{"canary-1", "a push"});
  EXPECT_THAT(broken(seen), Contains("leaked"));
  last<Committed>(world.history).row.type = EntityType::query_history;
  last<Committed>(world.history).row.content = R"({"privacy_mode":"private","query":"v1"})";
  EXPECT_THAT(broken(world.history), Contains("leaked"));
}

// One user of two devices, and another with one.
History two_users() {
  TinyWorld world;
  world.put("desk", "q1", "query", "\"v1\"");
  world.sync("desk");
  world.end();
  insert(world.history, 1, "bobs",
         Edited{.user = "bob",
                .type = EntityType::saved_query,
                .id = "q1",
                .after = R"({"query":"v7"})"});
  DeviceState state{.user = "bob", .link = "waiting"};
  state.records.push_back(
      {.type = EntityType::saved_query, .id = "q1", .content = R"({"query":"v7"})"});
  world.note("bobs", std::move(state));
  world.note("server", ServerState{.user = "bob"});
  return std::move(world.history);
}

TEST(Foreign, IsQuietAboutEqualIdsOfTwoUsers) {
  EXPECT_THAT(broken(two_users()), Not(Contains("foreign")));
}

TEST(Foreign, FindsATextOfAnotherUser) {
  History on_server = two_users();
  last<Committed>(on_server).row.content = R"({"query":"v7"})";
  EXPECT_THAT(broken(on_server), Contains("foreign"));
  History on_device = two_users();
  last<DeviceState>(on_device).records.front().content = content;
  EXPECT_THAT(broken(on_device), Contains("foreign"));
}

}  // namespace
}  // namespace studiosync::e2e::testing
