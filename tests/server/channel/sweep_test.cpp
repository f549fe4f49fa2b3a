// Connections that end because of the time, the session or the device.
#include "tests/server/channel/channel_fixture.hpp"

namespace studiosync::server {
namespace {

constexpr Millis kHour{3600LL * 1000};

TEST_F(ChannelTest, ClosesADeviceThatDoesNotGreetInTime) {
  const auto laptop = connect("laptop");
  laptop->channel->sweep(now_ + context_->greeting_timeout);
  EXPECT_EQ(laptop->peer->close_code, 0);
  laptop->channel->sweep(now_ + context_->greeting_timeout + Millis{1});
  EXPECT_EQ(laptop->peer->close_code, 4408);
}

TEST_F(ChannelTest, ClosesASilentDeviceAlthoughTheClockWentBackwards) {
  const auto laptop = connect("laptop");
  const WallTime set_right = now_ - kHour;
  laptop->channel->sweep(set_right);
  laptop->channel->sweep(set_right + context_->greeting_timeout);
  EXPECT_EQ(laptop->peer->close_code, 0);
  laptop->channel->sweep(set_right + context_->greeting_timeout + Millis{1});
  EXPECT_EQ(laptop->peer->close_code, 4408);
}

TEST_F(ChannelTest, ClosesADeviceWhoseTokenRanOut) {
  const std::string token = sign_up("ann");
  const auto laptop = device("laptop", token);
  laptop->channel->sweep(caller(token).expires);
  EXPECT_EQ(laptop->peer->close_code, 0);
  laptop->channel->sweep(caller(token).expires + Millis{1});
  EXPECT_EQ(laptop->peer->last_error(), "token_expired");
  EXPECT_EQ(laptop->peer->close_code, 4401);
  EXPECT_EQ(laptop->peer->close_reason, "token_expired");
}

TEST_F(ChannelTest, KeepsADeviceThatBroughtAFreshToken) {
  const std::string token = sign_up("ann");
  const auto laptop = device("laptop", token);
  const WallTime old_end = caller(token).expires;
  now_ = now_ + kHour;
  laptop->send(Reauth{log_in("ann")});
  laptop->channel->sweep(old_end + Millis{1});
  EXPECT_EQ(laptop->peer->close_code, 0);
}

TEST_F(ChannelTest, LeavesAClosedConnectionAlone) {
  const auto laptop = connect("laptop");
  laptop->channel->on_close();
  laptop->channel->sweep(now_ + kHour);
  EXPECT_EQ(laptop->peer->close_code, 0);
}

TEST_F(ChannelTest, EndsTheConnectionsOfASessionThatLogsOut) {
  const std::string token = sign_up("ann");
  const auto laptop = device("laptop", token);
  const auto other = device("phone", log_in("ann"));
  log_out(token);
  EXPECT_EQ(laptop->peer->last_error(), "unauthorized");
  EXPECT_EQ(laptop->peer->close_code, 4401);
  EXPECT_EQ(other->peer->close_code, 0);
}

TEST_F(ChannelTest, EndsTheConnectionOfARevokedDeviceAtOnce) {
  const std::string token = sign_up("ann");
  const auto laptop = device("laptop", token);
  const auto phone = device("phone", token);
  ASSERT_TRUE(auth_->revoke_device(caller(token), DeviceId{"device-laptop"}));
  EXPECT_EQ(laptop->peer->last<Revoked>().reason, "removed");
  EXPECT_EQ(laptop->peer->close_code, 4403);
  EXPECT_EQ(phone->peer->close_code, 0);
}

}  // namespace
}  // namespace studiosync::server
