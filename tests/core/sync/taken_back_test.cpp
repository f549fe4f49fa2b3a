// One change reaches a restored server twice: given back by a device that has its effect, and sent
// again by its author, who never had an answer.
#include "core/sync/taken_back.hpp"

#include "tests/core/sync/restore_fixture.hpp"

namespace studiosync::testing {
namespace {

constexpr auto query = EntityType::saved_query;

class TakenBackTest : public RestoreTest {
 protected:
  TakenBackTest() {
    edit(laptop_, 1, "q", "a", "select 1");
    back_up();
  }

  // The laptop's change that both ways bring back.
  PushChange change(Rev base) const {
    return upsert(2, query, "q", query_text("lost", "select 1"), base, {"name"});
  }
  // The laptop's change is lost, and whoever knows its effect gives it back.
  void come_back(const PushChange& mine) {
    push_by(laptop_, mine);
    const auto lost = known();
    restore();
    give_back(lost);
  }
  // As push_by sends it.
  PushChange by_laptop(PushChange mine) const {
    mine.change.bytes[0] = laptop_.replica.bytes[0];
    return mine;
  }
  // As its author sends it after the restore: in a new stream, and with a clock that is corrected
  // by more than before.
  ChangeResult sent_anew(PushChange mine) {
    Author author = laptop_;
    author.replica = successor_of(laptop_.replica, now_.unix_ms, random_);
    mine.device_seq = DeviceSeq{1};
    mine.stamp = Stamp::at(now_ + Millis{1000});
    return push_one(author, by_laptop(mine));
  }
  ChangeResult in_new_stream(PushChange mine) {
    Author author = laptop_;
    author.replica = successor_of(laptop_.replica, now_.unix_ms, random_);
    mine.device_seq = DeviceSeq{1};
    return push_one(author, by_laptop(mine));
  }
  Random random_{1};
  void expect_known_in_new_stream(const PushChange& change) {
    const Record before = session();
    EXPECT_EQ(in_new_stream(change).status, Status::unchanged);
    EXPECT_EQ(session(), before);
  }
  Record session() { return stored(EntityType::ai_session, "s").value_or(Record{}); }
  // The laptop's count of a chat that it does not know yet.
  PushChange counted(int tokens) const {
    return upsert(2, EntityType::ai_session, "s",
                  R"({"token_count":)" + std::to_string(tokens) + "}");
  }
  // The tablet's later edit of one field of it as it is stored now.
  void edit_chat(std::uint64_t seq, std::string_view field, Json value) {
    now_ = now_ + Millis{1};
    const Record before = session();
    Json data = before.content.empty() ? Json::object() : json(before.content);
    data.set(std::string(field), std::move(value));
    push_by(tablet_, upsert(seq, EntityType::ai_session, "s", data.canonical(), before.rev,
                            {std::string(field)}));
  }
  // Somebody's edit of the same field in the history after the restore.
  void edit_here() { edit(tablet_, 1, "q", "ours", "select 1", {"name"}); }
  std::vector<Record> copies() const {
    std::vector<Record> found;
    for (const auto& [seq, record] : image().log) {
      if (record.type == query && record.id.starts_with("c-")) found.push_back(record);
    }
    return found;
  }
};

TEST_F(TakenBackTest, AChangeThatWasGivenBackIsInNoConflictWithItself) {
  const PushChange mine = upsert(2, query, "q", query_text("lost", "select 1", "f"), saved("q").rev,
                                 {"name", "folder"});
  push_by(laptop_, mine);
  edit(tablet_, 1, "q", "lost", "select 2", {"query"});
  edit(tablet_, 2, "q", "later", "select 2", {"name"});
  const auto lost = known();
  restore();
  give_back(lost);
  const Record before = saved("q");
  const ChangeResult again = push_by(laptop_, mine);
  EXPECT_EQ(again.status, Status::unchanged);
  EXPECT_EQ(again.rev, before.rev);
  EXPECT_EQ(again.record, before);
  EXPECT_EQ(saved("q"), before);
  EXPECT_TRUE(copies().empty());
}

TEST_F(TakenBackTest, ACopyThatWentOnStaysWhenItsChangeComesAgain) {
  const PushChange mine = change(saved("q").rev);
  edit_here();
  const std::string copy = push_by(laptop_, mine).copy_id;
  edit(tablet_, 2, copy, "the copy went on", "select 1");
  const auto lost = known();
  restore();
  give_back(lost);
  const Record before = saved(copy);
  const Applied again = push(laptop_, {by_laptop(mine)});
  ASSERT_EQ(again.results.size(), 1U);
  EXPECT_EQ(again.results[0].copy_id, copy);
  EXPECT_EQ(saved(copy), before);
  ASSERT_FALSE(rows_beyond_results(again).empty());
  EXPECT_EQ(rows_beyond_results(again)[0], before);
}

TEST_F(TakenBackTest, OneTextThatLosesTwiceHasOneCopy) {
  const PushChange mine = change(saved("q").rev);
  for (const bool author_first : {true, false}) {
    SCOPED_TRACE(author_first);
    restore();
    push_by(laptop_, mine);
    const auto lost = known();
    restore();
    edit_here();
    if (author_first) push_by(laptop_, mine);
    give_back(lost);
    if (!author_first) push_by(laptop_, mine);
    EXPECT_EQ(saved("q").content, query_text("ours", "select 1"));
    ASSERT_EQ(copies().size(), 1U);
    EXPECT_EQ(copies()[0].content, query_text("lost (conflicted copy - laptop)", "select 1"));
  }
}

TEST_F(TakenBackTest, AnotherTextThatLosesHasItsOwnCopy) {
  push_by(laptop_, change(saved("q").rev));
  const auto lost = known();
  restore();
  PushChange other = change(saved("q").rev);
  edit_here();
  give_back(lost);
  other.data = json(query_text("other", "select 1"));
  push_by(laptop_, other);
  EXPECT_EQ(copies().size(), 2U);
}

TEST_F(TakenBackTest, AChangeThatOthersHaveReplacedSinceDoesNotComeBackWhenItIsSentAnew) {
  const PushChange mine = change(saved("q").rev);
  come_back(mine);
  edit(tablet_, 1, "q", "later", "select 1", {"name"});
  const Record before = saved("q");
  const ChangeResult again = sent_anew(mine);
  EXPECT_EQ(again.status, Status::unchanged);
  EXPECT_EQ(again.record, before);
  EXPECT_EQ(saved("q"), before);
  EXPECT_TRUE(copies().empty());
}

TEST_F(TakenBackTest, ARecordThatOthersHaveDeletedSinceDoesNotComeBackWhenItIsSentAnew) {
  const PushChange mine = upsert(2, query, "new", query_text("new", "select 1"));
  come_back(mine);
  push_by(tablet_, removal(1, query, "new", saved("new").rev));
  EXPECT_EQ(sent_anew(mine).status, Status::unchanged);
  EXPECT_TRUE(saved("new").deleted);
}

TEST_F(TakenBackTest, TheSameTextThatIsWrittenOnceMoreAfterOthersDeletedItIsNews) {
  PushChange mine = upsert(2, query, "new", query_text("new", "select 1"));
  come_back(mine);
  push_by(tablet_, removal(1, query, "new", saved("new").rev));
  now_ = now_ + Millis{3'000};
  mine.stamp = Stamp::at(now_);
  EXPECT_EQ(in_new_stream(mine).status, Status::applied);
  EXPECT_FALSE(saved("new").deleted);
}

TEST_F(TakenBackTest, AnotherTextOfTheSameDeviceIsNews) {
  PushChange mine = change(saved("q").rev);
  come_back(mine);
  edit(tablet_, 1, "q", "later", "select 1", {"name"});
  mine.data = json(query_text("another", "select 1"));
  EXPECT_EQ(sent_anew(mine).status, Status::conflict);
}

TEST_F(TakenBackTest, TheSameTextOfAnotherDeviceIsNews) {
  const PushChange mine = change(saved("q").rev);
  come_back(mine);
  edit(tablet_, 1, "q", "later", "select 1", {"name"});
  const Author phone{replica('P'), {"phone-1"}, "phone"};
  PushChange equal = mine;
  equal.device_seq = DeviceSeq{1};
  equal.stamp = Stamp::at(now_ + Millis{1});
  EXPECT_EQ(push_by(phone, equal).status, Status::conflict);
}

TEST_F(TakenBackTest, TheSameTextOfAPlainClientIsNews) {
  come_back(change(saved("q").rev));
  edit(tablet_, 1, "q", "later", "select 1", {"name"});
  PlainChange equal;
  equal.id = "k1";
  equal.type = query;
  equal.type_text = "saved_query";
  equal.item_id = "q";
  equal.data = json(query_text("lost", "select 1"));
  equal.base = Version{1};
  equal.stamp = Stamp::at(now_);
  const Author script{{}, laptop_.device, "script"};
  EXPECT_EQ(upload(script, {equal}).results.at(0).status, Status::conflict);
}

TEST_F(TakenBackTest, APartOfWhatWasTakenBackIsKnownByItsStampWhenItIsSentAnew) {
  const PushChange mine = counted(10);
  push_by(laptop_, mine);
  edit_chat(1, "title", "named");
  const auto lost = known();
  restore();
  give_back(lost);
  edit_chat(1, "token_count", 5);
  expect_known_in_new_stream(mine);
}

TEST_F(TakenBackTest, APartOfWhatWasTakenBackIntoOthersEditsIsKnown) {
  const PushChange mine = counted(10);
  push_by(laptop_, mine);
  edit_chat(1, "title", "named");
  const auto lost = known();
  restore();
  edit_chat(1, "token_count", 7);
  give_back(lost);
  EXPECT_EQ(session().content, R"({"title":"named","token_count":10})");
  edit_chat(2, "token_count", 5);
  expect_known_in_new_stream(mine);
}

TEST_F(TakenBackTest, WhatWasTakenBackAloneIntoOthersEditsIsKnown) {
  const PushChange mine = counted(10);
  push_by(laptop_, mine);
  const auto lost = known();
  restore();
  edit_chat(1, "token_count", 7);
  give_back(lost);
  EXPECT_EQ(session().content, R"({"token_count":10})");
  edit_chat(2, "token_count", 5);
  expect_known_in_new_stream(mine);
}

TEST_F(TakenBackTest, WhatWasTakenBackAloneIsKnownWhenOthersEditsOfItFollow) {
  const PushChange mine = counted(10);
  push_by(laptop_, mine);
  const auto alone = known();
  edit_chat(1, "title", "named");
  const auto lost = known();
  restore();
  give_back(alone);
  give_back(lost);
  edit_chat(1, "token_count", 5);
  expect_known_in_new_stream(mine);
}

TEST_F(TakenBackTest, WhatWasTakenBackAndReplacedIsNoEditOfALaterLostVersion) {
  push_by(laptop_, counted(10));
  const auto alone = known();
  now_ = now_ + Millis{1};
  push_by(laptop_, upsert(3, EntityType::ai_session, "s", R"({"title":"named","token_count":10})",
                          session().rev, {"title"}));
  const auto lost = known();
  restore();
  edit_chat(1, "summary", "ours");
  give_back(alone);
  edit_chat(2, "token_count", 5);
  give_back(lost);
  EXPECT_EQ(session().content, R"({"summary":"ours","title":"named","token_count":5})");
}

// It lost nothing then: there is no conflict that its author would find it by.
TEST_F(TakenBackTest, WhatWasMergedAndReplacedIsNoNewsWhenItsAuthorSendsIt) {
  const PushChange mine =
      upsert(2, query, "q", query_text("a", "select lost"), saved("q").rev, {"query"});
  push_by(laptop_, mine);
  const auto lost = known();
  restore();
  edit_here();
  give_back(lost);
  ASSERT_EQ(saved("q").content, query_text("ours", "select lost"));
  edit(tablet_, 2, "q", "ours", "select 3", {"query"});
  const Record before = saved("q");
  EXPECT_EQ(in_new_stream(mine).status, Status::unchanged);
  EXPECT_EQ(saved("q"), before);
  EXPECT_TRUE(copies().empty());
}

TEST_F(TakenBackTest, AnotherEditOfTheSameMomentIsNews) {
  const PushChange mine = counted(10);
  push_by(laptop_, mine);
  edit_chat(1, "title", "named");
  const auto lost = known();
  restore();
  give_back(lost);
  edit_chat(1, "token_count", 5);
  PushChange other = counted(11);
  other.stamp = mine.stamp;
  EXPECT_EQ(in_new_stream(other).status, Status::conflict);
}

TEST_F(TakenBackTest, AnEditOfAnotherDeviceIsNewsAlthoughItMadeAPartOfItAtTheSameMoment) {
  constexpr auto preference = EntityType::preference;
  const PushChange mine = upsert(2, preference, "theme", R"({"key":"theme","value":1})");
  push_by(laptop_, mine);
  const Rev base = stored(preference, "theme").value_or(Record{}).rev;
  now_ = now_ + Millis{1};
  push_by(laptop_, upsert(3, preference, "theme", R"({"key":"theme","value":2})", base, {"value"}));
  const auto lost = known();
  restore();
  give_back(lost);
  PushChange other = upsert(1, preference, "theme", R"({"key":"theme","value":3})");
  other.stamp = mine.stamp;
  EXPECT_EQ(push_by(tablet_, other).status, Status::conflict);
}

// Nobody who gave something back says whose stream it is that the known part is of.
TEST_F(TakenBackTest, AnEditOfAnotherReplicasLineIsNewsAlthoughItMadeAPartOfItAtTheSameMoment) {
  const PushChange mine = counted(10);
  push_by(laptop_, mine);
  edit_chat(1, "title", "named");
  const auto lost = known();
  restore();
  give_back(lost);
  edit_chat(1, "summary", "ours");
  PushChange other = upsert(1, EntityType::ai_session, "s",
                            R"({"summary":"other","title":"other","token_count":10})");
  other.stamp = mine.stamp;
  EXPECT_NE(push_by({replica('P'), {"phone-1"}, "phone"}, other).status, Status::unchanged);
}

// Somebody gave back the conflict, and the record that both were merged into.
TEST_F(TakenBackTest, WhatWasMergedWithARivalBeforeDoesNotUndoWhatWasWrittenSince) {
  const auto chat = EntityType::ai_session;
  push_by(laptop_, upsert(2, chat, "s", R"({"title":"t"})"));
  const Rev base = session().rev;
  const PushChange mine = upsert(3, chat, "s", R"({"title":"t","summary":"a"})", base, {"summary"});
  back_up();
  push_by(tablet_, upsert(1, chat, "s", R"({"title":"t","summary":"b"})", base, {"summary"}));
  ASSERT_EQ(push_by(laptop_, mine).status, Status::conflict);
  const auto lost = known();
  restore();
  give_back(lost);
  Author anew = tablet_;
  anew.replica = replica('M');
  push_by(anew, upsert(1, chat, "s", R"({"title":"t","summary":""})", session().rev, {"summary"}));
  EXPECT_EQ(sent_anew(mine).status, Status::unchanged);
  EXPECT_EQ(session().content, R"({"summary":"","title":"t"})");
}

// The conflict came back, but not the record, which had the text in it.
TEST_F(TakenBackTest, WhatWasMergedWithARivalIsNewsWhereOnlyTheConflictCameBack) {
  const auto chat = EntityType::ai_session;
  push_by(laptop_, upsert(2, chat, "s", R"({"title":"t"})"));
  const Rev base = session().rev;
  const PushChange mine = upsert(3, chat, "s", R"({"title":"t","summary":"a"})", base, {"summary"});
  push_by(tablet_, upsert(1, chat, "s", R"({"title":"t","summary":"b"})", base, {"summary"}));
  back_up();
  ASSERT_EQ(push_by(laptop_, mine).status, Status::conflict);
  auto lost = known();
  std::erase_if(lost, [&](const Record& row) { return row.type == chat; });
  restore();
  give_back(lost);
  EXPECT_EQ(sent_anew(mine).status, Status::conflict);
  EXPECT_EQ(session().content, R"({"summary":"b\n\na","title":"t"})");
}

// The laptop's clone numbers its changes as the laptop does.
TEST_F(TakenBackTest, AnotherChangeWithTheNumberOfOneTakenBackIsNotThatOne) {
  PushChange other = change(saved("q").rev);
  PushChange mine = other;
  mine.stamp = Stamp::at(now_ - Millis{1000});
  come_back(mine);
  other.data = json(query_text("other", "select 1"));
  EXPECT_EQ(push_by(laptop_, other).status, Status::conflict);
}

// Clones can edit a record at one moment.
TEST_F(TakenBackTest, AnotherTextWithTheNumberAndTheStampOfOneTakenBackIsNotThatOne) {
  PushChange other = change(saved("q").rev);
  come_back(other);
  other.data = json(query_text("other", "select 1"));
  other.change.bytes[1] = 1;
  EXPECT_EQ(push_by(laptop_, other).status, Status::conflict);
  EXPECT_EQ(saved("q").content, query_text("lost", "select 1"));
}

// What tells them apart is replaced by then.
TEST_F(TakenBackTest, AnotherCreationWithTheNumberAndTheStampOfOneTakenBackIsNotThatOne) {
  PushChange other = upsert(2, query, "made", query_text("other", "select 1"));
  push_by(laptop_, upsert(2, query, "made", query_text("lost", "select 1")));
  const auto lost = known();
  restore();
  give_back(lost);
  edit(tablet_, 1, "made", "ours", "select 1", {"name"});
  other.change.bytes[1] = 1;
  EXPECT_EQ(push_by(laptop_, other).status, Status::conflict);
}

TEST_F(TakenBackTest, AChangeOfAnotherRecordInThePlaceOfOneTakenBackTellsAClone) {
  PushChange mine = change(saved("q").rev);
  mine.stamp = Stamp::at(now_ - Millis{1000});
  come_back(mine);
  const PushChange other =
      by_laptop(upsert(2, query, "other", query_text("other", "select 1"), {}));
  const Applied applied = push(laptop_, {other});
  ASSERT_TRUE(applied.error);
  EXPECT_EQ(applied.error->code, ErrorCode::replica_forked);
  EXPECT_FALSE(stored(query, "other"));
}

TEST_F(TakenBackTest, AStampTellsNoChangeOfAnotherRecordFromTheOneTakenBack) {
  PushChange mine = change(saved("q").rev);
  come_back(mine);
  PushChange other = by_laptop(upsert(2, query, "other", query_text("other", "select 1"), {}));
  other.stamp = mine.stamp;
  const Applied applied = push(laptop_, {other});
  ASSERT_TRUE(applied.error);
  EXPECT_EQ(applied.error->code, ErrorCode::replica_forked);
}

TEST_F(TakenBackTest, AChangeWhoseStampIsCorrectedAnewIsNotNewerThanWhatReplacedIt) {
  const PushChange mine =
      upsert(2, EntityType::preference, "theme", R"({"key":"theme","value":1})");
  push_by(laptop_, mine);
  const auto edited = [&](const Author& author, std::uint64_t seq, std::string_view content) {
    const Rev base = stored(EntityType::preference, "theme").value_or(Record{}).rev;
    PushChange change = upsert(seq, EntityType::preference, "theme", content, base, {"value"});
    change.stamp = Stamp::at(now_ + Millis{500});
    return push_by(author, change);
  };
  edited(laptop_, 3, R"({"key":"theme","value":2})");
  const auto lost = known();
  restore();
  give_back(lost);
  const std::string last = R"({"key":"theme","value":3})";
  ASSERT_EQ(edited(tablet_, 1, last).status, Status::applied);
  PushChange again = mine;
  again.stamp = Stamp::at(now_ + Millis{1000});
  EXPECT_EQ(push_by(laptop_, again).status, Status::conflict);
  EXPECT_EQ(stored(EntityType::preference, "theme")->content, last);
}

TEST_F(TakenBackTest, TheNextChangeOfAStreamThatWasTakenBackIsWelcome) {
  push_by(laptop_, change(saved("q").rev));
  const auto lost = known();
  restore();
  push_by(laptop_, change(saved("q").rev));
  give_back(lost);
  EXPECT_EQ(edit(laptop_, 3, "other", "other", "select 1").status, Status::applied);
}

}  // namespace
}  // namespace studiosync::testing
