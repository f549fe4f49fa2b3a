#include <thread>

#include "server/auth/refresh_token.hpp"
#include "server/auth/session_keeper.hpp"
#include "tests/server/auth/auth_fixture.hpp"

namespace studiosync::server {
namespace {

class Session : public AuthTest {
 protected:
  void rotate_secret() {
    options_.previous_secret = options_.jwt_secret;
    options_.previous_key_id = options_.jwt_key_id;
    options_.jwt_secret = std::string(32, 't');
    options_.jwt_key_id = "2";
    restart();
  }

  Grant grant_ = sign_up("ada").value();
};

TEST_F(Session, RefusesTokensThatAreNone) {
  EXPECT_EQ(code(service_->authenticate("")), ErrorCode::unauthorized);
  EXPECT_EQ(code(service_->authenticate(grant_.refresh_token)), ErrorCode::unauthorized);
  EXPECT_EQ(code(refresh("")), ErrorCode::unauthorized);
  EXPECT_EQ(code(refresh(grant_.access_token)), ErrorCode::unauthorized);
  EXPECT_EQ(code(refresh(std::string(1U << 20, 'A'))), ErrorCode::unauthorized);
}

TEST_F(Session, EndsItsAccessTokensAfterTheirTimeAndRefreshesThem) {
  pass(options_.access_lifetime);
  EXPECT_EQ(code(service_->authenticate(grant_.access_token)), ErrorCode::token_expired);
  const auto next = refresh(grant_.refresh_token);
  ASSERT_TRUE(next);
  EXPECT_TRUE(accepted(*next));
  EXPECT_EQ(next->profile.id, grant_.profile.id);
  EXPECT_EQ(caller(*next).user, store_->find_account(grant_.profile.id).value()->user);
}

TEST_F(Session, LivesAsLongAsItIsRefreshedInTime) {
  Grant grant = grant_;
  for (int day = 0; day < 20; day += 5) {
    pass({5 * 24 * kHour.count});
    grant = refresh(grant.refresh_token).value();
    EXPECT_TRUE(accepted(grant));
  }
  pass(options_.refresh_lifetime);
  EXPECT_EQ(code(refresh(grant.refresh_token)), ErrorCode::unauthorized);
}

TEST_F(Session, GivesARetryTheSameSuccessorUntilThatIsPresented) {
  const std::string successor = refresh(grant_.refresh_token).value().refresh_token;
  EXPECT_NE(successor, grant_.refresh_token);
  EXPECT_EQ(refresh(grant_.refresh_token).value().refresh_token, successor);
  EXPECT_EQ(refresh(grant_.refresh_token).value().refresh_token, successor);
  EXPECT_TRUE(refresh(successor));
}

TEST_F(Session, EndsWhenAReplacedTokenIsPresented) {
  const Grant second = refresh(grant_.refresh_token).value();
  const Grant third = refresh(second.refresh_token).value();
  EXPECT_EQ(code(refresh(grant_.refresh_token)), ErrorCode::unauthorized);
  EXPECT_EQ(code(refresh(third.refresh_token)), ErrorCode::unauthorized);
  EXPECT_EQ(code(refresh(second.refresh_token)), ErrorCode::unauthorized);
  EXPECT_FALSE(accepted(third));
  EXPECT_EQ(ended_.size(), 1U);
}

TEST_F(Session, DoesNotEndForATokenThatOnlyNamesIt) {
  const Grant second = refresh(grant_.refresh_token).value();
  const Grant third = refresh(second.refresh_token).value();
  RefreshToken forged = parse_refresh_token(grant_.refresh_token).value();
  forged.secret[0] = static_cast<char>(forged.secret[0] ^ 1);
  EXPECT_EQ(code(refresh(forged.text())), ErrorCode::unauthorized);
  EXPECT_TRUE(accepted(third));
  EXPECT_TRUE(ended_.empty());
}

TEST_F(Session, GivesTwoThatRefreshAtOnceTheSameSuccessor) {
  std::vector<std::string> successors(2);
  std::vector<std::thread> threads;
  for (std::string& successor : successors) {
    threads.emplace_back([&] { successor = refresh(grant_.refresh_token).value().refresh_token; });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(successors[0], successors[1]);
  EXPECT_TRUE(refresh(successors[0]));
}

TEST_F(Session, IsStoredWithoutItsTokens) {
  const RefreshToken token = parse_refresh_token(grant_.refresh_token).value();
  const SessionFamily family = store_->find_session(token.session_id).value().value();
  EXPECT_EQ(family.current_hash, sha256(token.secret));
}

TEST_F(Session, RefusesItsAccessTokenAfterLogout) {
  const Grant other = log_in("ada").value();
  const Caller who = caller(grant_);
  ASSERT_TRUE(log_out(who));
  EXPECT_EQ(code(service_->authenticate(grant_.access_token)), ErrorCode::unauthorized);
  EXPECT_EQ(code(refresh(grant_.refresh_token)), ErrorCode::unauthorized);
  EXPECT_EQ(ended_, std::vector{who.session_id});
  EXPECT_TRUE(accepted(other));
}

TEST_F(Session, SurvivesARestart) {
  const Caller before = caller(grant_);
  const std::string successor = refresh(grant_.refresh_token).value().refresh_token;
  restart();
  const Caller after = caller(grant_);
  EXPECT_EQ(after.user, before.user);
  EXPECT_EQ(after.account_id, before.account_id);
  EXPECT_EQ(refresh(grant_.refresh_token).value().refresh_token, successor);
}

TEST_F(Session, StaysEndedAfterARestart) {
  ASSERT_TRUE(log_out(caller(grant_)));
  restart();
  EXPECT_EQ(code(service_->authenticate(grant_.access_token)), ErrorCode::unauthorized);
  EXPECT_EQ(code(refresh(grant_.refresh_token)), ErrorCode::unauthorized);
}

TEST_F(Session, GoesOnWhenTheSecretIsReplaced) {
  const std::string successor = refresh(grant_.refresh_token).value().refresh_token;
  rotate_secret();
  EXPECT_TRUE(accepted(grant_));
  EXPECT_EQ(refresh(grant_.refresh_token).value().refresh_token, successor);
  EXPECT_TRUE(refresh(successor));
}

TEST_F(Session, LosesItsAccessTokensWithTheirKeyButNotItsRefreshToken) {
  rotate_secret();
  options_.previous_secret.clear();
  restart();
  EXPECT_EQ(code(service_->authenticate(grant_.access_token)), ErrorCode::unauthorized);
  EXPECT_TRUE(refresh(grant_.refresh_token));
}

TEST_F(Session, GoesOnWhenTheClockWasAheadAtTheStart) {
  const Millis ahead{400LL * 24 * 3600 * 1000};
  pass(ahead);
  restart();
  EXPECT_FALSE(accepted(grant_));
  pass(Millis{-ahead.count});
  EXPECT_TRUE(accepted(grant_));
  EXPECT_TRUE(accepted(refresh(grant_.refresh_token).value()));
}

TEST_F(Session, EndsTheOthersWhenThePasswordChanges) {
  const Grant other = log_in("ada").value();
  const Grant another = log_in("ada").value();
  ASSERT_TRUE(change_password(caller(grant_), kPassword, "battery staple"));
  EXPECT_TRUE(accepted(grant_));
  EXPECT_TRUE(refresh(grant_.refresh_token));
  for (const Grant* grant : {&other, &another}) {
    EXPECT_EQ(code(service_->authenticate(grant->access_token)), ErrorCode::unauthorized);
    EXPECT_EQ(code(refresh(grant->refresh_token)), ErrorCode::unauthorized);
  }
  EXPECT_EQ(ended_.size(), 2U);
  EXPECT_EQ(code(log_in("ada")), ErrorCode::unauthorized);
  EXPECT_TRUE(log_in("ada", "battery staple"));
}

TEST_F(Session, KeepsOtherAccountsWhenThePasswordChanges) {
  const Grant bob = sign_up("bob").value();
  ASSERT_TRUE(change_password(caller(grant_), kPassword, "battery staple"));
  EXPECT_TRUE(accepted(bob));
}

TEST_F(Session, ChangesNoPasswordWithoutTheOldOne) {
  const auto refused = change_password(caller(grant_), "wrong password", "battery staple");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::forbidden);
  EXPECT_EQ(refused.error().path, "$.current_password");
  EXPECT_TRUE(log_in("ada"));
}

TEST_F(Session, ChangesNoPasswordToAWeakOne) {
  for (const char* weak : {"short", "ada@example.com", "aaaaaaaaaaa"}) {
    const auto refused = change_password(caller(grant_), kPassword, weak);
    ASSERT_FALSE(refused) << weak;
    EXPECT_EQ(refused.error().code, ErrorCode::validation_error);
    EXPECT_EQ(refused.error().path, "$.new_password");
  }
}

TEST_F(Session, LimitsGuessesAtTheOldPasswordWithoutLockingOutLogins) {
  for (int i = 0; i < 6; ++i)
    (void)change_password(caller(grant_), "wrong password", "battery staple");
  EXPECT_EQ(code(change_password(caller(grant_), kPassword, "battery staple")),
            ErrorCode::rate_limited);
  EXPECT_TRUE(log_in("ada"));
}

TEST_F(Session, IsForgottenOnceItHasExpired) {
  const std::string session = caller(grant_).session_id;
  pass(options_.refresh_lifetime);
  ASSERT_TRUE(service_->forget_past(now()));
  EXPECT_FALSE(store_->find_session(session).value());
}

TEST(SessionKeeper, ForgetsExpiredSessionsInMemoryToo) {
  const TemporaryFolder folder;
  const auto store = AccountStore::open(folder.file("accounts.db"), kStart).value();
  const Account ada =
      store->add_account({.id = "ada", .username = "ada", .email = "a@example.com"}, "hash", 1)
          .value();
  SessionKeeper keeper(*store, TokenSigner({"1", std::string(32, 's')}),
                       RefreshTokenMaker(std::string(32, 'k'), ""), {kSecond, kHour});
  const auto session_of = [&](const Grant& grant) {
    return parse_refresh_token(grant.refresh_token).value().session_id;
  };
  const std::string early = session_of(keeper.start(ada, kStart).value());
  const std::string late = session_of(keeper.start(ada, kStart + kSecond).value());
  EXPECT_TRUE(keeper.table().find(early));
  ASSERT_TRUE(keeper.forget_expired(kStart + kHour));
  EXPECT_FALSE(keeper.table().find(early));
  EXPECT_TRUE(keeper.table().find(late));
}

}  // namespace
}  // namespace studiosync::server
