// The first frame of a connection: who may come in, and what the device is told.
#include "tests/server/channel/channel_fixture.hpp"

namespace studiosync::server {
namespace {

TEST_F(ChannelTest, RefusesARequestBeforeHello) {
  const auto laptop = connect("laptop");
  laptop->send(Pull{});
  EXPECT_EQ(laptop->peer->last_error(), "bad_request");
  EXPECT_EQ(laptop->peer->frames.back().id, "r1");
  EXPECT_EQ(laptop->peer->close_code, 4400);
}

// A device sees the same code as an HTTP client; an operator sees none of its requests.
TEST_F(ChannelTest, CountsTheErrorsThatItSends) {
  for (const char* name : {"laptop", "phone"}) connect(name)->send(Pull{});
  connect("tablet")->greet("not a token");
  const std::string text = metrics_.render();
  EXPECT_NE(text.find("syncd_channel_errors_total{code=\"bad_request\"} 2\n"), std::string::npos);
  EXPECT_NE(text.find("syncd_channel_errors_total{code=\"unauthorized\"} 1\n"), std::string::npos);
}

TEST_F(ChannelTest, ReadsALongMessageOnlyOfADeviceThatIsIn) {
  const auto laptop = connect("laptop");
  EXPECT_EQ(laptop->channel->message_bytes_max(), 256U << 10);
  laptop->greet(sign_up("ann"));
  EXPECT_EQ(laptop->channel->message_bytes_max(), limits::request_bytes_max);
}

TEST_F(ChannelTest, RefusesASecondHello) {
  const std::string token = sign_up("ann");
  const auto laptop = device("laptop", token);
  laptop->greet(token);
  EXPECT_EQ(laptop->peer->last_error(), "bad_request");
  EXPECT_EQ(laptop->peer->close_code, 4400);
}

TEST_F(ChannelTest, ClosesOnAFrameThatCannotBeRead) {
  const auto laptop = device("laptop", sign_up("ann"));
  laptop->channel->on_message("{\"type\":");
  EXPECT_EQ(laptop->peer->last_error(), "bad_request");
  EXPECT_EQ(laptop->peer->close_code, 4400);
}

TEST_F(ChannelTest, RefusesATokenOfSomebodyElsesMaking) {
  const auto laptop = connect("laptop");
  laptop->greet("eyJhbGciOiJub25lIn0.e30.");
  EXPECT_EQ(laptop->peer->last_error(), "unauthorized");
  EXPECT_EQ(laptop->peer->close_code, 4401);
  EXPECT_EQ(laptop->peer->close_reason, "unauthorized");
  EXPECT_EQ(hub_.size(), 0U);
}

TEST_F(ChannelTest, RefusesAHelloWithoutAnyToken) {
  const auto laptop = connect("laptop");
  laptop->greet("");
  EXPECT_EQ(laptop->peer->last_error(), "unauthorized");
  EXPECT_EQ(laptop->peer->close_code, 4401);
}

TEST_F(ChannelTest, TellsADeviceWithAnExpiredTokenToRefreshIt) {
  const std::string token = sign_up("ann");
  now_ = now_ + Millis{48LL * 3600 * 1000};
  const auto laptop = connect("laptop");
  laptop->greet(token);
  EXPECT_EQ(laptop->peer->last_error(), "token_expired");
  EXPECT_EQ(laptop->peer->close_code, 4401);
  EXPECT_EQ(laptop->peer->close_reason, "token_expired");
}

TEST_F(ChannelTest, RefusesARevokedDevice) {
  const std::string token = sign_up("ann");
  device("laptop", token).reset();
  device("phone", token).reset();
  ASSERT_TRUE(auth_->revoke_device(caller(token), DeviceId{"device-laptop"}));
  const auto laptop = connect("laptop");
  laptop->greet(token);
  EXPECT_EQ(laptop->peer->last_error(), "device_revoked");
  EXPECT_EQ(laptop->peer->close_code, 4403);
  EXPECT_EQ(hub_.size(), 0U);
}

// Frames of one segment are delivered before the socket is closed.
TEST_F(ChannelTest, TakesNothingThatFollowsARefusedHello) {
  const auto laptop = connect("laptop");
  laptop->greet("not a token");
  laptop->put("q1", "smuggled");
  EXPECT_EQ(laptop->peer->frames.size(), 1U);
  EXPECT_EQ(store_.stats().jobs, 0U);
}

TEST_F(ChannelTest, TakesNothingOfARevokedDeviceThatDoesNotWaitForItsWelcome) {
  const std::string token = sign_up("ann");
  device("laptop", token).reset();
  ASSERT_TRUE(auth_->revoke_device(caller(token), DeviceId{"device-laptop"}));
  const auto laptop = connect("laptop");
  laptop->greet(token);
  laptop->put("q1", "smuggled");
  laptop->send(Pull{});
  EXPECT_TRUE(laptop->peer->all<Pushed>().empty());
  EXPECT_TRUE(laptop->peer->all<Changes>().empty());
}

TEST_F(ChannelTest, TakesTheTokenFromTheAuthorizationHeader) {
  const std::string token = sign_up("ann");
  for (const char* scheme : {"Bearer ", "bearer ", "BEARER "}) {
    const auto laptop = connect("laptop", {.authorization = scheme + token});
    laptop->greet("");
    EXPECT_EQ(laptop->peer->last<Welcome>().user_id, caller(token).account_id) << scheme;
  }
}

TEST_F(ChannelTest, WelcomesANewDeviceWithWhatItNeedsToKnow) {
  const std::string token = sign_up("ann");
  const auto laptop = device("laptop", token);
  const auto welcome = laptop->peer->last<Welcome>();
  EXPECT_EQ(laptop->peer->frames.back().id, "r1");
  EXPECT_EQ(welcome.user_id, caller(token).account_id);
  EXPECT_EQ(welcome.server_time, now_);
  EXPECT_EQ(welcome.epoch, store_.epoch(caller(token).user.shard));
  EXPECT_EQ(welcome.token_expires_at, caller(token).expires);
  EXPECT_EQ(welcome.head.seq, Seq{});
  EXPECT_EQ(welcome.replica.seq, DeviceSeq{});
  EXPECT_FALSE(welcome.fork_seq);
  EXPECT_EQ(laptop->peer->close_code, 0);
}

TEST_F(ChannelTest, WelcomesAKnownReplicaWithItsLastChange) {
  const std::string token = sign_up("ann");
  auto first = device("laptop", token);
  first->put("q1", "one");
  const PushChange last = first->change("q2", "two");
  first->push({last});
  const auto pushed = first->peer->last<Pushed>();
  first.reset();

  const auto again = device("laptop", token);
  const auto welcome = again->peer->last<Welcome>();
  EXPECT_EQ(welcome.replica, (ReplicaMark{DeviceSeq{2}, last.change}));
  EXPECT_EQ(welcome.head, pushed.to);
  ASSERT_EQ(welcome.epochs.size(), 1U);
  EXPECT_EQ(welcome.epochs.front(), (EpochMark{welcome.epoch, Seq{1}}));
}

TEST_F(ChannelTest, TellsADeviceWhereItsHistoryForked) {
  const std::string token = sign_up("ann");
  device("laptop", token)->put("q1", "one");
  const auto restored = connect("tablet");
  Hello hello = restored->hello(token);
  hello.cursor = {Epoch{999}, Seq{7}, {}};  // of a server start that this history never had
  hello.epochs = {{Epoch{999}, Seq{1}}};
  restored->send(hello);
  EXPECT_EQ(restored->peer->last<Welcome>().fork_seq, Seq{});
}

TEST_F(ChannelTest, RegistersTheDeviceUnderItsName) {
  const std::string token = sign_up("ann");
  const auto laptop = device("laptop", token);
  const auto devices = auth_->devices(caller(token)).value();
  ASSERT_EQ(devices.size(), 1U);
  EXPECT_EQ(devices.front().id.value, "device-laptop");
  EXPECT_EQ(devices.front().name, "laptop");
}

TEST_F(ChannelTest, SpeaksCborWhereThatWasChosen) {
  const auto laptop = connect("laptop", {.subprotocol = std::string(subprotocol(Encoding::cbor))});
  laptop->greet(sign_up("ann"));
  EXPECT_FALSE(laptop->peer->all<Welcome>().empty());
  laptop->put("q1", "one");
  EXPECT_EQ(laptop->peer->last<Pushed>().results.size(), 1U);
}

TEST_F(ChannelTest, LeavesTheHubWithItsConnection) {
  auto laptop = device("laptop", sign_up("ann"));
  EXPECT_EQ(hub_.size(), 1U);
  laptop->channel->on_close();
  EXPECT_EQ(hub_.size(), 0U);
  EXPECT_TRUE(laptop->channel->closed());
}

TEST_F(ChannelTest, RefusesADeviceThatIsNamedByACredential) {
  const auto laptop = connect("AKIA7QXN4ZJ2WVB3KDTP");
  laptop->greet(sign_up("ann"));
  EXPECT_EQ(laptop->peer->last_error(), "credential_leaked");
  EXPECT_EQ(laptop->peer->close_code, 4400);
}

}  // namespace
}  // namespace studiosync::server
