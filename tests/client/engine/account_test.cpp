// Logging in, and staying logged in, against a real server.
#include "client/engine/account.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "tests/support/live/live_server.hpp"

namespace studiosync::client {
namespace {

class AccountTest : public testing::Test {
 protected:
  const std::string& folder() const { return folder_.path(); }
  void save(const Login& login) { ASSERT_TRUE(save_login(folder(), login)); }
  Login saved() { return load_login(folder()).value().value(); }
  bool accepted(const std::string& token) {
    return http_.request("GET", "/api/auth/profile", nullptr, token).has_value();
  }
  template <class T>
  static std::optional<ErrorCode> code(const Result<T>& result) {
    return result ? std::nullopt : std::optional(result.error().code);
  }

  test::LiveServer server_;
  TemporaryFolder folder_;
  HttpClient http_{server_.url()};
};

TEST_F(AccountTest, RegistersAndLogsInByAddressOrName) {
  const Credentials ann{"ann@example.com", "ann", "correct horse"};
  Login first{.server = server_.url()};
  ASSERT_TRUE(register_account(http_, ann, first));
  EXPECT_EQ(first.email, "ann@example.com");
  EXPECT_EQ(first.username, "ann");
  EXPECT_TRUE(accepted(first.access_token));
  for (const char* name : {"ann@example.com", "ann"}) {
    Login again{.server = server_.url()};
    ASSERT_TRUE(log_in(http_, {name, {}, "correct horse"}, again)) << name;
    EXPECT_EQ(again.user_id, first.user_id);
    EXPECT_TRUE(accepted(again.access_token));
  }
}

TEST_F(AccountTest, LeavesTheLoginAsItWasWhenThePasswordIsWrong) {
  server_.sign_up("ann");
  Login login{.server = server_.url(), .access_token = "old"};
  EXPECT_EQ(code(log_in(http_, {"ann", {}, "wrong"}, login)), ErrorCode::unauthorized);
  EXPECT_EQ(login.access_token, "old");
}

TEST_F(AccountTest, PassesOnWhyARegistrationWasRefused) {
  Login login{.server = server_.url()};
  const auto weak = register_account(http_, {"ann@example.com", "ann", "short"}, login);
  ASSERT_FALSE(weak);
  EXPECT_EQ(weak.error().code, ErrorCode::validation_error);
  EXPECT_EQ(weak.error().path, "$.password");
  server_.sign_up("ann");
  EXPECT_EQ(code(register_account(http_, {"ann@example.com", "ann", "correct horse"}, login)),
            ErrorCode::already_exists);
}

TEST_F(AccountTest, RefreshesTheTokenThatWasRefused) {
  const Login login = server_.sign_up("ann");
  save(login);
  const auto fresh = refresh_login(folder(), login.access_token);
  ASSERT_TRUE(fresh) << fresh.error().message;
  EXPECT_NE(fresh->access_token, login.access_token);
  EXPECT_NE(fresh->refresh_token, login.refresh_token);
  EXPECT_TRUE(accepted(fresh->access_token));
  EXPECT_EQ(saved().refresh_token, fresh->refresh_token);
}

TEST_F(AccountTest, TakesTheTokenThatAnotherProcessHasRefreshed) {
  const Login login = server_.sign_up("ann");
  save(login);
  const Login first = refresh_login(folder(), login.access_token).value();
  const Login second = refresh_login(folder(), login.access_token).value();
  EXPECT_EQ(second.access_token, first.access_token);
  EXPECT_EQ(saved().refresh_token, first.refresh_token);
}

// Presenting a refresh token that has a used successor ends the session: only one may ask at a
// time.
TEST_F(AccountTest, KeepsTheSessionWhenManyRefreshAtOnce) {
  const Login login = server_.sign_up("ann");
  save(login);
  std::vector<std::thread> processes;
  std::vector<std::string> tokens(8);
  for (std::string& token : tokens) {
    processes.emplace_back([&] {
      std::string refused = login.access_token;
      for (int round = 0; round < 3; ++round) {
        const auto fresh = refresh_login(folder(), refused);
        if (!fresh) return;  // the token stays empty
        refused = fresh->access_token;
      }
      token = refused;
    });
  }
  for (std::thread& process : processes) process.join();
  for (const std::string& token : tokens) EXPECT_TRUE(accepted(token));
  EXPECT_TRUE(refresh_login(folder(), saved().access_token));
}

TEST_F(AccountTest, SaysThatTheLoginHasEndedWhenItsSessionIsGone) {
  const Login login = server_.sign_up("ann");
  save(login);
  ASSERT_TRUE(http_.request("POST", "/api/auth/logout", nullptr, login.access_token));
  EXPECT_EQ(code(refresh_login(folder(), login.access_token)), ErrorCode::unauthorized);
  EXPECT_EQ(saved().refresh_token, login.refresh_token);
}

TEST_F(AccountTest, SaysThatThereIsNoLogin) {
  EXPECT_EQ(code(refresh_login(folder(), "any")), ErrorCode::unauthorized);
}

TEST_F(AccountTest, KeepsTheLoginWhileTheServerIsAway) {
  const Login login = server_.sign_up("ann");
  save(login);
  server_.crash();
  EXPECT_EQ(code(refresh_login(folder(), login.access_token)), ErrorCode::connection_refused);
  EXPECT_EQ(saved().refresh_token, login.refresh_token);
  server_.start();
  EXPECT_TRUE(refresh_login(folder(), login.access_token));
}

TEST_F(AccountTest, LogsOutHereAndAtTheServer) {
  const Login login = server_.sign_up("ann");
  save(login);
  ASSERT_TRUE(log_out(folder()));
  EXPECT_FALSE(accepted(login.access_token));
  EXPECT_EQ(saved().access_token, "");
  EXPECT_EQ(saved().refresh_token, "");
  EXPECT_EQ(saved().email, "ann@example.com");
  EXPECT_TRUE(log_out(folder())) << "a second time changes nothing";
}

// Who says logout means it: the tokens go even when the server cannot be told.
TEST_F(AccountTest, ForgetsTheTokensWhileTheServerIsAway) {
  save(server_.sign_up("ann"));
  server_.crash();
  EXPECT_EQ(code(log_out(folder())), ErrorCode::connection_refused);
  EXPECT_EQ(saved().access_token, "");
}

// The access token ran out while the device was away: its session still has to end.
TEST_F(AccountTest, LogsOutWithAnExpiredToken) {
  Login login = server_.sign_up("ann");
  const Login live = login;
  login.access_token = "expired";
  save(login);
  ASSERT_TRUE(log_out(folder()));
  EXPECT_FALSE(accepted(live.access_token));
}

}  // namespace
}  // namespace studiosync::client
