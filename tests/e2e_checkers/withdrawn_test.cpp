// What rules make of edits whose record was withdrawn, refused, or kept where nobody looks first.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "tests/e2e_checkers/rewritten.hpp"

namespace studiosync::e2e::testing {
namespace {

using ::testing::Contains;
using ::testing::Not;

Record tombstone_over(Record row, std::string_view reason) {
  row.rev.version = row.rev.version.next();
  row.seq = row.seq.next();
  row.deleted = true;
  row.reason = reason;
  row.content.clear();
  return row;
}

// lap replaces v1 by v2; afterwards the record goes by a tombstone, which is collected, and its id
// is used again.
History used_again(std::string_view reason, bool collected = true) {
  TinyWorld world;
  world.put("desk", "q1", "query", "\"v1\"");
  world.sync("desk");
  world.sync("lap");
  world.put("lap", "q1", "query", "\"v2\"");
  world.sync("lap");
  const Record row = tombstone_over(last<Committed>(world.history).row, reason);
  world.note("server", Committed{.user = TinyWorld::user, .change = {}, .row = row});
  if (collected) {
    world.note("server",
               Turned{.what = Turned::What::collected, .user = TinyWorld::user, .seq = row.seq});
  }
  world.end();
  rewrite_end(world.history, "q1", R"({"query":"v1"})");
  return std::move(world.history);
}

TEST(LostEdit, ForgivesWhatWasWithdrawnBeforeItsIdWasUsedAgain) {
  EXPECT_THAT(broken(used_again(reason_private)), Not(Contains("lost-edit")));
  EXPECT_THAT(broken(used_again({})), Contains("lost-edit"));
}

TEST(LostEdit, DoesNotForgiveWhatWasWrittenAfterTheWithdrawal) {
  History history = used_again(reason_private);
  const auto tombstone = std::ranges::find_if(history, [](const Event& event) {
    const auto* committed = std::get_if<Committed>(&event.what);
    return committed != nullptr && committed->row.deleted;
  });
  Happening moved = tombstone->what;
  drop(history, tombstone->number);
  insert(history, 1, "server", std::move(moved));
  EXPECT_THAT(broken(history), Contains("lost-edit"));
}

// q1 goes by a tombstone and is made anew; a restore undoes both, and of the new record a device
// may give back what it knows.
History made_anew_and_restored(std::string_view reason, bool given_back) {
  TinyWorld world;
  world.put("desk", "q1", "query", "\"v1\"");
  world.sync("desk");
  world.note("server", Turned{.what = Turned::What::backed_up});
  Record row = tombstone_over(last<Committed>(world.history).row, reason);
  world.note("server", Committed{.user = TinyWorld::user, .change = {}, .row = row});
  row.rev.version = row.rev.version.next();
  row.seq = row.seq.next();
  row.deleted = false;
  row.reason.clear();
  row.content = R"({"query":"v2"})";
  world.note("server", Committed{.user = TinyWorld::user, .change = {}, .row = row});
  world.note("server", Turned{.what = Turned::What::restored});
  if (!given_back) row.rev.version = row.rev.version.next();
  world.note("server", Committed{.user = TinyWorld::user, .change = {}, .row = row});
  world.end();
  rewrite_end(world.history, "q1", row.content);
  return std::move(world.history);
}

TEST(LostEdit, ForgivesWhatWasWithdrawnBeforeWhatIsGivenBack) {
  EXPECT_THAT(broken(made_anew_and_restored(reason_private, true)), Not(Contains("lost-edit")));
  EXPECT_THAT(broken(made_anew_and_restored(reason_private, false)), Contains("lost-edit"));
  EXPECT_THAT(broken(made_anew_and_restored({}, true)), Contains("lost-edit"));
}

TEST(StaleWins, IsQuietWhereTheRecordWasWithdrawnAndForgotten) {
  EXPECT_THAT(broken(used_again(reason_private)), Not(Contains("stale-wins")));
  EXPECT_THAT(broken(used_again(reason_private, false)), Contains("stale-wins"));
  EXPECT_THAT(broken(used_again({})), Contains("stale-wins"));
}

// The same, but lap replaces v1 after the withdrawal, which it may have heard of.
History used_again_and_edited_later(bool heard) {
  History history = used_again(reason_private);
  const auto withdrawal = std::ranges::find_if(history, [](const Event& event) {
    const auto* committed = std::get_if<Committed>(&event.what);
    return committed != nullptr && committed->row.deleted;
  });
  const Record row = std::get<Committed>(withdrawal->what).row;
  const auto place = static_cast<std::size_t>(withdrawal - history.begin());
  for (const std::size_t from : {place, place + 1}) {  // the collection follows it
    Happening what = history[from].what;
    drop(history, from);
    insert(history, place_of_last<Edited>(history), "server", std::move(what));
  }
  if (heard) {
    Moved read = last<Moved>(history);
    read.rows = {{.type = row.type, .id = row.id, .rev = row.rev, .seq = row.seq}};
    insert(history, place_of_last<Edited>(history), "lap", read);
  }
  return history;
}

TEST(StaleWins, IsQuietWhereTheEditorHadNotHeardOfTheWithdrawal) {
  EXPECT_THAT(broken(used_again_and_edited_later(false)), Not(Contains("stale-wins")));
  EXPECT_THAT(broken(used_again_and_edited_later(true)), Contains("stale-wins"));
}

// lap edits a record with `before` in front of it, is told by a row then that it was withdrawn, and
// sends the edit.
History edited_before_the_row_of_the_withdrawal(const std::string& before) {
  TinyWorld world;
  world.put("desk", "q1", "query", "\"v1\"");
  world.sync("desk");
  world.sync("lap");
  world.put("lap", "q1", "query", "\"v2\"");
  last<Edited>(world.history).before = before;
  const Record row = tombstone_over(last<Committed>(world.history).row, reason_private);
  world.note("server", Committed{.user = TinyWorld::user, .change = {}, .row = row});
  Moved read = last<Moved>(world.history);
  read.rows = {{.type = row.type, .id = row.id, .rev = row.rev, .seq = row.seq}};
  world.note("lap", read);
  world.sync("lap");
  world.end();
  return std::move(world.history);
}

TEST(UnaskedChange, IsQuietWhereTheUserHadSeenTheWithdrawalBeforeAnyRow) {
  EXPECT_THAT(broken(edited_before_the_row_of_the_withdrawal({})), Not(Contains("unasked-change")));
  EXPECT_THAT(broken(edited_before_the_row_of_the_withdrawal(R"({"query":"v1"})")),
              Contains("unasked-change"));
}

TEST(StaleWins, IsQuietWhereARecordWasPrivateWhileTheAccountWasReset) {
  for (const bool was_private : {true, false}) {
    for (const bool reset_since : {true, false}) {
      History history = used_again({});
      last<Edited>(history, 1).local_only = was_private;
      const std::size_t at = reset_since ? history.size() - 3 : place_of_last<Edited>(history);
      insert(history, at, "server", Turned{.what = Turned::What::reset, .user = TinyWorld::user});
      const auto rules = broken(history);
      EXPECT_EQ(std::ranges::count(rules, "stale-wins"), was_private && reset_since ? 0 : 1);
    }
  }
}

// Both write the query without having seen the other's; what lap wrote is nowhere but with the
// conflict, in which the server has it as `stored`.
History disputed(const std::string& stored, const std::string& item = "q1") {
  TinyWorld world;
  world.put("desk", "q1", "query", "\"v1\"");
  world.sync("desk");
  world.sync("lap");
  world.put("desk", "q1", "query", "\"v2\"");
  world.put("lap", "q1", "query", "\"pw hunter2\"");
  world.sync("desk");
  world.sync("lap");
  world.end();
  erase_rows(world.history, "c-");
  std::erase_if(world.history, [](const Event& event) {
    const auto* committed = std::get_if<Committed>(&event.what);
    return committed != nullptr && committed->row.id.starts_with("c-");
  });
  const auto replace = [](std::string& content, const std::string& text, const std::string& with) {
    const std::size_t at = content.find(text);
    if (at != std::string::npos) content.replace(at, text.size(), with);
  };
  const auto rewrite = [&](std::string& content) {
    replace(content, "pw hunter2", stored);
    replace(content, R"("item_id":"q1")", R"("item_id":")" + item + '"');
  };
  for (Event& event : world.history) {
    if (auto* committed = std::get_if<Committed>(&event.what)) rewrite(committed->row.content);
    if (auto* server = std::get_if<ServerState>(&event.what)) {
      for (Record& row : server->rows) rewrite(row.content);
    }
  }
  return std::move(world.history);
}

TEST(LostEdit, AcceptsATextThatAConflictHasRedacted) {
  EXPECT_THAT(broken(disputed("pw [REDACTED]")), Not(Contains("lost-edit")));
  EXPECT_THAT(broken(disputed("v9")), Contains("lost-edit"));
}

TEST(LostEdit, AcceptsATextThatAConflictOfACopyHasRedacted) {
  const std::string copy = "c-0123456789abcdef0123456789abcdef";
  EXPECT_THAT(broken(disputed("pw [REDACTED]", copy)), Not(Contains("lost-edit")));
  EXPECT_THAT(broken(disputed("v9", copy)), Contains("lost-edit"));
}

TEST(LostEdit, AcceptsAConflictThatWasSetAside) {
  History history = disputed("pw hunter2");
  DeviceRecord aside{.type = EntityType::conflict};
  for (const Record& row : last<ServerState>(history).rows) {
    if (row.type == EntityType::conflict) aside.content = row.content;
  }
  erase_rows(history, "x-");
  EXPECT_THAT(broken(history), Contains("lost-edit"));
  last<DeviceState>(history).aside.push_back(aside);
  EXPECT_THAT(broken(history), Not(Contains("lost-edit")));
}

TEST(LostByDevice, ExpectsARefusedTextUponWhichNothingWasWritten) {
  TinyWorld world;
  world.put("desk", "q1", "name", "\"v1\"");
  world.sync("desk");
  last<Acknowledged>(world.history).status = Status::rejected;
  world.put("desk", "q1", "query", "\"v2\"");
  Edited& anew = last<Edited>(world.history);
  anew.after = R"({"query":"v2"})";
  anew.before.clear();
  world.sync("desk");
  world.end();
  rewrite_end(world.history, "q1", R"({"query":"v2"})");
  EXPECT_THAT(broken(world.history), Contains("lost-by-device"));
}

// desk's edit is refused, and its record withdrawn; the text is gone in the end.
History refused_and_withdrawn(bool set_back) {
  TinyWorld world;
  world.put("desk", "q1", "name", "\"v1\"");
  world.backup("desk");
  world.sync("desk");
  last<Acknowledged>(world.history).status = Status::rejected;
  if (set_back) world.restore("desk");
  world.end();
  last<DeviceState>(world.history).records.clear();
  withdraw_row(world.history);
  return std::move(world.history);
}

TEST(LostByDevice, ExpectsNoRefusedTextOfADeviceThatWasSetBackToBefore) {
  EXPECT_THAT(broken(refused_and_withdrawn(true)), Not(Contains("lost-by-device")));
  EXPECT_THAT(broken(refused_and_withdrawn(false)), Contains("lost-by-device"));
}

TEST(LostByDevice, ExpectsNoWithdrawnTextThatTheServerAskedForOnceMore) {
  History history = refused_and_withdrawn(false);
  last<Acknowledged>(history).error = ErrorCode::resync_required;
  EXPECT_THAT(broken(history), Not(Contains("lost-by-device")));
}

// Then desk asks for it again, and the server takes `taken`.
History refused_taken_and_withdrawn(const std::string& taken) {
  History history = refused_and_withdrawn(false);
  FrozenEdit again = last<FrozenEdit>(history);
  Committed committed = last<Committed>(history);
  again.change = committed.change = ChangeId{{98}};
  again.seq = again.seq.next();
  committed.row.rev.version = committed.row.rev.version.next();
  committed.row.seq = committed.row.seq.next();
  committed.row.content = taken;
  const std::size_t end = place_of_last<Acknowledged>(history) + 1;
  insert(history, end, "server", committed);
  insert(history, end, "desk", again);
  return history;
}

TEST(LostByDevice, ExpectsNoWithdrawnTextThatTheServerTookWhenItWasAskedForAgain) {
  EXPECT_THAT(broken(refused_taken_and_withdrawn(R"({"name":"v1"})")),
              Not(Contains("lost-by-device")));
  EXPECT_THAT(broken(refused_taken_and_withdrawn(R"({"name":"v9"})")), Contains("lost-by-device"));
}

// desk's first change and its answer, an edit upon it, and the row that withdraws the record, after
// which desk sends a delete. `told`: by the same answer once more it had heard of it before.
History sent_after_a_withdrawal(bool told) {
  TinyWorld world;
  world.put("desk", "q1", "query", "\"v1\"");
  world.sync("desk");
  Acknowledged again = last<Acknowledged>(world.history);
  again.first_status = std::exchange(again.status, Status::duplicate);
  FrozenEdit removal = last<FrozenEdit>(world.history);
  Record row = last<Committed>(world.history).row;
  world.put("desk", "q1", "query", "\"v2\"");
  row.rev.version = row.rev.version.next();
  row.seq = row.seq.next();
  row.deleted = true;
  row.reason = reason_private;
  row.content.clear();
  world.note("server", Committed{.user = TinyWorld::user, .change = {}, .row = row});
  if (told) world.note("desk", again);
  Moved moved{.user = TinyWorld::user};
  moved.rows = {{row.type, row.id, row.rev, row.seq}};
  world.note("desk", moved);
  removal.seq = removal.seq.next();
  removal.change.bytes[0] = 99;
  removal.action = Action::remove;
  world.note("desk", removal);
  world.end();
  return std::move(world.history);
}

TEST(UnaskedChange, KnowsAnEditThatARepeatedAnswerLeftWhereARowWouldHaveTakenIt) {
  EXPECT_THAT(broken(sent_after_a_withdrawal(true)), Not(Contains("unasked-change")));
  EXPECT_THAT(broken(sent_after_a_withdrawal(false)), Contains("unasked-change"));
}

// Rows are not flushed to the disk; the user's edits are, and all before them.
TEST(UnaskedChange, KnowsAnEditOfADeviceThatForgotTheWithdrawalInACrash) {
  History history = sent_after_a_withdrawal(false);
  const std::size_t known = place_of_last<Moved>(history) + 1;
  insert(history, known, "desk", Turned{.what = Turned::What::crashed, .user = TinyWorld::user});
  EXPECT_THAT(broken(history), Not(Contains("unasked-change")));
  Edited other = last<Edited>(history);
  other.id = "q2";
  insert(history, known, "desk", other);
  EXPECT_THAT(broken(history), Contains("unasked-change"));
}

// desk is asked to send its change once more, and does.
void ask_again(History& history) {
  FrozenEdit again = last<FrozenEdit>(history);
  Acknowledged refused = last<Acknowledged>(history);
  refused.change = std::exchange(again.change, ChangeId{{98}});
  refused.seq = again.seq;
  again.seq = again.seq.next();
  refused.status = Status::rejected;
  refused.first_status.reset();
  refused.error = ErrorCode::resync_required;
  const std::size_t end = place_of_last<FrozenEdit>(history) + 1;
  insert(history, end, "desk", again);
  insert(history, end, "desk", refused);
}

TEST(UnaskedChange, FindsWhatIsSentOnceMoreAlthoughItsRecordIsKnownToBeWithdrawn) {
  History known = sent_after_a_withdrawal(true);
  ask_again(known);
  EXPECT_THAT(broken(known), Contains("unasked-change"));
  History unknown = sent_after_a_withdrawal(false);
  last<Moved>(unknown).rows.clear();
  ask_again(unknown);
  EXPECT_THAT(broken(unknown), Not(Contains("unasked-change")));
}

TEST(Diverged, AcceptsARecordWhoseDeleteWaitsForTheUser) {
  TinyWorld world;
  world.put("desk", "q1", "query", "\"v1\"");
  world.sync("desk");
  world.sync("lap");
  world.end();
  DeviceState& lap = last<DeviceState>(world.history);
  lap.records.clear();
  EXPECT_THAT(broken(world.history), Contains("diverged"));
  RejectedChange held;
  held.change.type = EntityType::saved_query;
  held.change.id = "q1";
  held.change.action = Action::remove;
  lap.rejected.push_back(held);
  EXPECT_THAT(broken(world.history), Not(Contains("diverged")));
}

}  // namespace
}  // namespace studiosync::e2e::testing
