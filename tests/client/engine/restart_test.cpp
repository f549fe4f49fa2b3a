// The server and the devices come and go; nothing is lost and nothing comes twice.
#include <gtest/gtest.h>

#include "tests/support/live/live_device.hpp"
#include "tests/support/live/live_server.hpp"

namespace studiosync::client {
namespace {

using test::LiveDevice;
using test::LiveServer;

class RestartTest : public testing::Test {
 protected:
  RestartTest() {
    laptop_.online();
    phone_.online();
    laptop_.put("q0", "before");
    EXPECT_TRUE(phone_.wait_for_name("q0", "before"));
  }
  void expect_equal_to_server(LiveDevice& device) {
    EXPECT_EQ(device.sync(), "");
    const auto digest = device.host().compare_digest(test::patience);
    EXPECT_TRUE(digest && digest->equal);
  }

  LiveServer server_;
  LiveDevice laptop_{server_.sign_up("ann"), "laptop"};
  LiveDevice phone_{server_.log_in("ann"), "phone"};
};

TEST_F(RestartTest, BringsEverythingAfterTheServerWasAway) {
  server_.crash();
  ASSERT_TRUE(laptop_.wait_for_state(LinkState::waiting));
  for (int i = 1; i <= 60; ++i) laptop_.put("q" + std::to_string(i), "while it was away");
  phone_.put("p1", "while it was away");
  server_.start();
  EXPECT_EQ(laptop_.sync(), "");
  EXPECT_EQ(phone_.sync(), "");
  EXPECT_EQ(laptop_.sync(), "");
  EXPECT_EQ(laptop_.names().size(), 62U);
  EXPECT_EQ(phone_.names().size(), 62U);
  expect_equal_to_server(laptop_);
  expect_equal_to_server(phone_);
}

// Answers get lost, pushes are repeated: each edit must arrive once all the same.
TEST_F(RestartTest, LosesNothingWhenTheServerGoesDuringAPush) {
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 40; ++i) {
      laptop_.put("r" + std::to_string(round) + "-" + std::to_string(i), "written meanwhile");
    }
    server_.crash();
    server_.start();
  }
  EXPECT_EQ(laptop_.sync(), "");
  EXPECT_EQ(phone_.sync(), "");
  EXPECT_EQ(phone_.names().size(), 121U);
  EXPECT_TRUE(laptop_.notices(Notice::Kind::conflict).empty());
  EXPECT_TRUE(laptop_.notices(Notice::Kind::rejected).empty());
  expect_equal_to_server(laptop_);
  expect_equal_to_server(phone_);
}

// A server that stops in order asks its devices to spread their return.
TEST_F(RestartTest, ReturnsToAServerThatWasStoppedInOrder) {
  server_.stop();
  ASSERT_TRUE(laptop_.wait_for_state(LinkState::waiting));
  laptop_.put("q1", "after the drain");
  server_.start();
  EXPECT_TRUE(phone_.wait_for_name("q1", "after the drain"));
}

TEST_F(RestartTest, TellsThatAttemptsFailAndGoesOnTrying) {
  server_.crash();
  EXPECT_TRUE(laptop_.wait_until([&] { return !laptop_.notices(Notice::Kind::failing).empty(); }));
  EXPECT_TRUE(laptop_.host().status().failing);
  EXPECT_EQ(laptop_.host().status().last_error.value_or(Error{}).code,
            ErrorCode::connection_refused);
  server_.start();
  EXPECT_EQ(laptop_.sync(), "");
  EXPECT_FALSE(laptop_.host().status().failing);
}

TEST_F(RestartTest, GoesOnWithItsQueueInANewProcess) {
  laptop_.offline();
  laptop_.put("q1", "before the restart");
  laptop_.restart();
  EXPECT_EQ(laptop_.host().status().counts.pending, 1U);
  laptop_.online();
  EXPECT_TRUE(phone_.wait_for_name("q1", "before the restart"));
}

}  // namespace
}  // namespace studiosync::client
