// The order and the exactly-once rules of a push.
#include "core/base/answer_limits.hpp"
#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

class ApplyPush : public LogTest {
 protected:
  PushChange query(std::uint64_t seq, std::string_view id, std::string_view name) const {
    return upsert(seq, saved_query, id, query_text(name, "SELECT 1"));
  }
  // Another replica's, whose stream has the same numbers.
  static PushChange as_second(PushChange change) {
    change.change = change_id(99);
    return change;
  }
};

TEST_F(ApplyPush, AppliesInOrderAndNumbersTheRows) {
  const Applied applied = push(laptop_, {query(1, "a", "A"), query(2, "b", "B")});
  ASSERT_EQ(applied.results.size(), 2U);
  EXPECT_EQ(applied.results[0].status, Status::applied);
  EXPECT_EQ(applied.results[1].item_id, "b");
  EXPECT_EQ(applied.from.seq, Seq{0});
  EXPECT_EQ(applied.to.seq, Seq{2});
  ASSERT_EQ(applied.rows.size(), 2U);
  EXPECT_EQ(applied.rows[0].seq, Seq{1});
}

TEST_F(ApplyPush, AResultRepeatsWhatWasStoredOnlyWhereItDiffersFromWhatWasSent) {
  const Applied applied = push(
      laptop_, {query(1, "a", "A"), upsert(2, saved_query, "b", R"({"title":"B","query":"q"})")});
  EXPECT_FALSE(applied.results[0].record);
  ASSERT_TRUE(applied.results[1].record);
  EXPECT_EQ(applied.results[1].record->content, query_text("B", "q"));
  EXPECT_EQ(applied.results[0].hash, content_hash(*stored(saved_query, "a")));
}

// How old its fields are cannot be worked out from it alone: some are as old as what it met.
TEST_F(ApplyPush, AReplicaHearsTheWholeRecordWhereItsChangeMetAnother) {
  choose(saved_query, Strategy::last_write_wins);
  ASSERT_EQ(push_one(laptop_, query(1, "a", "A")).status, Status::applied);
  now_ = now_ + Millis{1};
  const ChangeResult won = push_one(tablet_, as_second(query(1, "a", "B")));
  EXPECT_EQ(won.status, Status::conflict);
  ASSERT_TRUE(won.record);
  EXPECT_EQ(won.record->last_change_of("query").origin.replica, laptop_.replica);
}

TEST_F(ApplyPush, AReplicaHearsTheWholeRecordWhereAnotherMadeAPartOfItsEdit) {
  const Rev base = push_one(laptop_, query(1, "a", "A")).rev;
  push_one(laptop_, upsert(2, saved_query, "a", query_text("B", "SELECT 1"), base, {"name"}));
  now_ = now_ + Millis{1};
  const ChangeResult both = push_one(
      tablet_,
      as_second(upsert(1, saved_query, "a", query_text("B", "SELECT 2"), base, {"name", "query"})));
  EXPECT_EQ(both.status, Status::applied);
  ASSERT_TRUE(both.record);
  EXPECT_EQ(both.record->last_change_of("name").version, Version{2});
}

TEST_F(ApplyPush, AReplicaWhoseEditMetItsBaseHearsNoRecord) {
  const Rev base = push_one(laptop_, query(1, "a", "A")).rev;
  now_ = now_ + Millis{1};
  const ChangeResult edit =
      push_one(laptop_, upsert(2, saved_query, "a", query_text("B", "SELECT 1"), base, {"name"}));
  EXPECT_EQ(edit.status, Status::applied);
  EXPECT_FALSE(edit.record);
}

TEST_F(ApplyPush, AReplicaHearsWhoseItIsWhereItsChangeIsThereAlready) {
  ASSERT_EQ(push_one(laptop_, query(1, "a", "A")).status, Status::applied);
  const ChangeResult same = push_one(tablet_, as_second(query(1, "a", "A")));
  EXPECT_EQ(same.status, Status::unchanged);
  ASSERT_TRUE(same.record);
  EXPECT_EQ(same.record->origin.replica, laptop_.replica);
}

TEST_F(ApplyPush, AnIdThatIsACredentialIsRefusedAndNotStored) {
  const std::string secret(key_of_a_provider);
  const ChangeResult refused = push_one(laptop_, query(1, secret, "A"));
  EXPECT_EQ(refused.status, Status::rejected);
  EXPECT_EQ(refused.item_id, "[REDACTED]");
  EXPECT_EQ(refused.error->code, ErrorCode::credential_leaked);
  const ChangeResult again = push_one(laptop_, query(1, secret, "A"));
  EXPECT_EQ(again.status, Status::duplicate);
  EXPECT_EQ(again.item_id, "[REDACTED]");
}

// As a server with weaker rules may have left it: there must be a way to be rid of it.
TEST_F(ApplyPush, ARecordWithACredentialForItsIdCanOnlyBeDeleted) {
  const std::string secret(key_of_a_provider);
  ASSERT_TRUE(push_one(laptop_, query(1, "a", "A")).rev.version);
  server::MemoryImage older = store_->image();
  server::MemoryUser& user = older.begin()->second;
  user.log.begin()->second.id = secret;
  user.items = {{{saved_query, secret}, user.log.begin()->first}};
  restart_on(older);
  EXPECT_EQ(push_one(laptop_, query(2, secret, "B")).status, Status::rejected);
  const Rev rev = stored(saved_query, secret)->rev;
  EXPECT_EQ(push_one(laptop_, removal(3, saved_query, secret, rev)).status, Status::applied);
  EXPECT_TRUE(stored(saved_query, secret)->deleted);
}

TEST_F(ApplyPush, TheSameChangeAgainGetsTheFirstResultAndWritesNothing) {
  const auto change = query(1, "a", "A");
  const ChangeResult first = push_one(laptop_, change);
  const Applied again = push(laptop_, {change});
  ASSERT_EQ(again.results.size(), 1U);
  EXPECT_EQ(again.results[0].status, Status::duplicate);
  EXPECT_EQ(again.results[0].first_status, Status::applied);
  EXPECT_EQ(again.results[0].rev, first.rev);
  EXPECT_TRUE(again.rows.empty());
  EXPECT_EQ(again.from, again.to);
}

TEST_F(ApplyPush, ADuplicateShowsTheRecordAsItIsByNow) {
  push(laptop_, {query(1, "a", "A")});
  auto later = upsert(9, saved_query, "a", query_text("B", "SELECT 1"),
                      stored(saved_query, "a")->rev, {"name"});
  later.device_seq = DeviceSeq{1};
  push(tablet_, {later});
  const ChangeResult again = push_one(laptop_, query(1, "a", "A"));
  EXPECT_EQ(again.status, Status::duplicate);
  EXPECT_EQ(again.record->content, query_text("B", "SELECT 1"));
}

TEST_F(ApplyPush, WhatTurnsPrivateIsScrubbedFromItsConflictsAndTheArchive) {
  const auto row_text = [](const char* error) {
    return R"({"error":")" + std::string(error) +
           R"(","executed_at":"2026-01-31T12:00:00Z","query":"SELECT 1","success":false})";
  };
  push(laptop_, {upsert(1, query_history, "h", row_text("first"))});
  const Rev base = stored(query_history, "h")->rev;
  push(laptop_, {upsert(2, query_history, "h", row_text("secret one"), base, {"error"})});
  auto other = upsert(9, query_history, "h", row_text("secret two"), base, {"error"});
  other.device_seq = DeviceSeq{1};
  const ChangeResult lost = push_one(tablet_, other);
  ASSERT_EQ(lost.status, Status::conflict);
  ASSERT_EQ(image().archive.size(), 1U);

  auto withdrawal = removal(3, query_history, "h", stored(query_history, "h")->rev);
  withdrawal.reason = reason_private;
  push(laptop_, {withdrawal});
  EXPECT_TRUE(image().archive.empty());
  EXPECT_TRUE(stored(EntityType::conflict, lost.conflict_id)->deleted);
  for (const auto& [seq, record] : image().log) {
    EXPECT_EQ(record.content.find("secret"), std::string::npos) << record.id;
  }
}

TEST_F(ApplyPush, AGapInTheStreamIsRefusedAndNothingBehindItIsApplied) {
  const Applied applied =
      push(laptop_, {query(1, "a", "A"), query(3, "c", "C"), query(4, "d", "D")});
  EXPECT_EQ(applied.results.size(), 1U);
  ASSERT_TRUE(applied.error);
  EXPECT_EQ(applied.error->code, ErrorCode::bad_request);
  EXPECT_EQ(applied.error->path, "$.changes[1].device_seq");
  EXPECT_FALSE(stored(saved_query, "c"));
  EXPECT_EQ(push_one(laptop_, query(2, "b", "B")).status, Status::applied);
}

TEST_F(ApplyPush, AnotherChangeAtATakenPlaceMeansAFork) {
  push(laptop_, {query(1, "a", "A")});
  auto other = query(7, "b", "B");
  other.device_seq = DeviceSeq{1};
  const Applied applied = push(laptop_, {other});
  ASSERT_TRUE(applied.error);
  EXPECT_EQ(applied.error->code, ErrorCode::replica_forked);
  EXPECT_TRUE(applied.results.empty());
  EXPECT_FALSE(stored(saved_query, "b"));
}

TEST_F(ApplyPush, AChangeThatAnotherReplicaSentBeforeIsAppliedOnce) {
  const auto change = query(1, "a", "A");
  push(laptop_, {change});
  Author again = laptop_;
  again.replica = replica('N');
  EXPECT_EQ(push_one(again, change).status, Status::duplicate);
  EXPECT_EQ(image().state.head, Seq{1});
  // The answer was lost: the new replica asks at its own place.
  const Applied retry = push(again, {change});
  EXPECT_FALSE(retry.error);
  EXPECT_EQ(retry.results.at(0).status, Status::duplicate);
}

TEST_F(ApplyPush, ARejectedChangeConsumesItsPlaceAndIsRemembered) {
  const auto bad = upsert(1, connection, "c", R"({"name":"db","type":"paper"})");
  const ChangeResult refused = push_one(laptop_, bad);
  EXPECT_EQ(refused.status, Status::rejected);
  EXPECT_EQ(refused.error->path, "$.changes[0].data.type");
  EXPECT_EQ(push_one(laptop_, query(2, "a", "A")).status, Status::applied);
  const ChangeResult again = push_one(laptop_, bad);
  EXPECT_EQ(again.status, Status::duplicate);
  EXPECT_EQ(again.first_status, Status::rejected);
  EXPECT_EQ(again.error->code, ErrorCode::validation_error);
}

TEST_F(ApplyPush, APoisonousChangeBlocksNothing) {
  PushChange unreadable = query(2, "x", "X");
  unreadable.invalid = Error{.code = ErrorCode::validation_error, .path = "$.changes[1].hlc"};
  PushChange unknown = query(3, "y", "Y");
  unknown.type_text = "starship";
  PushChange nameless = query(4, "", "Z");
  PushChange empty = query(5, "e", "E");
  empty.data = Json();
  const Applied applied =
      push(laptop_, {query(1, "a", "A"), unreadable, unknown, nameless, empty, query(6, "b", "B")});
  ASSERT_EQ(applied.results.size(), 6U);
  for (std::size_t i = 1; i <= 4; ++i) {
    EXPECT_EQ(applied.results[i].status, Status::rejected) << i;
    EXPECT_TRUE(applied.results[i].error->path.starts_with("$.changes[" + std::to_string(i) + "]"));
  }
  EXPECT_EQ(applied.results[2].item_type, "starship");
  EXPECT_EQ(applied.results[5].status, Status::applied);
  EXPECT_EQ(applied.rows.size(), 2U);
}

TEST_F(ApplyPush, RefusesPrivateRowsAndDeviceLocalPreferences) {
  const Applied applied = push(
      laptop_, {upsert(1, query_history, "h", R"({"query":"q","privacy_mode":"private"})"),
                upsert(2, preference, "p", R"({"key":"p","value":1,"device_id":"laptop-1"})")});
  for (const ChangeResult& result : applied.results) EXPECT_EQ(result.status, Status::rejected);
  EXPECT_EQ(image().state.records, 0U);
}

TEST_F(ApplyPush, StoresNoCredential) {
  push(laptop_,
       {upsert(1, connection, "c", R"({"name":"db","type":"mysql","password":"canary"})")});
  EXPECT_EQ(stored(connection, "c")->content.find("canary"), std::string::npos);
}

TEST_F(ApplyPush, WritesAPreferenceUnderTheIdOfItsKeyAndNamesIt) {
  const ChangeResult result =
      push_one(laptop_, upsert(1, preference, "my-id", R"({"key":"theme","value":"dark"})"));
  EXPECT_EQ(result.item_id, "theme");
  EXPECT_TRUE(stored(preference, "theme"));
  EXPECT_FALSE(stored(preference, "my-id"));
}

TEST_F(ApplyPush, BeyondTheQuotaNewRecordsAreRefusedAndDeletesAreNot) {
  push(laptop_, {query(1, "a", "A")});
  quota_ = image().state.bytes + 10;
  const ChangeResult refused = push_one(laptop_, query(2, "b", "B"));
  EXPECT_EQ(refused.error->code, ErrorCode::quota_exceeded);
  EXPECT_EQ(push_one(laptop_, removal(3, saved_query, "a", stored(saved_query, "a")->rev)).status,
            Status::applied);
}

TEST_F(ApplyPush, ADeleteOfSomethingUnknownIsAcknowledged) {
  const ChangeResult result = push_one(laptop_, removal(1, saved_query, "q", {}));
  EXPECT_EQ(result.status, Status::unchanged);
  EXPECT_EQ(result.rev, Rev{});
}

TEST_F(ApplyPush, AVersionThatIsNotInThisHistoryAsksForAResync) {
  const ChangeResult result = push_one(
      laptop_, upsert(1, saved_query, "q", query_text("A", "q"), {Epoch{9}, Version{4}}, {"name"}));
  EXPECT_EQ(result.status, Status::rejected);
  EXPECT_EQ(result.error->code, ErrorCode::resync_required);
}

TEST_F(ApplyPush, RowsThatAreOverwrittenInTheSamePushAreSentOnce) {
  auto second =
      upsert(2, saved_query, "a", query_text("B", "SELECT 1"), {Epoch{}, Version{1}}, {"name"});
  const Applied applied = push(laptop_, {query(1, "a", "A"), second});
  ASSERT_EQ(applied.rows.size(), 1U);
  EXPECT_EQ(applied.rows[0].rev.version, Version{2});
  EXPECT_EQ(applied.to.seq, Seq{2});
}

TEST_F(ApplyPush, ACopyIsAmongTheRowsThatNoResultDescribes) {
  push(laptop_, {query(1, "a", "A")});
  const Rev base = stored(saved_query, "a")->rev;
  push(laptop_, {upsert(2, saved_query, "a", query_text("mine", "SELECT 1"), base, {"name"})});
  auto theirs = upsert(5, saved_query, "a", query_text("theirs", "SELECT 1"), base, {"name"});
  theirs.device_seq = DeviceSeq{1};
  const Applied applied = push(tablet_, {theirs});
  ASSERT_EQ(applied.results[0].status, Status::conflict);
  EXPECT_FALSE(applied.results[0].copy_id.empty());
  const auto beyond = rows_beyond_results(applied);
  ASSERT_EQ(beyond.size(), 2U);  // the copy and the conflict
  EXPECT_EQ(beyond[0].id, applied.results[0].copy_id);
  EXPECT_EQ(beyond[1].type, conflict);

  const Applied again = push(tablet_, {theirs});
  EXPECT_EQ(again.results[0].copy_id, applied.results[0].copy_id);
  EXPECT_EQ(rows_beyond_results(again), beyond);
}

// A page may end anywhere: whoever read what won can give both back to a restored server.
TEST_F(ApplyPush, WhatLostIsWrittenBeforeWhatWon) {
  push(laptop_, {upsert(1, ai_session, "s", R"({"title":"mine"})")});
  auto theirs = upsert(5, ai_session, "s", R"({"title":"theirs"})");
  theirs.device_seq = DeviceSeq{1};
  const Applied applied = push(tablet_, {theirs});
  ASSERT_EQ(applied.rows.size(), 2U);
  EXPECT_EQ(applied.rows[0].type, conflict);
  EXPECT_NE(applied.rows[0].content.find("mine"), std::string::npos);
  EXPECT_EQ(applied.rows[1].id, "s");
  EXPECT_LT(applied.rows[0].seq, applied.rows[1].seq);
}

// Where a restore takes the conflict away, nobody else may know what lost.
TEST_F(ApplyPush, ADuplicateTellsOfTheConflictThatItWas) {
  push(laptop_, {upsert(1, ai_session, "s", R"({"title":"mine"})")});
  auto theirs = upsert(5, ai_session, "s", R"({"title":"theirs"})");
  theirs.device_seq = DeviceSeq{1};
  const Applied first = push(tablet_, {theirs});
  ASSERT_EQ(first.results[0].status, Status::conflict);
  ASSERT_TRUE(first.results[0].copy_id.empty());
  const Applied again = push(tablet_, {theirs});
  const auto beyond = rows_beyond_results(again);
  ASSERT_EQ(beyond.size(), 1U);
  EXPECT_EQ(beyond, rows_beyond_results(first));
  EXPECT_EQ(beyond[0].id, again.results[0].conflict_id);
  EXPECT_NE(beyond[0].content.find("mine"), std::string::npos);
}

// A device that was restored from a backup makes its edit once more, under another id.
TEST_F(ApplyPush, WhoHearsOfAVersionThatItDoesNotKnowHearsOfItsConflicts) {
  push(laptop_, {upsert(1, ai_session, "s", R"({"title":"mine"})")});
  auto theirs = upsert(5, ai_session, "s", R"({"title":"theirs"})");
  theirs.device_seq = DeviceSeq{1};
  const Applied first = push(tablet_, {theirs});
  Author restored = tablet_;
  restored.replica = replica('N');
  theirs.change = change_id(9);
  theirs.data = parse_json(stored(ai_session, "s")->content).value();
  const Applied again = push(restored, {theirs});
  ASSERT_EQ(again.results[0].status, Status::unchanged);
  EXPECT_EQ(rows_beyond_results(again), rows_beyond_results(first));
}

TEST_F(ApplyPush, WhoHasReadTheConflictsOfARecordHearsNoMoreOfThem) {
  push(laptop_, {upsert(1, ai_session, "s", R"({"title":"mine"})")});
  auto theirs = upsert(5, ai_session, "s", R"({"title":"theirs"})");
  theirs.device_seq = DeviceSeq{1};
  const Applied lost = push(tablet_, {theirs});
  const Rev base{stored(ai_session, "s")->rev.epoch, Version{1}};
  const auto stale = [&](std::uint64_t seq) {
    return upsert(seq, ai_session, "s", R"({"title":"mine","summary":"S"})", base, {"summary"});
  };
  EXPECT_EQ(rows_beyond_results(push(laptop_, {stale(2)})).size(), 1U);
  read_ = lost.to;
  EXPECT_TRUE(rows_beyond_results(push(laptop_, {stale(3)})).empty());
}

TEST_F(ApplyPush, OfVeryManyConflictsAnAnswerTellsWhatFits) {
  constexpr std::size_t bytes = 100'000;
  push(laptop_, {upsert(1, ai_session, "s", R"({"title":"mine"})")});
  write([&](UserTxn& log) {
    for (std::size_t i = 0; i < limits::answer_bytes_max / bytes + 2; ++i) {
      Record row{.type = conflict, .id = "x-" + std::to_string(i), .rev = {{}, Version{1}}};
      row.content = std::string(bytes, ' ');
      log.put(row);
      log.conflict_opened(row.id, ai_session, "s", "phone");
    }
  });
  const auto told = rows_beyond_results(push(laptop_, {upsert(2, ai_session, "s", "{}")}));
  EXPECT_EQ(told.size(), limits::answer_bytes_max / bytes + 1);
}

TEST_F(ApplyPush, AnOpenConflictOfSeveralDuplicatesIsToldOnce) {
  choose(saved_query, Strategy::user_choice);
  push(laptop_, {query(1, "a", "A")});
  const Rev base = stored(saved_query, "a")->rev;
  push(laptop_, {upsert(2, saved_query, "a", query_text("mine", "SELECT 1"), base, {"name"})});
  std::vector<PushChange> theirs;
  for (std::uint64_t seq = 1; seq <= 2; ++seq) {
    const std::string text = query_text("theirs " + std::to_string(seq), "SELECT 1");
    theirs.push_back(upsert(seq + 4, saved_query, "a", text, base, {"name"}));
    theirs.back().device_seq = DeviceSeq{seq};
  }
  push(tablet_, theirs);
  const auto beyond = rows_beyond_results(push(tablet_, theirs));
  ASSERT_EQ(beyond.size(), 1U);
  EXPECT_EQ(beyond[0].type, conflict);
  EXPECT_NE(beyond[0].content.find("theirs 2"), std::string::npos);
}

TEST_F(ApplyPush, CorrectsTheStampsOfAClockThatIsWrong) {
  const WallTime server = now_;
  PushChange ahead = query(1, "a", "A");
  ahead.stamp = Stamp::at(server + Millis{1LL << 40});
  EXPECT_LE(push_one(laptop_, ahead).stamp.wall(), server + Millis{5 * 60'000});
}

}  // namespace
}  // namespace studiosync::testing
