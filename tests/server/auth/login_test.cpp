#include "tests/server/auth/auth_fixture.hpp"

namespace studiosync::server {
namespace {

class Registration : public AuthTest {};
class Login : public AuthTest {
 protected:
  Login() { SS_CHECK(sign_up("ada").has_value()); }
  void fail_to_log_in(int times, const std::string& login = "ada",
                      const std::string& address = "192.0.2.9") {
    for (int i = 0; i < times; ++i) (void)log_in(login, "wrong password", address);
  }
};

TEST_F(Registration, GrantsASessionWithTheProfile) {
  const auto grant = sign_up("Ada");
  ASSERT_TRUE(grant);
  EXPECT_EQ(grant->profile.username, "Ada");
  EXPECT_EQ(grant->profile.email, "Ada@example.com");
  EXPECT_EQ(grant->profile.role, "user");
  EXPECT_EQ(grant->profile.created, now());
  EXPECT_EQ(grant->expires, now() + options_.access_lifetime);
  const Caller who = caller(*grant);
  EXPECT_EQ(who.account_id, grant->profile.id);
  EXPECT_EQ(who.expires, grant->expires);
  EXPECT_EQ(service_->profile(who).value().email, "Ada@example.com");
}

TEST_F(Registration, GivesEachAccountAPlaceOfItsOwn) {
  EXPECT_NE(caller(*sign_up("ada")).user, caller(*sign_up("bob")).user);
}

TEST_F(Registration, NamesTheFieldThatIsWrong) {
  const auto path = [&](std::string username, std::string email, std::string password) {
    return answer<Grant>(
               [&](auto done) { service_->register_account(username, email, password, done); })
        .error()
        .path;
  };
  EXPECT_EQ(path("a b", "a@example.com", kPassword), "$.username");
  EXPECT_EQ(path("ada", "nowhere", kPassword), "$.email");
  EXPECT_EQ(path("ada", "a@example.com", "short"), "$.password");
}

TEST_F(Registration, RefusesANameThatIsTaken) {
  ASSERT_TRUE(sign_up("ada"));
  EXPECT_EQ(code(sign_up("ADA")), ErrorCode::already_exists);
}

TEST_F(Login, TakesNameOrAddressInAnyCase) {
  for (const char* login : {"ada", "ADA", "ada@example.com", "Ada@EXAMPLE.com"}) {
    EXPECT_TRUE(log_in(login)) << login;
  }
}

TEST_F(Login, DoesNotTellWhichPartWasWrong) {
  const auto wrong_password = log_in("ada", "wrong password");
  const auto wrong_name = log_in("nobody", "wrong password");
  const auto wrong_address = log_in("nobody@example.com", "wrong password");
  const auto endless = log_in("ada", std::string(100'000, 'x'));
  for (const auto* result : {&wrong_password, &wrong_name, &wrong_address, &endless}) {
    ASSERT_FALSE(*result);
    EXPECT_EQ(result->error().code, ErrorCode::unauthorized);
    EXPECT_EQ(result->error().message, wrong_password.error().message);
    EXPECT_EQ(result->error().path, "");
  }
}

TEST_F(Login, WaitsLongerAfterEachFurtherFailure) {
  fail_to_log_in(6);
  auto refused = log_in("ada");
  EXPECT_EQ(code(refused), ErrorCode::rate_limited);
  EXPECT_EQ(refused.error().retry_after_ms, 1000);
  pass(kSecond);
  fail_to_log_in(1);
  refused = log_in("ada");
  EXPECT_EQ(code(refused), ErrorCode::rate_limited);
  EXPECT_EQ(refused.error().retry_after_ms, 2000);
  pass({2000});
  EXPECT_TRUE(log_in("ada"));
}

TEST_F(Login, LocksOutNamesThatDoNotExistInTheSameWay) {
  fail_to_log_in(6, "nobody");
  const auto refused = log_in("nobody");
  EXPECT_EQ(code(refused), ErrorCode::rate_limited);
  EXPECT_EQ(refused.error().retry_after_ms, 1000);
}

TEST_F(Login, BlocksNeitherLiveSessionsNorOtherAccounts) {
  ASSERT_TRUE(sign_up("bob"));
  const Grant live = log_in("ada").value();
  fail_to_log_in(7);
  ASSERT_EQ(code(log_in("ada")), ErrorCode::rate_limited);
  EXPECT_TRUE(accepted(live));
  EXPECT_TRUE(refresh(live.refresh_token));
  EXPECT_TRUE(log_in("bob"));
}

TEST_F(Login, SlowsDownAnAddressThatTriesManyNames) {
  for (int i = 0; i < 51; ++i) fail_to_log_in(1, "user" + std::to_string(i), "2001:db8::1");
  EXPECT_EQ(code(log_in("ada", kPassword, "2001:db8::2")), ErrorCode::rate_limited);
  EXPECT_TRUE(log_in("ada", kPassword, "192.0.2.1"));
}

// Whoever knows an account's id could else keep its owner from changing the password.
TEST_F(Login, LocksOutNoChangeOfThePasswordWhateverIsTyped) {
  const Caller who = caller(log_in("ada").value());
  for (const std::string& typed : {"change:" + who.account_id, who.account_id}) {
    fail_to_log_in(6, typed);
    ASSERT_EQ(code(log_in(typed)), ErrorCode::rate_limited);
  }
  EXPECT_TRUE(change_password(who, kPassword, "battery staple"));
}

TEST_F(Login, CountsFromNoneAgainAfterASuccess) {
  fail_to_log_in(5);
  ASSERT_TRUE(log_in("ada"));
  fail_to_log_in(5);
  EXPECT_TRUE(log_in("ada"));
}

TEST_F(Login, RemembersFailuresOverARestart) {
  fail_to_log_in(6);
  restart();
  EXPECT_EQ(code(log_in("ada")), ErrorCode::rate_limited);
}

TEST_F(Login, GetsNoMoreGuessesFromSendingThemAtOnce) {
  std::vector<std::future<Result<Grant>>> answers;
  for (int i = 0; i < 30; ++i) {
    const auto promise = std::make_shared<std::promise<Result<Grant>>>();
    answers.push_back(promise->get_future());
    service_->login("ada", "wrong password", "192.0.2.9",
                    [promise](Result<Grant> result) { promise->set_value(std::move(result)); });
  }
  int guesses = 0;
  for (auto& one : answers) guesses += code(one.get()) == ErrorCode::unauthorized ? 1 : 0;
  EXPECT_EQ(guesses, 6);
}

TEST_F(Login, IsRefusedWhenTooManyWait) {
  options_.bcrypt_queue_max = 0;
  restart();
  EXPECT_EQ(code(log_in("ada")), ErrorCode::service_unavailable);
}

TEST_F(Login, MovesThePasswordToANewerCost) {
  options_.bcrypt_cost = 5;
  restart();
  ASSERT_TRUE(log_in("ada"));
  const std::string hash = store_->find_login("ada").value()->password_hash;
  EXPECT_NE(hash.find("$2b$05$"), hash.npos);
  EXPECT_TRUE(log_in("ada"));
}

// By the rounds of bcrypt, not by the clock: of the one whose hash is old, and of nobody.
TEST_F(Login, SpendsAsMuchOnEveryFailureAfterTheCostWasChanged) {
  std::atomic<int> rounds = 0;
  options_.password_crypt = [&](const std::string& phrase, const std::string& setting) {
    rounds += 1 << std::stoi(setting.substr(4, 2));
    return bcrypt(phrase, setting);
  };
  const auto spent = [&](const std::string& login) {
    rounds = 0;
    fail_to_log_in(1, login);
    return rounds.load();
  };
  for (const int cost : {6, 4}) {
    options_.bcrypt_cost = cost;
    restart();
    EXPECT_EQ(spent("ada"), 1 << 6) << cost;
    EXPECT_EQ(spent("nobody"), 1 << 6) << cost;
    if (cost == 4) continue;
    ASSERT_TRUE(log_in("ada"));  // its hash takes over the cost
  }
  ASSERT_TRUE(log_in("ada"));
  restart();
  EXPECT_EQ(spent("ada"), 1 << 4);
  EXPECT_EQ(spent("nobody"), 1 << 4);
}

TEST_F(Login, MovesThePasswordToThePepperOfANewSecret) {
  options_.previous_secret = options_.jwt_secret;
  options_.previous_key_id = options_.jwt_key_id;
  options_.jwt_secret = std::string(32, 't');
  options_.jwt_key_id = "2";
  restart();
  ASSERT_TRUE(log_in("ada"));
  options_.previous_secret.clear();
  restart();
  EXPECT_TRUE(log_in("ada"));
}

TEST_F(Login, KeepsPasswordsWhenAPepperIsConfigured) {
  options_.password_pepper = "a pepper of its own";
  restart();
  ASSERT_TRUE(log_in("ada"));
  options_.jwt_secret = std::string(32, 't');
  restart();
  EXPECT_TRUE(log_in("ada"));
}

TEST_F(Login, CountsTheAccountsThatNoPepperOfNowFits) {
  ASSERT_TRUE(sign_up("bob"));
  EXPECT_EQ(service_->accounts_without_pepper().value(), 0U);
  options_.older_peppers = {pepper_of_secret(options_.jwt_secret)};
  options_.jwt_secret = std::string(32, 't');
  restart();
  EXPECT_EQ(service_->accounts_without_pepper().value(), 0U);
  ASSERT_TRUE(log_in("ada"));
  options_.older_peppers.clear();
  restart();
  EXPECT_EQ(service_->accounts_without_pepper().value(), 1U);
}

// The addresses of those who mistyped are in the database no longer than they count.
TEST_F(Login, ForgetsFailuresThatCountNoMore) {
  fail_to_log_in(1);
  pass({24 * kHour.count});
  ASSERT_TRUE(service_->forget_past(now()));
  EXPECT_EQ(store_->failed_logins().value().size(), 1U);
  pass({1});
  ASSERT_TRUE(service_->forget_past(now()));
  EXPECT_TRUE(store_->failed_logins().value().empty());
}

TEST_F(Login, LeavesNeitherPasswordNorTypedNameInTheDatabase) {
  (void)log_in("mistyped-secret", "wrong password");
  const auto failures = store_->failed_logins().value();
  ASSERT_EQ(failures.size(), 1U);
  EXPECT_EQ(failures[0].login.find("mistyped"), std::string::npos);
  const std::string hash = store_->find_login("ada").value()->password_hash;
  EXPECT_EQ(hash.find(kPassword), std::string::npos);
}

}  // namespace
}  // namespace studiosync::server
