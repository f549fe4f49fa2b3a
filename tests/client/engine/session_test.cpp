// Tokens run out and sessions end; local work goes on in any case.
#include <gtest/gtest.h>

#include "client/engine/account.hpp"
#include "client/engine/sync_lock.hpp"
#include "os/wall_clock.hpp"
#include "tests/support/live/live_device.hpp"
#include "tests/support/live/live_server.hpp"

namespace studiosync::client {
namespace {

using test::LiveDevice;
using test::LiveServer;

class SessionTest : public testing::Test {
 protected:
  Login login() { return load_login(laptop_.folder()).value().value(); }
  // What the server does a day later, when the access token has run out.
  void let_the_token_expire() { server_.app().tick(os::wall_now() + Millis{25LL * 3600 * 1000}); }
  void log_out_elsewhere() {
    HttpClient http(server_.url());
    ASSERT_TRUE(http.request("POST", "/api/auth/logout", nullptr, login().access_token));
  }

  LiveServer server_;
  LiveDevice laptop_{server_.sign_up("ann"), "laptop"};
  LiveDevice phone_{server_.log_in("ann"), "phone"};
};

TEST_F(SessionTest, RefreshesAnExpiredTokenAndGoesOn) {
  laptop_.online();
  ASSERT_EQ(laptop_.sync(), "");
  const Login before = login();
  let_the_token_expire();
  ASSERT_TRUE(laptop_.wait_until([&] { return login().access_token != before.access_token; }));
  EXPECT_NE(login().refresh_token, before.refresh_token);
  laptop_.put("q1", "after the refresh");
  EXPECT_EQ(laptop_.sync(), "");
  ASSERT_FALSE(laptop_.notices(Notice::Kind::token_needed).empty());
}

// The token that the process was started with is no good any more; the refresh token is.
TEST_F(SessionTest, RefreshesATokenThatIsRefusedAtTheFirstHello) {
  Login stale = login();
  stale.access_token = "no longer good";
  ASSERT_TRUE(save_login(laptop_.folder(), stale));
  laptop_.restart();
  laptop_.put("q1", "made offline");
  laptop_.online();
  EXPECT_EQ(laptop_.sync(), "");
  EXPECT_NE(login().access_token, "no longer good");
}

TEST_F(SessionTest, HaltsWhenTheSessionWasEndedAndWorksOnLocally) {
  laptop_.online();
  ASSERT_EQ(laptop_.sync(), "");
  log_out_elsewhere();
  ASSERT_TRUE(laptop_.wait_for_state(LinkState::halted));
  EXPECT_EQ(laptop_.host().status().last_error.value_or(Error{}).code, ErrorCode::unauthorized);
  EXPECT_EQ(laptop_.sync(), "unauthorized");
  laptop_.put("q1", "made while logged out");
  EXPECT_EQ(laptop_.name_of("q1"), "made while logged out");
  EXPECT_EQ(laptop_.host().status().counts.pending, 1U);
}

TEST_F(SessionTest, SendsWhatWasMadeWhileLoggedOutAfterTheNextLogin) {
  laptop_.online();
  phone_.online();
  ASSERT_EQ(laptop_.sync(), "");
  log_out_elsewhere();
  ASSERT_TRUE(laptop_.wait_for_state(LinkState::halted));
  laptop_.put("q1", "made while logged out");
  ReplicaId before;
  laptop_.host().with_store([&](SqliteDeviceStore& store) { before = store.meta().replica; });

  ASSERT_TRUE(save_login(laptop_.folder(), server_.log_in("ann")));
  laptop_.online();
  EXPECT_EQ(laptop_.sync(), "");
  EXPECT_TRUE(phone_.wait_for_name("q1", "made while logged out"));
  laptop_.host().with_store(
      [&](SqliteDeviceStore& store) { EXPECT_EQ(store.meta().replica, before); });
}

// A process that stays does not have to be started anew after a login.
TEST_F(SessionTest, GoesOnByItselfWithTheLoginThatAnotherProcessMade) {
  laptop_.online();
  phone_.online();
  ASSERT_EQ(laptop_.sync(), "");
  for (const char* name : {"after the first login", "after the second"}) {
    log_out_elsewhere();
    ASSERT_TRUE(laptop_.wait_for_state(LinkState::halted));
    laptop_.put("q1", name);
    ASSERT_TRUE(save_login(laptop_.folder(), server_.log_in("ann")));
    EXPECT_TRUE(phone_.wait_for_name("q1", name));
  }
}

TEST_F(SessionTest, GoesOnAfterALogoutAndALoginOfAnotherProcess) {
  laptop_.online();
  ASSERT_EQ(laptop_.sync(), "");
  ASSERT_TRUE(log_out(laptop_.folder()));
  ASSERT_TRUE(laptop_.wait_for_state(LinkState::halted));
  ASSERT_TRUE(save_login(laptop_.folder(), server_.log_in("ann")));
  EXPECT_TRUE(laptop_.wait_for_state(LinkState::live));
}

// What `status` of another process goes by.
TEST_F(SessionTest, TellsOtherProcessesThatItHasHaltedAndThatItGoesOn) {
  const auto told = [this] { return syncing_process(laptop_.folder()).value_or(SyncingProcess{}); };
  laptop_.online();
  ASSERT_TRUE(laptop_.wait_until([&] { return told().state == LinkState::live; }));
  EXPECT_FALSE(told().error);
  log_out_elsewhere();
  ASSERT_TRUE(laptop_.wait_until([&] { return told().state == LinkState::halted; }));
  EXPECT_EQ(told().error.value_or(Error{}).code, ErrorCode::unauthorized);
  EXPECT_NE(told().error.value_or(Error{}).message, "");
  ASSERT_TRUE(save_login(laptop_.folder(), server_.log_in("ann")));
  EXPECT_TRUE(laptop_.wait_until([&] { return told().state == LinkState::live; }));
  EXPECT_FALSE(syncing_process(phone_.folder() + "-of-nobody"));
}

TEST_F(SessionTest, HaltsWhenTheDeviceIsRevoked) {
  laptop_.online();
  phone_.online();
  ASSERT_EQ(laptop_.sync(), "");
  ASSERT_EQ(phone_.sync(), "");
  HttpClient http(server_.url());
  ASSERT_TRUE(http.request("DELETE", "/api/devices/device-phone", nullptr, login().access_token));
  ASSERT_TRUE(phone_.wait_for_state(LinkState::halted));
  EXPECT_EQ(phone_.sync(), "device_revoked");
  laptop_.put("q1", "goes on");
  EXPECT_EQ(laptop_.sync(), "");
}

}  // namespace
}  // namespace studiosync::client
