// Rows for a device that keeps up, hints for one that does not.
#include "tests/server/channel/channel_fixture.hpp"

namespace studiosync::server {
namespace {

class LiveTest : public ChannelTest {
 protected:
  std::size_t rows(const TestDevice& device) { return device.peer->all<Changes>().size(); }
  std::size_t hints(const TestDevice& device) { return device.peer->all<Changed>().size(); }

  const std::string token_ = sign_up("ann");
};

TEST_F(LiveTest, GivesASlowReaderOneHintAndRowsAgainAfterAPull) {
  const auto laptop = device("laptop", token_);
  const auto phone = device("phone", token_);
  phone->peer->queued = context_->rows_queued_bytes_max + 1;
  for (const char* id : {"q1", "q2", "q3"}) laptop->put(id, "while it is slow");
  EXPECT_EQ(rows(*phone), 0U);
  EXPECT_EQ(hints(*phone), 1U);
  EXPECT_EQ(phone->peer->last<Changed>().head.seq, Seq{1});

  phone->peer->queued = 0;
  laptop->put("q4", "before it has pulled");
  EXPECT_EQ(phone->peer->frames.size(), 2U);

  phone->send(Pull{});
  EXPECT_EQ(phone->peer->last<Changes>().changes.size(), 4U);
  EXPECT_FALSE(phone->peer->last<Changes>().has_more);
  laptop->put("q5", "live again");
  EXPECT_EQ(phone->peer->last<Changes>().changes.size(), 1U);
  EXPECT_EQ(phone->peer->last<Changes>().from.seq, Seq{4});
}

TEST_F(LiveTest, AnswersAPushBeforeItTellsTheOtherDevices) {
  const auto laptop = device("laptop", token_);
  const auto phone = device("phone", token_);
  std::size_t answers = 0;
  phone->peer->before_send = [&] { answers = laptop->peer->all<Pushed>().size(); };
  laptop->put("q1", "one");
  EXPECT_EQ(rows(*phone), 1U);
  EXPECT_EQ(answers, 1U);
}

TEST_F(LiveTest, SendsNoRowsToADeviceThatIsBehind) {
  const auto laptop = device("laptop", token_);
  laptop->put("q1", "one");
  const auto phone = device("phone", token_);  // has not read q1
  laptop->put("q2", "two");
  EXPECT_EQ(rows(*phone), 0U);
  phone->send(Pull{});
  EXPECT_EQ(phone->peer->last<Changes>().changes.size(), 2U);
  laptop->put("q3", "three");
  EXPECT_EQ(phone->peer->last<Changes>().from.seq, Seq{2});
}

TEST_F(LiveTest, IsLiveFromTheWelcomeOnWhenItHasEverything) {
  const auto laptop = device("laptop", token_);
  laptop->put("q1", "one");
  const auto phone = connect("phone");
  Hello hello = phone->hello(token_);
  hello.cursor = laptop->peer->last<Pushed>().to;
  phone->send(hello);
  laptop->put("q2", "two");
  EXPECT_EQ(phone->peer->last<Changes>().from.seq, Seq{1});
}

TEST_F(LiveTest, HintsWhenACommitCameBetweenThePagesReadAndItsAnswer) {
  const auto laptop = device("laptop", token_);
  laptop->put("q1", "one");
  const auto phone = device("phone", token_);
  phone->peer->before_send = [&] { laptop->put("q2", "two"); };
  phone->send(Pull{});
  EXPECT_EQ(rows(*phone), 1U);
  EXPECT_EQ(phone->peer->last<Changed>().head.seq, Seq{2});
}

// A fallback pull whose page the next commit's rows overtook: those rows are there, no hint is due,
// and the rows of later commits must go on.
TEST_F(LiveTest, GoesOnSendingRowsWhenTheyOvertakeAPage) {
  const auto laptop = device("laptop", token_);
  const auto phone = device("phone", token_);
  laptop->put("q1", "one");
  const Cursor read = phone->peer->last<Changes>().to;
  phone->peer->before_send = [&] { laptop->put("q2", "two"); };
  phone->send(Pull{read, 0});
  EXPECT_EQ(hints(*phone), 0U);
  laptop->put("q3", "three");
  EXPECT_EQ(phone->peer->last<Changes>().from.seq, Seq{2});
  EXPECT_EQ(phone->peer->last<Changes>().changes.size(), 1U);
}

TEST_F(LiveTest, TellsAPusherThatIsBehindToPull) {
  const auto laptop = device("laptop", token_);
  laptop->put("q1", "one");
  const auto phone = device("phone", token_);
  phone->send(Pull{.cursor = {}, .limit = 1});
  phone->peer->queued = context_->rows_queued_bytes_max + 1;
  phone->put("q2", "two");
  EXPECT_EQ(phone->peer->all<Pushed>().size(), 1U);
  EXPECT_EQ(phone->peer->last<Changed>().head.seq, Seq{2});
}

}  // namespace
}  // namespace studiosync::server
