// What rules excuse, each beside what they still find.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/e2e_checkers/rewritten.hpp"

namespace studiosync::e2e::testing {
namespace {

using ::testing::Contains;
using ::testing::Not;

void replace_in_rows(History& history, std::string_view text, std::string_view with) {
  for (Event& event : history) {
    auto* committed = std::get_if<Committed>(&event.what);
    if (committed == nullptr) continue;
    std::string& content = committed->row.content;
    const std::size_t at = content.find(text);
    if (at != std::string::npos) content.replace(at, text.size(), with);
  }
}

// desk's delete loses to an edit of lap's, and desk makes the record anew, where its own first text
// stands, as the server has it stored.
History made_anew(std::string_view stored) {
  TinyWorld world;
  world.put("desk", "q1", "query", "\"pw hunter2\"");
  world.sync("desk");
  world.sync("lap");
  world.remove("desk", "q1");
  world.put("lap", "q1", "name", "\"v1\"");
  world.sync("lap");
  world.sync("desk");
  world.put("desk", "q1", "query", "\"v5\"");
  last<Edited>(world.history).before.clear();
  world.sync("desk");
  world.end();
  replace_in_rows(world.history, "pw hunter2", stored);
  replace_in_rows(world.history, "pw hunter2", stored);
  return std::move(world.history);
}

TEST(BlindOverwrite, KnowsADevicesOwnTextByItsRedaction) {
  EXPECT_THAT(broken(made_anew("pw [REDACTED]")), Not(Contains("blind-overwrite")));
  EXPECT_THAT(broken(made_anew("v9")), Contains("blind-overwrite"));
}

// A clone of the lane makes its last edit, and all that follows from it.
History by_a_clone_of(std::string_view lane, History history) {
  const auto edited = std::find_if(history.rbegin(), history.rend(), [](const Event& event) {
                        return std::holds_alternative<Edited>(event.what);
                      }).base();
  for (auto event = edited - 1; event != history.end(); ++event) {
    if (event->lane == lane) event->lane = "twin";
  }
  const auto at = static_cast<std::size_t>(edited - 1 - history.begin());
  insert(history, at, "twin", Turned{.what = Turned::What::cloned, .detail = std::string(lane)});
  return history;
}

TEST(BlindOverwrite, KnowsWhatACloneWasToldByItsOriginal) {
  const auto cloned = [](std::string_view stored) {
    return by_a_clone_of("desk", made_anew(stored));
  };
  EXPECT_THAT(broken(cloned("pw [REDACTED]")), Not(Contains("blind-overwrite")));
  EXPECT_THAT(broken(cloned("v9")), Contains("blind-overwrite"));
}

// lap's q1, which met desk's, became a copy; lap's next edit names that.
History names_a_copy(const std::string& name, const std::string& seen) {
  TinyWorld world;
  world.put("desk", "q1", "query", "\"v1\"");
  if (!name.empty()) world.put("lap", "q1", "name", name);
  world.put("lap", "q1", "query", "\"v2\"");
  world.sync("desk");
  world.sync("lap");
  std::string copy;
  for (const Event& event : world.history) {
    const auto* committed = std::get_if<Committed>(&event.what);
    if (committed != nullptr && committed->row.id.starts_with("c-")) copy = committed->row.id;
  }
  world.put("lap", copy, "name", "\"v3\"");
  last<Edited>(world.history).before = seen;
  world.sync("lap");
  world.end();
  return std::move(world.history);
}

TEST(BlindOverwrite, KnowsTheNameOfACopyByTheOneThatItWasMadeOf) {
  const std::string named = R"({"name":"v0","query":"v2"})";
  EXPECT_THAT(broken(names_a_copy(R"("v0")", named)), Not(Contains("blind-overwrite")));
  EXPECT_THAT(broken(names_a_copy("", R"({"query":"v2"})")), Not(Contains("blind-overwrite")));
  EXPECT_THAT(broken(names_a_copy("", R"({"name":"","query":"v2"})")),
              Not(Contains("blind-overwrite")));
  EXPECT_THAT(broken(names_a_copy("", named)), Contains("blind-overwrite"));
  EXPECT_THAT(broken(names_a_copy(R"("v0")", R"({"query":"v2"})")), Contains("blind-overwrite"));
}

// The restore takes away what desk alone knew.
TinyWorld lost_with_a_restore() {
  TinyWorld world;
  world.put("desk", "q1", "name", "\"v1\"");
  world.sync("desk");
  world.server_backup();
  world.put("desk", "q1", "name", "\"v2\"");
  world.sync("desk");
  return world;
}

// lap sees the last of desk's values before the restore takes them away, and replaces v1.
History edited_upon_a_lost_value(const std::vector<std::string>& more_values = {}) {
  TinyWorld world = lost_with_a_restore();
  for (const std::string& value : more_values) {
    world.put("desk", "q1", "name", value);
    world.sync("desk");
  }
  world.sync("lap");
  world.server_restore();
  world.put("lap", "q1", "name", "\"v3\"");
  world.sync("lap");
  world.end();
  return std::move(world.history);
}

TEST(BlindOverwrite, KnowsAValueByItsSuccessorThatARestoreTookAway) {
  EXPECT_THAT(broken(edited_upon_a_lost_value()), Not(Contains("blind-overwrite")));
  EXPECT_THAT(broken(edited_upon_a_lost_value({"\"v4\"", "\"v5\""})),
              Not(Contains("blind-overwrite")));
}

TEST(BlindOverwrite, FindsAValueThatSomebodyWroteAgain) {
  History history = edited_upon_a_lost_value();
  Edited again = last<Edited>(history, 1);
  std::swap(again.before, again.after);
  insert(history, place_of_last<Edited>(history), "desk", again);
  EXPECT_THAT(broken(history), Contains("blind-overwrite"));
}

TEST(BlindOverwrite, FindsASuccessorOfAnotherValue) {
  History history = edited_upon_a_lost_value({"\"v4\""});
  last<Edited>(history, 1).before = R"({"name":"v0"})";
  EXPECT_THAT(broken(history), Contains("blind-overwrite"));
}

TEST(BlindOverwrite, FindsAnEditorWhoNeverSawTheSuccessorEither) {
  History history = edited_upon_a_lost_value();
  last<Edited>(history).before = R"({"name":"v0"})";
  EXPECT_THAT(broken(history), Contains("blind-overwrite"));
}

// desk deletes q1 and makes it anew with a folder, which collides with what lap brought back in
// between; all else is the same.
History both_made_it_anew() {
  TinyWorld world;
  world.put("desk", "q1", "name", "\"v1\"");
  world.sync("desk");
  world.sync("lap");
  world.remove("desk", "q1");
  world.sync("desk");
  world.put("lap", "q1", "name", "\"v2\"");
  world.sync("lap");
  world.put("desk", "q1", "name", "\"v3\"");
  world.put("desk", "q1", "folder", "\"v4\"");
  world.sync("desk");
  world.end();
  std::string& content = last<Committed>(world.history).row.content;
  content.replace(content.find("v3"), 2, "v2");
  return std::move(world.history);
}

// desk's creation, which a restore has undone, comes again after lap has replaced its value, and
// wins: as what the origin makes of it.
History wins_again(ReplicaId replica, Stamp later, bool undone = true) {
  TinyWorld world;
  world.server_backup();
  world.put("desk", "q1", "name", "\"v1\"");
  world.sync("desk");
  Committed again = last<Committed>(world.history);
  world.sync("lap");
  if (undone) world.note("server", Turned{.what = Turned::What::restored});
  world.put("lap", "q1", "name", "\"v2\"");
  world.sync("lap");
  world.sync("desk");
  if (!replica.nil()) again.row.origin.replica = replica;
  again.row.origin.stamp.bits += later.bits;
  world.note("server", again);
  world.end();
  rewrite_end(world.history, "q1", R"({"name":"v1"})");
  return std::move(world.history);
}

TEST(StaleWins, KnowsAChangeThatNobodyKnowsAgain) {
  const ReplicaId another{{1}};
  EXPECT_THAT(broken(wins_again(another, Stamp{1})), Not(Contains("stale-wins")));
  EXPECT_THAT(broken(wins_again({}, Stamp{1})), Contains("stale-wins"));
  EXPECT_THAT(broken(wins_again(another, Stamp{})), Contains("stale-wins"));
  EXPECT_THAT(broken(wins_again(another, Stamp{1}, false)), Contains("stale-wins"));
}

// desk's first value is current again, whose answer `lane` had, too.
History first_value_again(const char* lane) {
  TinyWorld world;
  world.put("desk", "q1", "name", "\"v1\"");
  world.sync("desk");
  const Acknowledged answer = last<Acknowledged>(world.history);
  world.note(lane, answer);
  world.put("desk", "q1", "name", "\"v2\"");
  world.sync("desk");
  world.end();
  rewrite_end(world.history, "q1", R"({"name":"v1"})");
  return std::move(world.history);
}

TEST(StaleWins, TakesWhatACloneSentForAnothersText) {
  EXPECT_THAT(broken(first_value_again("twin")), Not(Contains("stale-wins")));
  EXPECT_THAT(broken(first_value_again("desk")), Contains("stale-wins"));
}

TEST(EchoConflict, TakesNobodysAbsentFieldForThatOfAnEarlierLife) {
  History history = both_made_it_anew();
  EXPECT_THAT(broken(history), Not(Contains("echo-conflict")));
  const ReplicaId desk = last<FrozenEdit>(history).replica;
  for (Event& event : history) {
    if (auto* frozen = std::get_if<FrozenEdit>(&event.what)) {
      frozen->replica = desk;
      event.lane = "desk";
    }
    if (std::holds_alternative<Edited>(event.what)) event.lane = "desk";
  }
  EXPECT_THAT(broken(history), Contains("echo-conflict"));
}

// phone meets a name that is desk's, once a restore has undone lap's.
TEST(EchoConflict, TakesNoValueThatARestoreBroughtBackForTheNextWritersOwn) {
  TinyWorld world;
  world.put("desk", "q1", "name", "\"v1\"");
  for (const char* lane : {"desk", "lap", "phone"}) world.sync(lane);
  world.server_backup();
  world.put("lap", "q1", "name", "\"v2\"");
  world.sync("lap");
  world.server_restore();
  world.put("phone", "q1", "folder", "\"v3\"");
  world.sync("phone");
  world.sync("desk");
  world.put("phone", "q1", "folder", "\"v5\"");
  world.put("phone", "q1", "name", "\"v4\"");
  world.put("desk", "q1", "folder", "\"v6\"");
  world.sync("desk");
  world.sync("phone");
  world.end();
  // As if both had meant the same folder: only the name is disputed.
  for (Event& event : world.history) {
    if (auto* commit = std::get_if<Committed>(&event.what)) {
      std::string& content = commit->row.content;
      if (const auto at = content.find("v6"); at != std::string::npos) content.replace(at, 2, "v5");
    }
  }
  EXPECT_THAT(broken(world.history), Not(Contains("echo-conflict")));
}

TEST(LostEdit, ExpectsNothingOfADeviceThatWasRevokedBeforeItHeardOfTheRestore) {
  TinyWorld world = lost_with_a_restore();
  world.note("desk", Turned{.what = Turned::What::revoked, .user = TinyWorld::user});
  world.server_restore();
  TinyWorld heard = world;
  TinyWorld under_way = world;
  world.end();
  EXPECT_THAT(broken(world.history), Not(Contains("lost-edit")));
  const Cursor place = last<Moved>(world.history).to;
  under_way.note("desk", Moved{.user = TinyWorld::user, .from = place, .to = place});
  under_way.end();
  EXPECT_THAT(broken(under_way.history), Not(Contains("lost-edit")));
  heard.note("desk", Moved{.user = TinyWorld::user});
  heard.end();
  EXPECT_THAT(broken(heard.history), Contains("lost-edit"));
}

// A crash may take the rows and answers that came since the user's last edit.
TEST(LostEdit, ExpectsNothingOfADeviceThatCrashedBeforeItHeardOfTheRestore) {
  TinyWorld world = lost_with_a_restore();
  const Turned crash{.what = Turned::What::crashed, .user = TinyWorld::user};
  const Cursor place = last<Moved>(world.history).to;
  TinyWorld edited = world;
  edited.put("desk", "q2", "name", "\"v3\"");
  TinyWorld heard = world;
  for (TinyWorld* each : {&world, &edited}) {
    each->note("desk", crash);
    each->server_restore();
  }
  TinyWorld went_on = world;
  went_on.note("desk", Moved{.user = TinyWorld::user, .from = place});
  heard.server_restore();
  heard.note("desk", Moved{.user = TinyWorld::user});
  heard.note("desk", crash);
  for (TinyWorld* each : {&world, &edited, &went_on, &heard}) each->end();
  // Whatever became of that edit.
  last<DeviceState>(edited.history) = last<DeviceState>(world.history);
  EXPECT_THAT(broken(world.history), Not(Contains("lost-edit")));
  EXPECT_THAT(broken(edited.history), Contains("lost-edit"));
  EXPECT_THAT(broken(went_on.history), Contains("lost-edit"));
  EXPECT_THAT(broken(heard.history), Contains("lost-edit"));
}

TEST(UnaskedChange, ExpectsNothingToBeSentOfADatabaseThatWasSetAsideForAReset) {
  for (const std::string why : {"reset", "sweep"}) {
    TinyWorld world;
    world.put("desk", "q1", "name", "\"v1\"");
    world.note("desk", Turned{.what = Turned::What::set_aside, .detail = why});
    world.sync("desk");
    world.end();
    const auto found = broken(world.history);
    EXPECT_EQ(std::ranges::count(found, "unasked-change"), why == "reset" ? 1 : 0) << why;
  }
}

// A tombstone for good stood when desk's edit was taken, and a restore undid it.
History withdrawn_for_a_while(std::string_view reason) {
  TinyWorld world = lost_with_a_restore();
  Record row = last<Committed>(world.history).row;
  row.rev.version = row.rev.version.next();
  row.seq = row.seq.next();
  row.deleted = true;
  row.reason = reason;
  row.content.clear();
  world.server_restore();
  world.end();
  insert(world.history, place_of_last<Acknowledged>(world.history), "server",
         Committed{.user = TinyWorld::user, .change = {}, .row = row});
  return std::move(world.history);
}

TEST(LostEdit, ForgivesWhatWasTakenWhileTheRecordWasWithdrawn) {
  EXPECT_THAT(broken(withdrawn_for_a_while(reason_private)), Not(Contains("lost-edit")));
  EXPECT_THAT(broken(withdrawn_for_a_while({})), Contains("lost-edit"));
}

// lap deletes a record that shows what desk wrote and lap has not read, because lap wrote it, too;
// desk's edit keeps it alive.
History deleted_with_an_equal_text(bool lap_wrote_it) {
  TinyWorld world;
  world.put("desk", "q1", "query", "\"v1\"");
  world.sync("desk");
  world.sync("lap");
  world.put("desk", "q1", "query", "\"v2\"");
  world.put("lap", "q1", "query", "\"v2\"");
  if (!lap_wrote_it) drop(world.history, place_of_last<Edited>(world.history));
  world.push("lap");
  world.remove("lap", "q1");
  world.push("lap");
  world.push("desk");
  world.end();
  return std::move(world.history);
}

// desk's edit of a record that is withdrawn in the end was answered so, and is gone.
History answered(ErrorCode error) {
  TinyWorld world;
  world.put("desk", "q1", "query", "\"v1\"");
  world.sync("desk");
  last<Acknowledged>(world.history).status = Status::rejected;
  last<Acknowledged>(world.history).error = error;
  world.end();
  last<DeviceState>(world.history).records.clear();
  withdraw_row(world.history);
  return std::move(world.history);
}

TEST(LostByDevice, TakesNoAnswerThatAsksToReadAnewForARefusal) {
  EXPECT_THAT(broken(answered(ErrorCode::resync_required)), Not(Contains("lost-by-device")));
  EXPECT_THAT(broken(answered(ErrorCode::validation_error)), Contains("lost-by-device"));
}

// A restore takes an edit of a history entry away, and nobody gives it back.
History lost_entry(bool collected, EntityType type) {
  TinyWorld world = lost_with_a_restore();
  world.server_restore();
  if (collected) {
    world.note("server", Turned{.what = Turned::What::collected, .user = TinyWorld::user});
  }
  world.end();
  for (Event& event : world.history) {
    if (auto* edited = std::get_if<Edited>(&event.what)) edited->type = type;
    if (auto* frozen = std::get_if<FrozenEdit>(&event.what)) frozen->type = type;
    if (auto* answer = std::get_if<Acknowledged>(&event.what)) answer->type = type;
    if (auto* committed = std::get_if<Committed>(&event.what)) committed->row.type = type;
    if (auto* moved = std::get_if<Moved>(&event.what)) {
      for (Moved::Row& row : moved->rows) row.type = type;
    }
    if (auto* device = std::get_if<DeviceState>(&event.what)) {
      for (DeviceRecord& kept : device->records) kept.type = type;
    }
    if (auto* server = std::get_if<ServerState>(&event.what)) {
      for (Record& row : server->rows) row.type = type;
    }
  }
  return std::move(world.history);
}

TEST(LostEdit, ForgivesAnEntryThatMayHaveTurnedPrivateAndBeenCollectedSince) {
  using enum EntityType;
  EXPECT_THAT(broken(lost_entry(true, query_history)), Not(Contains("lost-edit")));
  EXPECT_THAT(broken(lost_entry(false, query_history)), Contains("lost-edit"));
  EXPECT_THAT(broken(lost_entry(true, saved_query)), Contains("lost-edit"));
}

TEST(Resurrected, LetsAnEqualTextOfAnotherKeepARecordAlive) {
  EXPECT_THAT(broken(deleted_with_an_equal_text(true)), Not(Contains("resurrected")));
  EXPECT_THAT(broken(deleted_with_an_equal_text(false)), Contains("resurrected"));
}

// As in histories of real processes: nobody says what rows the server wrote.
History without_rows(History history) {
  std::erase_if(history, [](const Event& event) {
    return std::holds_alternative<Committed>(event.what) ||
           std::holds_alternative<Moved>(event.what);
  });
  for (std::size_t i = 0; i < history.size(); ++i) history[i].number = i;
  return history;
}

// desk's accepted edit is gone: the server was set back, and perhaps desk.
History set_back_without_rows(bool device_too) {
  TinyWorld world;
  world.put("desk", "q0", "query", "\"v0\"");
  world.sync("desk");
  world.server_backup();
  world.backup("desk");
  world.put("desk", "q1", "query", "\"v1\"");
  world.sync("desk");
  world.server_restore();
  if (device_too) world.restore("desk");
  world.end();
  return without_rows(std::move(world.history));
}

TEST(LostEdit, OfServerAndDeviceSetBackIsExcusedWithoutRows) {
  EXPECT_THAT(broken(set_back_without_rows(true)), Not(Contains("lost-edit")));
  EXPECT_THAT(broken(set_back_without_rows(false)), Contains("lost-edit"));
}

// What lap replaced is current again: the server was set back to it, or nobody says why.
History current_again_without_rows(bool set_back) {
  TinyWorld world;
  world.put("desk", "q1", "query", "\"v0\"");
  world.sync("desk");
  world.server_backup();
  world.pull("lap");
  world.put("lap", "q1", "query", "\"v1\"");
  world.sync("lap");
  if (set_back) world.server_restore();
  world.end();
  History history = without_rows(std::move(world.history));
  if (!set_back) rewrite_end(history, "q1", R"({"query":"v0"})");
  return history;
}

TEST(StaleWins, OfAServerThatWasSetBackIsExcusedWithoutRows) {
  EXPECT_THAT(broken(current_again_without_rows(true)), Not(Contains("stale-wins")));
  EXPECT_THAT(broken(current_again_without_rows(false)), Contains("stale-wins"));
}

}  // namespace
}  // namespace studiosync::e2e::testing
