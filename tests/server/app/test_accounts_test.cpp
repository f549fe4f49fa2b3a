#include "server/app/test_accounts.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <set>

#include "server/app/app.hpp"
#include "server/auth/auth_service.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::server {
namespace {

class TestAccountsTest : public testing::Test {
 protected:
  TestAccountsTest() {
    config_.data.dir = folder_.file("data");
    config_.auth.bcrypt_cost = 4;
  }
  std::vector<Json> written() const {
    std::vector<Json> accounts;
    std::ifstream in(out_);
    for (std::string line; std::getline(in, line);) accounts.push_back(parse_json(line).value());
    return accounts;
  }

  TemporaryFolder folder_;
  Config config_;
  const std::string out_ = folder_.file("users.jsonl");
};

TEST_F(TestAccountsTest, HaveTokensThatTheServerAccepts) {
  ASSERT_TRUE(create_test_accounts(config_, {.count = 3, .prefix = "load", .out_file = out_}));
  const auto accounts = written();
  ASSERT_EQ(accounts.size(), 3U);
  const auto app = App::open(config_).value();
  for (const Json& account : accounts) {
    const auto caller = app->auth().authenticate(account.find("token")->as_string());
    ASSERT_TRUE(caller);
    EXPECT_EQ(caller->account_id, account.find("user_id")->as_string());
    EXPECT_TRUE(account.find("username")->as_string().starts_with("load-"));
  }
}

// Many are made at once, whatever a server that has others to serve may do.
TEST_F(TestAccountsTest, StandInTheOrderOfTheirNumbersAlsoWhereOneLoginMayWait) {
  config_.auth.bcrypt_threads = 1;
  config_.auth.bcrypt_queue = 1;
  ASSERT_TRUE(create_test_accounts(config_, {.count = 70, .out_file = out_}));
  std::vector<std::string> ends;
  std::vector<std::string> numbers;
  for (const Json& account : written()) {
    const std::string name = account.find("username")->as_string();
    ends.push_back(name.substr(name.rfind('-') + 1));
    numbers.push_back(std::to_string(numbers.size() + 1));
  }
  EXPECT_EQ(ends.size(), 70U);
  EXPECT_EQ(ends, numbers);
}

TEST_F(TestAccountsTest, AreFurtherOnesWithEachCall) {
  std::set<std::string> names;
  for (int call = 0; call < 2; ++call) {
    ASSERT_TRUE(create_test_accounts(config_, {.count = 2, .out_file = out_}));
    for (const Json& account : written()) names.insert(account.find("email")->as_string());
  }
  EXPECT_EQ(names.size(), 4U);
}

TEST_F(TestAccountsTest, AreWrittenForTheirOwnerOnly) {
  const mode_t before = ::umask(0);
  ASSERT_TRUE(create_test_accounts(config_, {.count = 1, .out_file = out_}));
  ::umask(before);
  struct stat status {};
  ASSERT_EQ(::stat(out_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(TestAccountsTest, AreForTheirOwnerOnlyAlsoInAFileThatOthersCouldRead) {
  std::ofstream(out_) << "of before";
  ASSERT_EQ(::chmod(out_.c_str(), 0644), 0);
  ASSERT_TRUE(create_test_accounts(config_, {.count = 1, .out_file = out_}));
  struct stat status {};
  ASSERT_EQ(::stat(out_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(written().size(), 1U);
}

// Few lines wait in memory until the end: an error shows only then.
TEST_F(TestAccountsTest, SaysThatTheDiskIsFull) {
  const auto made = create_test_accounts(config_, {.count = 1, .out_file = "/dev/full"});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::store_error);
  EXPECT_NE(made.error().message.find("/dev/full"), std::string::npos);
}

TEST_F(TestAccountsTest, AreNotMadeInProduction) {
  config_.environment = "production";
  const auto made = create_test_accounts(config_, {.count = 1, .out_file = out_});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::forbidden);
  EXPECT_FALSE(std::ifstream(out_).good());
}

}  // namespace
}  // namespace studiosync::server
