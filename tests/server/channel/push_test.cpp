// Pushed changes: answers in order, rows to everybody else.
#include "tests/server/channel/channel_fixture.hpp"

#include <gmock/gmock.h>

#include "core/base/limits.hpp"

namespace studiosync::server {
namespace {

TEST_F(ChannelTest, AnswersEachPushUnderItsIdInTheOrderOfTheRequests) {
  const auto laptop = device("laptop", sign_up("ann"));
  laptop->put("q1", "one");
  laptop->push({laptop->change("q2", "two"), laptop->change("q3", "three")});
  ASSERT_EQ(laptop->peer->frames.size(), 3U);
  EXPECT_EQ(laptop->peer->frames[1].id, "r2");
  EXPECT_EQ(laptop->peer->frames[2].id, "r3");
  const auto answers = laptop->peer->all<Pushed>();
  EXPECT_EQ(answers[0].from.seq, Seq{0});
  EXPECT_EQ(answers[0].to.seq, Seq{1});
  EXPECT_EQ(answers[1].from.seq, Seq{1});
  EXPECT_EQ(answers[1].to.seq, Seq{3});
  ASSERT_EQ(answers[1].results.size(), 2U);
  EXPECT_EQ(answers[1].results[0].item_id, "q2");
  EXPECT_EQ(answers[1].results[0].status, Status::applied);
  EXPECT_EQ(answers[1].results[1].item_id, "q3");
}

TEST_F(ChannelTest, SendsTheRowsOfAPushToTheUsersOtherDevicesOnly) {
  const std::string token = sign_up("ann");
  const auto laptop = device("laptop", token);
  const auto phone = device("phone", token);
  const auto stranger = device("laptop", sign_up("bob"));
  laptop->put("q1", "one");

  const auto rows = phone->peer->last<Changes>();
  EXPECT_EQ(phone->peer->frames.back().id, "");
  EXPECT_EQ(rows.from.seq, Seq{0});
  EXPECT_EQ(rows.to.seq, Seq{1});
  ASSERT_EQ(rows.changes.size(), 1U);
  EXPECT_EQ(rows.changes[0].content, R"({"favorite":false,"name":"one","query":"SELECT 1"})");
  EXPECT_TRUE(laptop->peer->all<Changes>().empty());
  EXPECT_TRUE(stranger->peer->all<Changes>().empty());
}

TEST_F(ChannelTest, AnswersARepeatedPushWithItsFirstResult) {
  const auto laptop = device("laptop", sign_up("ann"));
  const std::vector<PushChange> changes{laptop->change("q1", "one")};
  laptop->push(changes);
  laptop->push(changes);
  const auto result = laptop->peer->last<Pushed>().results.at(0);
  EXPECT_EQ(result.status, Status::duplicate);
  EXPECT_EQ(result.first_status, Status::applied);
  EXPECT_EQ(laptop->peer->last<Pushed>().to.seq, Seq{1});
}

TEST_F(ChannelTest, SendsThePusherTheCopyThatItsConflictMade) {
  const std::string token = sign_up("ann");
  const auto laptop = device("laptop", token);
  const auto phone = device("phone", token);
  laptop->put("q1", "first");
  const Rev seen = laptop->peer->last<Pushed>().results.at(0).rev;
  laptop->put("q1", "laptop's", seen);
  phone->put("q1", "phone's", seen);

  const auto pushed = phone->peer->last<Pushed>();
  EXPECT_EQ(pushed.results.at(0).status, Status::conflict);
  EXPECT_EQ(pushed.results.at(0).strategy, Strategy::keep_both);
  const auto copy = std::find_if(pushed.changes.begin(), pushed.changes.end(),
                                 [](const Record& r) { return r.type == EntityType::saved_query; });
  ASSERT_NE(copy, pushed.changes.end());
  EXPECT_EQ(copy->id, pushed.results.at(0).copy_id);
  EXPECT_NE(copy->content.find("phone's (conflicted copy - phone)"), std::string::npos);
}

TEST_F(ChannelTest, RejectsOneBadChangeAndTakesItsNeighbours) {
  const auto laptop = device("laptop", sign_up("ann"));
  PushChange bad = laptop->change("q1", "one");
  bad.data.set("favorite", "maybe");
  laptop->push({bad, laptop->change("q2", "two")});
  const auto results = laptop->peer->last<Pushed>().results;
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(results[0].status, Status::rejected);
  EXPECT_EQ(results[0].error.value_or(Error{}).path, "$.changes[0].data.favorite");
  EXPECT_EQ(results[1].status, Status::applied);
}

TEST_F(ChannelTest, CountsWhatBecameOfPushedChanges) {
  const auto laptop = device("laptop", sign_up("ann"));
  PushChange bad = laptop->change("q1", "one");
  bad.data.set("favorite", "maybe");
  const std::vector<PushChange> changes{bad, laptop->change("q2", "two"),
                                        laptop->change("q3", "three")};
  laptop->push(changes);
  laptop->push({changes[1]});
  const std::string text = metrics_.render();
  EXPECT_THAT(text, testing::HasSubstr(R"(syncd_changes_total{status="applied"} 2)"));
  EXPECT_THAT(text, testing::HasSubstr(R"(syncd_changes_total{status="rejected"} 1)"));
  EXPECT_THAT(text, testing::HasSubstr(R"(syncd_changes_total{status="duplicate"} 1)"));
}

// A refusal in the middle of a push does not take back what was done before it.
TEST_F(ChannelTest, CountsTheChangesBeforeTheOneThatDoesNotFit) {
  const auto laptop = device("laptop", sign_up("ann"));
  PushChange ahead = laptop->change("q2", "two");
  ahead.device_seq = {5};
  const PushChange fits = [&] {
    PushChange first = laptop->change("q1", "one");
    first.device_seq = {1};
    return first;
  }();
  laptop->push({fits, ahead});
  EXPECT_EQ(laptop->peer->all<Pushed>().size(), 1U);
  EXPECT_THAT(metrics_.render(), testing::HasSubstr(R"(syncd_changes_total{status="applied"} 1)"));
}

TEST_F(ChannelTest, TellsAReplicaThatItsStreamForked) {
  const auto laptop = device("laptop", sign_up("ann"));
  PushChange ahead = laptop->change("q1", "one");
  ahead.device_seq = {5};  // the four before it never came
  laptop->push({ahead});
  EXPECT_FALSE(laptop->peer->last_error().empty());
  EXPECT_EQ(laptop->peer->frames.back().id, "r2");
  EXPECT_EQ(laptop->peer->close_code, 0);
}

TEST_F(ChannelTest, RefusesAPushOfTooManyChanges) {
  const auto laptop = device("laptop", sign_up("ann"));
  std::vector<PushChange> changes;
  for (std::size_t i = 0; i <= limits::batch_changes_max; ++i) {
    changes.push_back(laptop->change("q" + std::to_string(i), "many"));
  }
  laptop->push(std::move(changes));
  EXPECT_FALSE(laptop->peer->last_error().empty());
  EXPECT_TRUE(laptop->peer->all<Pushed>().empty());
}

class SlowChannelTest : public ChannelTest {
 protected:
  SlowChannelTest() : ChannelTest(Rate::per_second(2, 3)) {}
};

TEST_F(SlowChannelTest, AnswersAPushAboveTheRateWithTheTimeToWait) {
  const auto laptop = device("laptop", sign_up("ann"));
  laptop->push({laptop->change("q1", "1"), laptop->change("q2", "2"), laptop->change("q3", "3")});
  EXPECT_EQ(laptop->peer->last<Pushed>().results.size(), 3U);
  const std::vector<PushChange> more{laptop->change("q4", "4")};
  laptop->push(more);
  const Error error = laptop->peer->last<ErrorFrame>().error;
  EXPECT_EQ(error.code, ErrorCode::rate_limited);
  EXPECT_EQ(error.retry_after_ms, 500);
  EXPECT_EQ(laptop->peer->frames.back().id, "r3");
  EXPECT_EQ(laptop->peer->close_code, 0);

  now_ = now_ + Millis{error.retry_after_ms};
  laptop->push(more);
  EXPECT_EQ(laptop->peer->last<Pushed>().results.at(0).status, Status::applied);
}

// Keyed by user: a second device gets no second allowance.
TEST_F(SlowChannelTest, CountsAllDevicesOfAUserTogether) {
  const std::string token = sign_up("ann");
  const auto laptop = device("laptop", token);
  const auto phone = device("phone", token);
  laptop->push({laptop->change("q1", "1"), laptop->change("q2", "2"), laptop->change("q3", "3")});
  phone->put("q4", "4");
  EXPECT_EQ(phone->peer->last_error(), "rate_limited");
  const auto other = device("laptop", sign_up("bob"));
  other->put("q1", "1");
  EXPECT_EQ(other->peer->last_error(), "");
}

TEST_F(ChannelTest, RefusesAnIdThatIsACredentialAndForgetsIt) {
  const std::string secret = "AKIA7QXN4ZJ2WVB3KDTP";
  const auto laptop = device("laptop", sign_up("ann"));
  const std::vector<PushChange> changes{laptop->change(secret, "one")};
  for (int attempt = 0; attempt < 2; ++attempt) {
    laptop->push(changes);
    const auto result = laptop->peer->last<Pushed>().results.at(0);
    EXPECT_EQ(result.item_id, "[REDACTED]");
    ASSERT_TRUE(result.error);
    EXPECT_EQ(result.error->code, ErrorCode::credential_leaked);
  }
}

// A copy of the laptop's database goes on where the original stands; its next change would fit.
TEST_F(ChannelTest, RefusesAllPushesBehindAForkUntilTheDeviceComesAnew) {
  const std::string token = sign_up("ann");
  const auto original = device("laptop", token);
  original->put("q1", "original");
  const auto clone = device("laptop", token);
  PushChange first = clone->change("q2", "clone");
  first.change.bytes[0] ^= 1;
  clone->push({first});
  clone->put("q3", "clone");
  ASSERT_EQ(clone->peer->all<ErrorFrame>().size(), 2U);
  for (const ErrorFrame& refused : clone->peer->all<ErrorFrame>()) {
    EXPECT_EQ(refused.error.code, ErrorCode::replica_forked);
  }
  EXPECT_EQ(clone->peer->frames.back().id, "r3");
  EXPECT_TRUE(clone->peer->all<Pushed>().empty());
  original->put("q4", "original");
  EXPECT_EQ(original->peer->last<Pushed>().results.at(0).status, Status::applied);
}

}  // namespace
}  // namespace studiosync::server
