#include "server/auth/account_store.hpp"

#include <gtest/gtest.h>

#include <map>

#include "core/base/limits.hpp"
#include "os/entropy.hpp"
#include "server/auth/auth_limits.hpp"
#include "sqlite/database.hpp"
#include "tests/support/damage/full_disk.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::server {
namespace {

constexpr WallTime kNow{1'800'000'000'000};

class AccountStoreTest : public testing::Test {
 protected:
  AccountStoreTest() { open(); }

  void open() {
    store_.reset();
    store_ = std::move(AccountStore::open(path_, kNow).value());
  }
  // Through a connection of its own, for states that would take long to reach.
  void run(const std::string& sql) {
    const auto db = sqlite::Database::open(path_);
    ASSERT_TRUE(db);
    ASSERT_TRUE((*db)->run(sql));
  }
  Result<Account> add(const std::string& username, std::uint32_t shards = 4) {
    return store_->add_account({.id = os::random_uuid(),
                                .username = username,
                                .email = username + "@example.com",
                                .created = kNow},
                               "hash", shards);
  }
  SessionFamily add_session(const Account& account, WallTime expires = kNow + Millis{1000}) {
    SessionFamily family{.id = os::random_uuid(),
                         .account_id = account.profile.id,
                         .current_hash = sha256("token"),
                         .created = kNow,
                         .expires = expires};
    EXPECT_TRUE(store_->add_session(family, account.password_hash).value());
    return family;
  }
  Result<SeenDevice> see(const Account& account, const std::string& device,
                         const std::string& session = "", const std::string& name = "") {
    return store_->see_device({account.profile.id, session, {device}, name, kNow});
  }

  TemporaryFolder folder_;
  const std::string path_ = folder_.file("accounts.db");
  std::unique_ptr<AccountStore> store_;
};

TEST_F(AccountStoreTest, SpreadsAccountsEvenlyAndNumbersThemWithinTheirShard) {
  std::map<std::uint32_t, std::vector<std::uint64_t>> numbers;
  for (int i = 0; i < 8; ++i) {
    const Account account = add("user" + std::to_string(i)).value();
    numbers[account.user.shard].push_back(account.user.number.value);
  }
  EXPECT_EQ(numbers.size(), 4U);
  for (const auto& [shard, of_shard] : numbers) {
    EXPECT_EQ(of_shard, (std::vector<std::uint64_t>{1, 2})) << shard;
  }
}

TEST_F(AccountStoreTest, KeepsTheShardOfAnAccountWhenTheNumberOfShardsChanges) {
  std::vector<Account> accounts;
  for (int i = 0; i < 4; ++i) accounts.push_back(add("user" + std::to_string(i)).value());
  open();
  EXPECT_EQ(add("late", 2).value().user.shard, 0U);
  for (const Account& account : accounts) {
    EXPECT_EQ(store_->find_account(account.profile.id).value()->user, account.user);
  }
}

TEST_F(AccountStoreTest, RefusesAnAccountBeyondTheNumbersOfItsShard) {
  ASSERT_TRUE(add("first", 1));
  run("UPDATE shards SET last_number = " + std::to_string(limits::user_max - 1));
  EXPECT_EQ(add("last", 1).value().user.number.value, limits::user_max);
  EXPECT_EQ(add("beyond", 1).error().code, ErrorCode::quota_exceeded);
}

TEST_F(AccountStoreTest, TakesNamesAndAddressesOnceInAnyCase) {
  ASSERT_TRUE(add("Ada"));
  const auto same_name = store_->add_account(
      {.id = os::random_uuid(), .username = "aDA", .email = "other@example.com"}, "hash", 4);
  EXPECT_EQ(same_name.error().code, ErrorCode::already_exists);
  EXPECT_EQ(same_name.error().path, "$.username");
  const auto same_address = store_->add_account(
      {.id = os::random_uuid(), .username = "other", .email = "ADA@Example.com"}, "hash", 4);
  EXPECT_EQ(same_address.error().code, ErrorCode::already_exists);
  EXPECT_EQ(same_address.error().path, "$.email");
}

TEST_F(AccountStoreTest, FindsALoginByNameOrAddressInAnyCase) {
  const Account ada = add("Ada").value();
  for (const char* login : {"Ada", "ADA", "ada@example.com", "Ada@Example.COM"}) {
    const auto found = store_->find_login(login).value();
    ASSERT_TRUE(found) << login;
    EXPECT_EQ(found->profile.id, ada.profile.id);
    EXPECT_EQ(found->profile.username, "Ada");
    EXPECT_EQ(found->profile.created, kNow);
  }
  EXPECT_FALSE(store_->find_login("ad").value());
  EXPECT_FALSE(store_->find_login("").value());
}

TEST_F(AccountStoreTest, ReplacesAHashOnlyWhileItIsTheOneThatWasRead) {
  const Account ada = add("ada").value();
  ASSERT_TRUE(store_->replace_password_hash(ada.profile.id, "other", "newer"));
  EXPECT_EQ(store_->find_account(ada.profile.id).value()->password_hash, "hash");
  ASSERT_TRUE(store_->replace_password_hash(ada.profile.id, "hash", "newer"));
  EXPECT_EQ(store_->find_account(ada.profile.id).value()->password_hash, "newer");
}

TEST_F(AccountStoreTest, StartsNoSessionWithAPasswordThatWasChangedMeanwhile) {
  const Account ada = add("ada").value();
  const SessionFamily kept = add_session(ada);
  ASSERT_TRUE(store_->change_password({ada.profile.id, kept.id}, "hash", "newer", kNow));
  const SessionFamily late{.id = os::random_uuid(), .account_id = ada.profile.id, .expires = kNow};
  EXPECT_FALSE(store_->add_session(late, ada.password_hash).value());
  EXPECT_FALSE(store_->find_session(late.id).value());
}

TEST_F(AccountStoreTest, ChangesNoPasswordThatWasChangedMeanwhileNorFromASessionThatEnded) {
  const Account ada = add("ada").value();
  const SessionFamily owner = add_session(ada);
  const SessionFamily thief = add_session(ada);
  ASSERT_TRUE(store_->change_password({ada.profile.id, owner.id}, "hash", "owner's", kNow));
  for (const char* verified : {"hash", "owner's"}) {
    const auto refused =
        store_->change_password({ada.profile.id, thief.id}, verified, "thief's", kNow);
    ASSERT_FALSE(refused) << verified;
    EXPECT_EQ(refused.error().code, ErrorCode::unauthorized);
  }
  EXPECT_FALSE(store_->change_password({ada.profile.id, owner.id}, "hash", "again", kNow));
  EXPECT_EQ(store_->find_account(ada.profile.id).value()->password_hash, "owner's");
}

TEST_F(AccountStoreTest, KeepsTheStateOfASessionFamily) {
  SessionFamily family = add_session(add("ada").value());
  EXPECT_FALSE(store_->find_session(family.id).value()->previous_hash);
  family.generation = 2;
  family.previous_hash = family.current_hash;
  family.current_hash = sha256("next");
  family.expires = kNow + Millis{5000};
  ASSERT_TRUE(store_->advance_session(family).value());
  open();
  const auto stored = store_->find_session(family.id).value();
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->generation, 2U);
  EXPECT_EQ(stored->current_hash, sha256("next"));
  EXPECT_EQ(stored->previous_hash, sha256("token"));
  EXPECT_EQ(stored->expires, family.expires);
  EXPECT_FALSE(stored->ended);
}

TEST_F(AccountStoreTest, AdvancesNoSessionThatHasEnded) {
  const SessionFamily family = add_session(add("ada").value());
  ASSERT_TRUE(store_->end_session(family.id, EndReason::logout, kNow));
  EXPECT_FALSE(store_->advance_session(family).value());
  EXPECT_TRUE(store_->find_session(family.id).value()->ended);
}

TEST_F(AccountStoreTest, ForgetsSessionsThatExpired) {
  const Account ada = add("ada").value();
  const SessionFamily early = add_session(ada, kNow + Millis{10});
  const SessionFamily late = add_session(ada, kNow + Millis{20});
  EXPECT_EQ(store_->expire_sessions(kNow + Millis{10}).value(), std::vector{early.id});
  EXPECT_FALSE(store_->find_session(early.id).value());
  EXPECT_TRUE(store_->find_session(late.id).value());
}

TEST_F(AccountStoreTest, BindsASessionToTheFirstDeviceSeenInIt) {
  const Account ada = add("ada").value();
  const SessionFamily session = add_session(ada);
  EXPECT_TRUE(see(ada, "laptop", session.id).value().bound_to_session);
  EXPECT_FALSE(see(ada, "tablet", session.id).value().bound_to_session);
  EXPECT_TRUE(see(ada, "laptop", session.id).value().bound_to_session);
}

TEST_F(AccountStoreTest, RegistersNoDeviceBeyondTheLimit) {
  const Account ada = add("ada").value();
  run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
      std::to_string(auth_limits::devices_per_account_max) + ") INSERT INTO devices SELECT '" +
      ada.profile.id + "', 'd' || i, '', 0, 0, NULL FROM n");
  EXPECT_EQ(see(ada, "one-more").error().code, ErrorCode::quota_exceeded);
  EXPECT_TRUE(see(ada, "d1"));
  EXPECT_TRUE(see(add("bob").value(), "one-more"));
}

TEST_F(AccountStoreTest, ForgetsFailedLoginsOfThePast) {
  ASSERT_TRUE(store_->add_failed_login({"a", "192.0.2.1", kNow}));
  ASSERT_TRUE(store_->add_failed_login({"b", "192.0.2.1", kNow + Millis{5}}));
  ASSERT_TRUE(store_->forget_failed_logins_before(kNow + Millis{1}));
  const auto failures = store_->failed_logins().value();
  ASSERT_EQ(failures.size(), 1U);
  EXPECT_EQ(failures[0].login, "b");
  EXPECT_EQ(failures[0].at, kNow + Millis{5});
}

TEST_F(AccountStoreTest, RefusesADatabaseThatIsNotItsOwn) {
  const std::string other = folder_.file("other.db");
  const auto db = sqlite::Database::open(other);
  ASSERT_TRUE(db);
  ASSERT_TRUE((*db)->run("CREATE TABLE accounts(x)"));
  const auto refused = AccountStore::open(other, kNow);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::store_error);
  EXPECT_TRUE(refused.error().message.starts_with("other.db: ")) << refused.error().message;
}

TEST_F(AccountStoreTest, AnswersWithoutTheReasonsOfTheDatabase) {
  run("DROP TABLE sessions");
  const auto failed = store_->find_session("any");
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::server_error);
  EXPECT_EQ(failed.error().message.find("sessions"), std::string::npos);
}

// The answer holds no cause: this is all that anybody learns of it.
TEST_F(AccountStoreTest, TellsWhatItsDatabaseFailedAt) {
  std::vector<std::string> told;
  store_.reset();
  store_ = AccountStore::open(path_, kNow,
                              [&](std::string_view database, int code, std::string_view message) {
                                told.push_back(std::string(database) + " " + std::to_string(code) +
                                               " " + std::string(message));
                              })
               .value();
  {
    const FullDisk full(1);
    const auto refused = add("ann");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::server_error);
  }
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told.front(), "accounts 778 disk I/O error");
}

}  // namespace
}  // namespace studiosync::server
