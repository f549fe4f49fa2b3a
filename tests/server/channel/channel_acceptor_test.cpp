#include "server/channel/channel_acceptor.hpp"

#include "tests/server/channel/channel_fixture.hpp"

namespace studiosync::server {
namespace {

class ChannelAcceptorTest : public ChannelTest {
 protected:
  Result<std::shared_ptr<WsHandler>> accept(const std::string& origin) {
    return acceptor_.accept(
        {.subprotocol = std::string(subprotocol(Encoding::json)), .origin = origin}, peer_);
  }

  const std::shared_ptr<FakePeer> peer_ = std::make_shared<FakePeer>(Encoding::json);
  ChannelAcceptor acceptor_{
      *context_, [](std::string_view origin) { return origin == "https://app.example"; }};
};

TEST_F(ChannelAcceptorTest, LetsProgramsAndListedPagesIn) {
  EXPECT_TRUE(accept(""));
  EXPECT_TRUE(accept("https://app.example"));
}

TEST_F(ChannelAcceptorTest, RefusesAPageOfAnotherOrigin) {
  const auto refused = accept("https://evil.example");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::forbidden);
}

TEST_F(ChannelAcceptorTest, SweepsTheChannelsThatItAccepted) {
  const auto channel = accept("").value();
  acceptor_.sweep(now_);
  EXPECT_EQ(peer_->close_code, 0);
  acceptor_.sweep(now_ + Millis{60'000});
  EXPECT_EQ(peer_->close_code, 4408);
}

TEST_F(ChannelAcceptorTest, DoesNotKeepChannelsAlive) {
  std::weak_ptr<WsHandler> channel = accept("").value();
  EXPECT_TRUE(channel.expired());
  acceptor_.sweep(now_ + Millis{60'000});
  EXPECT_EQ(peer_->close_code, 0);
}

}  // namespace
}  // namespace studiosync::server
