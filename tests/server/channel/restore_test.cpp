// What a channel does about lost histories, collected deletes and resets.
#include "tests/server/channel/channel_fixture.hpp"

namespace studiosync::server {
namespace {

class ChannelRestoreTest : public ChannelTest {
 protected:
  void write(const std::string& token, const Store::Job& job) {
    store_.write(caller(token).user, job, [](Result<> committed) { EXPECT_TRUE(committed); });
  }
  void reset(const std::string& token) {
    sync_.reset(caller(token), [](Result<Cursor> head) { EXPECT_TRUE(head); });
  }
  // A row of a server start that this history never had.
  static Record lost_row(const std::string& id, const std::string& name, std::uint64_t version) {
    Record lost;
    lost.type = EntityType::saved_query;
    lost.id = id;
    lost.rev = {Epoch{999}, Version{version}};
    lost.origin = {ReplicaId{{9}}, DeviceSeq{version}, Stamp{77}};
    lost.device.value = "device-laptop";
    lost.content = R"({"favorite":false,"name":")" + name + R"(","query":"SELECT 1"})";
    return lost;
  }
};

TEST_F(ChannelRestoreTest, TellsTheFloorAndRefusesAPushFromBelowItWhole) {
  const std::string token = sign_up("ann");
  auto laptop = device("laptop", token);
  laptop->put("q1", "one");
  const Cursor before = laptop->peer->last<Pushed>().to;
  const Rev rev = laptop->peer->last<Pushed>().results.at(0).rev;
  PushChange removal = laptop->change("q1", "", rev);
  removal.action = Action::remove;
  removal.data = {};
  laptop->push({removal});
  write(token,
        [](UserTxn& log) { EXPECT_EQ(log.collect_tombstones(CommitTime{INT64_MAX}, 10), 1U); });
  const auto phone = device("phone", token);
  EXPECT_EQ(phone->peer->last<Welcome>().floor, Seq{2});
  phone->send(Push{.now = now_, .changes = {phone->change("q2", "two")}, .cursor = before});
  EXPECT_EQ(phone->peer->last<ErrorFrame>().error.code, ErrorCode::resync_required);
  EXPECT_TRUE(phone->peer->all<Pushed>().empty());
  EXPECT_EQ(phone->peer->close_code, 0);
}

TEST_F(ChannelRestoreTest, TakesBackWhatADeviceStillKnowsAndHintsAtItToTheOthers) {
  const std::string token = sign_up("ann");
  const auto phone = device("phone", token);
  const auto laptop = connect("laptop");
  Hello hello = laptop->hello(token);
  hello.cursor = {Epoch{999}, Seq{7}, {}};
  hello.epochs = {{Epoch{999}, Seq{1}}};
  laptop->send(hello);
  laptop->send(Reconcile{Seq{}, {lost_row("q1", "one", 3), lost_row("q2", "two", 1)}});
  const auto first = laptop->peer->last<Reconciled>();
  EXPECT_TRUE(first.changes.empty());
  EXPECT_EQ(first.to.seq, Seq{2});
  EXPECT_EQ(phone->peer->last<Changes>().changes.size(), 2U);
  EXPECT_EQ(phone->peer->last<Changes>().changes[0].rev, (Rev{Epoch{999}, Version{3}}));

  laptop->send(Reconcile{Seq{}, {lost_row("q1", "older", 2)}});
  const auto second = laptop->peer->last<Reconciled>();
  ASSERT_EQ(second.changes.size(), 1U);
  EXPECT_EQ(second.changes[0].rev.version, Version{3});
  EXPECT_EQ(second.from, second.to);
}

TEST_F(ChannelRestoreTest, FindsTheForkOfADeviceWhoseAcknowledgedChangeIsGone) {
  const std::string token = sign_up("ann");
  device("phone", token)->put("q1", "one");
  const auto laptop = connect("laptop");
  Hello hello = laptop->hello(token);
  hello.acked = hello.frozen = {DeviceSeq{4}, ChangeId{{4}}};
  laptop->send(hello);
  EXPECT_TRUE(laptop->peer->last<Welcome>().fork_seq);
}

TEST_F(ChannelRestoreTest, HintsAtAResetAndRefusesEveryCursorFromBefore) {
  const std::string token = sign_up("ann");
  const auto laptop = device("laptop", token);
  laptop->put("q1", "one");
  const Cursor before = laptop->peer->last<Pushed>().to;
  reset(token);
  const Generation begun = laptop->peer->last<Changed>().head.generation;
  EXPECT_NE(begun, before.generation);
  EXPECT_TRUE(laptop->peer->all<Changes>().empty());
  laptop->send(Pull{before});
  EXPECT_EQ(laptop->peer->last<ErrorFrame>().error.code, ErrorCode::resync_required);
  laptop->send(Push{.now = now_, .changes = {laptop->change("q2", "two")}, .cursor = before});
  EXPECT_EQ(laptop->peer->all<ErrorFrame>().size(), 2U);
  EXPECT_EQ(laptop->peer->all<Pushed>().size(), 1U);

  const auto phone = device("phone", token);
  EXPECT_EQ(phone->peer->last<Welcome>().head.generation, begun);
  EXPECT_FALSE(phone->peer->last<Welcome>().fork_seq);
}

// The device hears of it by its next welcome, and goes.
TEST_F(ChannelRestoreTest, TakesNothingBackOnceTheAccountWasReset) {
  const std::string token = sign_up("ann");
  const auto laptop = device("laptop", token);
  reset(token);
  laptop->send(Reconcile{Seq{}, {lost_row("q1", "one", 3)}});
  EXPECT_EQ(laptop->peer->last<ErrorFrame>().error.code, ErrorCode::resync_required);
  EXPECT_TRUE(laptop->peer->all<Reconciled>().empty());
  const auto phone = device("phone", token);
  phone->send(Reconcile{Seq{}, {lost_row("q2", "two", 3)}});
  EXPECT_EQ(phone->peer->last<Reconciled>().to.seq, Seq{1});
}

TEST_F(ChannelRestoreTest, NamesACopyByTheDeviceThatWroteItWhoeverGivesItBack) {
  const std::string token = sign_up("ann");
  const auto laptop = device("laptop", token);
  const auto phone = device("phone", token);
  phone->put("q1", "phone's");
  phone->send(Reconcile{Seq{}, {lost_row("q1", "lost", 3)}});
  const auto rows = laptop->peer->last<Changes>().changes;
  const auto copy = std::find_if(rows.begin(), rows.end(),
                                 [](const Record& row) { return row.id.starts_with("c-"); });
  ASSERT_NE(copy, rows.end());
  EXPECT_NE(copy->content.find("lost (conflicted copy - laptop)"), std::string::npos);
}

}  // namespace
}  // namespace studiosync::server
