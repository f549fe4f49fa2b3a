// One change is in both histories after a restore: its author had no answer and sent it again,
// before another device gives back what it had become in the lost one.
#include "core/sync/sent_again.hpp"

#include "tests/core/sync/restore_fixture.hpp"

namespace studiosync::testing {
namespace {

constexpr auto query = EntityType::saved_query;

class SentAgainTest : public RestoreTest {
 protected:
  std::size_t conflicts() const {
    return static_cast<std::size_t>(std::ranges::count(
        image().log, EntityType::conflict, [](const auto& row) { return row.second.type; }));
  }
  PushChange creation(std::string_view name) const {
    return upsert(1, query, "q", query_text(name, "select 1"));
  }
};

TEST_F(SentAgainTest, WhatCameByItselfAndWentOnIsNotTakenBack) {
  back_up();
  push_by(laptop_, creation("a"));
  const auto lost = known();
  restore();
  push_by(laptop_, creation("a"));
  edit(laptop_, 2, "q", "b", "select 1", {"name"});
  const Record before = saved("q");
  const auto answer = give_back(lost);
  EXPECT_EQ(saved("q"), before);
  EXPECT_EQ(conflicts(), 0U);
  ASSERT_EQ(answer.changes.size(), 1U);
  EXPECT_EQ(answer.changes[0], before);
}

// Its clock was corrected by another difference, or it had to begin a new stream.
TEST_F(SentAgainTest, TheSameTextIsKnownWhateverItsPlaceAndStamp) {
  for (const Author& author : {laptop_, tablet_}) {
    back_up();
    push_by(laptop_, creation("a"));
    const auto lost = known();
    restore();
    now_ = now_ + Millis{1};
    push_by(author, creation("a"));
    edit(author, 2, "q", "b", "select 1", {"name"});
    const Record before = saved("q");
    give_back(lost);
    EXPECT_EQ(saved("q"), before);
    EXPECT_EQ(conflicts(), 0U);
    restore();
  }
}

TEST_F(SentAgainTest, WhatCameByItselfAndIsDeletedAndForgottenStaysGone) {
  back_up();
  push_by(laptop_, creation("a"));
  const auto lost = known();
  restore();
  push_by(laptop_, creation("a"));
  push_by(laptop_, removal(2, query, "q", saved("q").rev));
  const Rev gone = saved("q").rev;
  collect_the_tombstone();
  give_back(lost);
  EXPECT_TRUE(saved("q").deleted);
  EXPECT_GT(saved("q").rev.version, gone.version);
  EXPECT_TRUE(image().archive.empty());
}

TEST_F(SentAgainTest, WhatOthersWroteBeforeItInTheLostHistoryIsStillTheirs) {
  edit(laptop_, 1, "q", "a", "select 1");
  const Rev fork = saved("q").rev;
  const PushChange renamed = upsert(2, query, "q", query_text("b", "select 1"), fork, {"name"});
  back_up();
  edit(tablet_, 1, "q", "a", "select of the tablet", {"query"});
  push_by(laptop_, renamed);
  const auto lost = known();
  restore();
  push_by(laptop_, renamed);
  const Rev seen = saved("q").rev;
  give_back(lost);
  EXPECT_EQ(saved("q").content, query_text("b", "select of the tablet"));
  const auto unseen = push_by(
      laptop_, upsert(3, query, "q", query_text("b", "select of the laptop"), seen, {"query"}));
  EXPECT_EQ(unseen.status, Status::conflict);
}

// Both histories have it as their third version, upon a second one that is not the same.
TEST_F(SentAgainTest, OthersEditsBelowItAreOfTheirOwnHistoryEach) {
  const auto session = [&](std::uint64_t seq, std::string_view data, Rev base, const char* field) {
    return upsert(seq, EntityType::ai_session, "s", data, base, {field});
  };
  push_by(laptop_, upsert(1, EntityType::ai_session, "s", R"({"title":"a"})"));
  const Rev fork = stored(EntityType::ai_session, "s").value_or(Record{}).rev;
  const PushChange renamed = session(2, R"({"title":"b"})", fork, "title");
  back_up();
  push_by(tablet_, session(1, R"({"summary":"lost","title":"a"})", fork, "summary"));
  push_by(laptop_, renamed);
  const auto lost = known();
  restore();
  push_by(tablet_, session(1, R"({"title":"a","token_count":7})", fork, "token_count"));
  push_by(laptop_, renamed);
  give_back(lost);
  EXPECT_EQ(stored(EntityType::ai_session, "s")->content,
            R"({"summary":"lost","title":"b","token_count":7})");
}

TEST_F(SentAgainTest, WhatCameInANewStreamAndWasReplacedIsNoEditOfALaterLostVersion) {
  constexpr auto chat = EntityType::ai_session;
  const auto rev = [&] { return stored(chat, "s").value_or(Record{}).rev; };
  push_by(laptop_, upsert(1, chat, "s", R"({"title":"a"})"));
  now_ = now_ + Millis{1};
  PushChange counted =
      upsert(2, chat, "s", R"({"title":"a","token_count":10})", rev(), {"token_count"});
  back_up();
  push_by(laptop_, counted);
  push_by(tablet_, upsert(1, chat, "s", R"({"summary":"lost","title":"a","token_count":10})", rev(),
                          {"summary"}));
  const auto lost = known();
  restore();
  Author anew = laptop_;
  anew.replica = replica('N');
  counted.device_seq = DeviceSeq{1};
  push_by(anew, counted);
  now_ = now_ + Millis{1};
  PushChange lowered =
      upsert(3, chat, "s", R"({"title":"a","token_count":5})", rev(), {"token_count"});
  lowered.device_seq = DeviceSeq{2};
  push_by(anew, lowered);
  give_back(lost);
  EXPECT_EQ(stored(chat, "s")->content, R"({"summary":"lost","title":"a","token_count":5})");
}

// Both devices made the chat; of the one's creation others left only the count.
TEST_F(SentAgainTest, ACreationOfWhichALostVersionHasAPartIsNoEditOfIt) {
  constexpr auto chat = EntityType::ai_session;
  back_up();
  push_by(tablet_, upsert(1, chat, "s", R"({"summary":"long"})"));
  now_ = now_ + Millis{1};
  PushChange made = upsert(1, chat, "s", R"({"summary":"","token_count":10})");
  push_by(laptop_, made);
  ASSERT_EQ(stored(chat, "s")->content, R"({"summary":"long","token_count":10})");
  const auto lost = known();
  restore();
  Author anew = laptop_;
  anew.replica = replica('N');
  push_by(anew, made);
  now_ = now_ + Millis{1};
  const Rev rev = stored(chat, "s")->rev;
  push_by(anew, upsert(2, chat, "s", R"({"summary":"","token_count":5})", rev, {"token_count"}));
  give_back(lost);
  EXPECT_EQ(stored(chat, "s")->content, R"({"summary":"long","token_count":5})");
}

TEST_F(SentAgainTest, AClonesChangeOfTheSameMomentIsAnother) {
  edit(laptop_, 1, "q", "a", "select 1");
  const auto renamed = [&, fork = saved("q").rev](std::string_view name) {
    return upsert(2, query, "q", query_text(name, "select 1"), fork, {"name"});
  };
  back_up();
  push_by(laptop_, renamed("mine"));
  const auto lost = known();
  restore();
  push_by(laptop_, renamed("the clone's"));
  give_back(lost);
  EXPECT_EQ(conflicts(), 1U);
}

// Both were made behind the record's last stamp: results tell the same one of them.
TEST_F(SentAgainTest, AClonesChangeWhoseStampWasRaisedToTheSameIsAnother) {
  edit(laptop_, 1, "q", "a", "select 1");
  const Rev fork = saved("q").rev;
  const auto edited = [&](std::string_view text, std::string_view field, int ms_behind) {
    PushChange change = upsert(2, query, "q", text, fork, {std::string(field)});
    change.stamp = Stamp::at(now_ - Millis{ms_behind});
    return change;
  };
  for (const std::string field : {"name", "query"}) {
    back_up();
    push_by(laptop_, edited(query_text("mine", "select 1"), "name", 20));
    const auto lost = known();
    restore();
    push_by(laptop_, edited(query_text("the clone's", "select 2"), field, 10));
    give_back(lost);
    const bool meet = field == "name";
    EXPECT_EQ(conflicts(), meet ? 1U : 0U);
    if (!meet) {
      EXPECT_EQ(saved("q").content, query_text("mine", "select 2"));
    }
    restore();
  }
}

TEST_F(SentAgainTest, ATextThatWasHereBeforeTheForkOnlyIsTakenBack) {
  edit(laptop_, 1, "q", "a", "select 1");
  back_up();
  now_ = now_ + Millis{1};
  edit(laptop_, 2, "q", "b", "select 1", {"name"});
  now_ = now_ + Millis{1};
  edit(laptop_, 3, "q", "a", "select 1", {"name"});
  const auto lost = known();
  restore();
  edit(tablet_, 1, "q", "ours", "select 1", {"name"});
  give_back(lost);
  EXPECT_EQ(conflicts(), 1U);
}

TEST_F(SentAgainTest, OnlyWhatFollowedOnItIsTakenBack) {
  back_up();
  push_by(laptop_, creation("a"));
  edit(tablet_, 1, "q", "a", "select 2", {"query"});
  const auto lost = known();
  restore();
  push_by(laptop_, creation("a"));
  edit(laptop_, 2, "q", "b", "select 1", {"name"});
  give_back(lost);
  EXPECT_EQ(saved("q").content, query_text("b", "select 2"));
  EXPECT_EQ(conflicts(), 0U);
}

// Nothing in the two versions is the same change.
TEST_F(SentAgainTest, OnlyWhatFollowedOnItIsTakenBackWhereAllElseWentOn) {
  const auto session = [&](std::uint64_t seq, std::string_view data, Rev base, const char* field) {
    return upsert(seq, EntityType::ai_session, "s", data, base, {field});
  };
  const auto rev = [&] { return stored(EntityType::ai_session, "s")->rev; };
  back_up();
  push_by(laptop_, session(1, R"({"title":"a"})", {}, "title"));
  push_by(tablet_, session(1, R"({"title":"a","token_count":7})", rev(), "token_count"));
  const auto lost = known();
  restore();
  push_by(laptop_, session(1, R"({"title":"a"})", {}, "title"));
  push_by(laptop_, session(2, R"({"title":"b"})", rev(), "title"));
  give_back(lost);
  EXPECT_EQ(stored(EntityType::ai_session, "s")->content, R"({"title":"b","token_count":7})");
  EXPECT_EQ(conflicts(), 0U);
}

TEST_F(SentAgainTest, ADeleteThatCameByItselfDoesNotDeleteWhatWasMadeAnew) {
  edit(laptop_, 1, "q", "a", "select 1");
  const PushChange removal_of_it = removal(2, query, "q", saved("q").rev);
  back_up();
  push_by(laptop_, removal_of_it);
  const auto lost = known();
  restore();
  push_by(laptop_, removal_of_it);
  edit(tablet_, 1, "q", "anew", "select 2");
  give_back(lost);
  EXPECT_EQ(saved("q").content, query_text("anew", "select 2"));
  EXPECT_EQ(conflicts(), 0U);
}

// The laptop's clone gives the same numbers to other changes.
TEST_F(SentAgainTest, AnotherChangeInTheSamePlaceIsNotThatOne) {
  back_up();
  push_by(laptop_, creation("lost"));
  const auto lost = known();
  restore();
  now_ = now_ + Millis{1};
  push_by(laptop_, creation("other"));
  edit(laptop_, 2, "q", "b", "select 1", {"name"});
  give_back(lost);
  EXPECT_EQ(conflicts(), 1U);
}

TEST_F(SentAgainTest, WhatACloneHasSentUnderAnEarlierNumberWasNotSeen) {
  back_up();
  edit(laptop_, 1, "other", "a", "select 1");
  edit(laptop_, 2, "q", "lost", "select 1");
  const auto lost = known();
  restore();
  push_by(laptop_, creation("the clone's"));
  give_back(lost);
  EXPECT_EQ(saved("q").content, query_text("the clone's", "select 1"));
  EXPECT_EQ(conflicts(), 1U);
}

// Another device gave it back, which made its version one of this history.
TEST_F(SentAgainTest, WhatACloneHadWasNotSeenByWhatFollowsInTheStream) {
  back_up();
  push_by(laptop_, creation("a"));
  const auto lost = known();
  restore();
  now_ = now_ + Millis{1};
  push_by(laptop_, upsert(1, query, "other", query_text("b", "select 1")));
  give_back(lost);
  push_by(laptop_, upsert(2, query, "q", query_text("c", "select 1")));
  EXPECT_EQ(conflicts(), 1U);
}

TEST_F(SentAgainTest, ItsOwnEarlierChangeWasSeenWhoeverGaveItBack) {
  edit(laptop_, 1, "q", "a", "select 1");
  back_up();
  edit(laptop_, 2, "q", "b", "select 1", {"name"});
  const auto known_to_the_tablet = known();
  edit(laptop_, 3, "q", "c", "select 1", {"name"});
  const auto known_to_the_laptop = known();
  restore();
  edit(tablet_, 1, "q", "a", "select 2", {"query"});
  give_back(known_to_the_tablet);
  give_back(known_to_the_laptop);
  EXPECT_EQ(saved("q").content, query_text("c", "select 2"));
  EXPECT_EQ(conflicts(), 0U);
}

TEST_F(SentAgainTest, ARefusedChangeIsNotHere) {
  back_up();
  push_by(laptop_, creation("a"));
  const auto lost = known();
  restore();
  quota_ = 0;
  EXPECT_EQ(push_by(laptop_, creation("a")).status, Status::rejected);
  quota_ = 1U << 30;
  edit(tablet_, 1, "q", "b", "select 1");
  give_back(lost);
  EXPECT_EQ(conflicts(), 1U);
}

// As above, where what followed in the stream was refused first.
TEST_F(SentAgainTest, WhatACloneHadUnderTheNumberOfARefusedChangeWasNotSeen) {
  edit(tablet_, 1, "q", "a", "select 1");
  const Rev seen = saved("q").rev;
  back_up();
  push_by(laptop_, upsert(1, query, "q", query_text("a", "the clone's"), seen, {"query"}));
  const auto lost = known();
  restore();
  now_ = now_ + Millis{1};
  quota_ = 0;
  const PushChange refused = upsert(1, query, "other", query_text("b", "select 1"));
  EXPECT_EQ(push_by(laptop_, refused).status, Status::rejected);
  quota_ = 1U << 30;
  give_back(lost);
  push_by(laptop_, removal(2, query, "q", seen));
  EXPECT_FALSE(saved("q").deleted);
  EXPECT_EQ(conflicts(), 1U);
}

}  // namespace
}  // namespace studiosync::testing
