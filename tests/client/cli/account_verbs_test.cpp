// setup, login, logout, status.
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/client/cli/cli_fixture.hpp"

namespace studiosync::client {
namespace {

constexpr const char* query = R"({"name":"Orders","query":"SELECT 1"})";

class AccountVerbsTest : public SyncctlTest {
 protected:
  AccountVerbsTest() { start_server(); }
};

TEST_F(AccountVerbsTest, RegistersAndLogsFurtherDevicesIn) {
  const CliDevice laptop = folder("laptop");
  auto words = setup_words(url_);
  words.insert(words.end(), {"--password-file", laptop.home() + "/password", "--register",
                             "--username", "ann", "--device-name", "Ann's laptop"});
  const Ran ran = laptop.json(words);
  ASSERT_EQ(ran.code, 0) << ran.errors;
  const Json answer = ran.json();
  EXPECT_EQ(text(answer, "server"), url_);
  EXPECT_EQ(text(answer, "email"), "ann@example.com");
  EXPECT_EQ(text(answer, "device_name"), "Ann's laptop");
  registered_ = true;
  const Json status = device("phone").json({"status"}).json();
  EXPECT_EQ(text(status, "login"), "logged_in");
  EXPECT_EQ(text(status, "email"), "ann@example.com");
  EXPECT_EQ(text(status, "device_name"), "phone");
}

TEST_F(AccountVerbsTest, RefusesToRegisterAnAddressTwice) {
  device("laptop");
  const CliDevice phone = folder("phone");
  auto words = setup_words(url_);
  words.insert(words.end(),
               {"--password-file", phone.home() + "/password", "--register", "--username", "ann"});
  EXPECT_EQ(phone.run(words).code, 1);
  EXPECT_EQ(phone.run({"status"}).code, 2);
}

TEST_F(AccountVerbsTest, RefusesAWrongPassword) {
  device("laptop");
  const CliDevice phone = folder("phone");
  auto words = setup_words(url_);
  words.insert(words.end(), {"--password-file", phone.file("wrong", "not it\n")});
  const Ran ran = phone.run(words);
  EXPECT_EQ(ran.code, 4);
  EXPECT_EQ(ran.errors.find("not it"), std::string::npos);
}

TEST_F(AccountVerbsTest, TakesThePasswordFromStandardInputOrTheEnvironment) {
  device("laptop");
  auto words = setup_words(url_);
  CliDevice phone = folder("phone");
  phone.environment = {"STUDIOSYNC_PASSWORD=" + password};
  EXPECT_EQ(phone.run(words).code, 0);
  words.insert(words.end(), {"--password-file", "-"});
  EXPECT_EQ(folder("tablet").run(words, password + "\n").code, 0);
}

TEST_F(AccountVerbsTest, TakesServerAddressAndFolderFromTheEnvironment) {
  device("laptop");
  CliDevice phone = folder("phone");
  phone.environment = {"STUDIOSYNC_SERVER=" + url_, "STUDIOSYNC_EMAIL=ann@example.com",
                       "STUDIOSYNC_PASSWORD=" + password};
  EXPECT_EQ(phone.run({"setup"}).code, 0);
  EXPECT_EQ(phone.run({"sync"}).code, 0);
}

TEST_F(AccountVerbsTest, KeepsTokensInAFileOfItsOwnerOnly) {
  const CliDevice laptop = device("laptop");
  struct stat status {};
  ASSERT_EQ(::stat((laptop.data() + "/auth.json").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  ASSERT_EQ(::stat(laptop.data().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
  ASSERT_EQ(::chmod((laptop.data() + "/auth.json").c_str(), 0644), 0);
  EXPECT_EQ(laptop.run({"sync"}).code, 4);
}

TEST_F(AccountVerbsTest, PrintsNoSecret) {
  const CliDevice laptop = device("laptop");
  std::ifstream file(laptop.data() + "/auth.json");
  const auto auth = parse_json(std::string{std::istreambuf_iterator<char>(file), {}});
  ASSERT_TRUE(auth);
  std::string printed;
  for (const auto& words : std::vector<std::vector<std::string>>{{"status"}, {"sync"}, {"queue"}}) {
    for (const Ran& ran : {laptop.run(words), laptop.json(words)}) printed += ran.out + ran.errors;
  }
  for (const char* secret : {"access_token", "refresh_token"}) {
    ASSERT_GT(text(*auth, secret).size(), 10U);
    EXPECT_EQ(printed.find(text(*auth, secret)), std::string::npos) << secret;
  }
  EXPECT_EQ(printed.find(password), std::string::npos);
}

// setup refuses such an address; an older one did not.
TEST_F(AccountVerbsTest, PrintsNoPasswordOfTheServersAddress) {
  const CliDevice laptop = device("laptop");
  std::ifstream in(laptop.data() + "/auth.json");
  std::string auth{std::istreambuf_iterator<char>(in), {}};
  auth.insert(auth.find("http://") + 7, "ann:Tr0ub4dor-and-3@");
  laptop.file("data/auth.json", auth);
  for (const std::string verb : {"status", "doctor"}) {
    for (const Ran& ran : {laptop.run({verb}), laptop.json({verb})}) {
      EXPECT_NE(ran.out.find("http://ann:[REDACTED]@127.0.0.1"), std::string::npos) << ran.out;
      EXPECT_EQ((ran.out + ran.errors).find("Tr0ub4dor"), std::string::npos) << verb;
    }
  }
}

TEST_F(AccountVerbsTest, WorksOnLocallyAfterALogoutAndSendsItAfterTheLogin) {
  const CliDevice laptop = device("laptop");
  const CliDevice phone = device("phone");
  ASSERT_EQ(laptop.json({"logout"}).code, 0);
  EXPECT_EQ(text(laptop.json({"status"}).json(), "login"), "logged_out");
  EXPECT_EQ(laptop.run({"sync"}).code, 4);
  EXPECT_EQ(laptop.run({"policy"}).code, 4);
  EXPECT_EQ(laptop.run({"put", "saved_query", "q1", "--json", query}).code, 0);
  EXPECT_EQ(laptop.run({"get", "saved_query", "q1"}).code, 0);

  EXPECT_EQ(laptop.run({"login", "--password-file", "-"}, "not it\n").code, 4);
  const Ran login = laptop.json({"login", "--password-file", laptop.home() + "/password"});
  ASSERT_EQ(login.code, 0) << login.errors;
  EXPECT_FALSE(text(login.json(), "expires_at").empty());
  EXPECT_EQ(laptop.run({"sync"}).code, 0);
  ASSERT_EQ(phone.run({"sync"}).code, 0);
  EXPECT_EQ(phone.run({"get", "saved_query", "q1"}).code, 0);
}

// A server that was made anew may know the same address as another account.
TEST_F(AccountVerbsTest, StaysWithItsAccountWhereTheServerKnowsAnotherOne) {
  const CliDevice laptop = device("laptop");
  ASSERT_EQ(laptop.run({"put", "saved_query", "synced", "--json", query}).code, 0);
  ASSERT_EQ(laptop.run({"sync"}).code, 0);
  ASSERT_EQ(laptop.run({"put", "saved_query", "unsent", "--json", query}).code, 0);
  const Json before = laptop.json({"status"}).json();
  stop_server();
  std::filesystem::remove_all(folder_.file("server"));
  start_server();
  registered_ = false;
  const CliDevice phone = device("phone");

  const Ran login = laptop.json({"login", "--password-file", laptop.home() + "/password"});
  EXPECT_EQ(login.code, 4);
  EXPECT_NE(login.errors.find("syncctl disable"), std::string::npos) << login.errors;
  EXPECT_EQ(laptop.json({"list", "saved_query"}).objects().size(), 2U);
  EXPECT_EQ(text(laptop.json({"status"}).json(), "pending"), "1");
  EXPECT_EQ(text(laptop.json({"status"}).json(), "device_id"), text(before, "device_id"));

  // As it says.
  ASSERT_EQ(laptop.run({"disable"}).code, 0);
  auto words = setup_words(url_);
  words.insert(words.end(),
               {"--existing", "upload", "--password-file", laptop.home() + "/password"});
  ASSERT_EQ(laptop.run(words).code, 0);
  ASSERT_EQ(laptop.run({"sync"}).code, 0);
  EXPECT_EQ(text(phone.json({"sync"}).json(), "received"), "2");
}

TEST_F(AccountVerbsTest, LogsOutTwiceAndWithoutALogin) {
  const CliDevice laptop = device("laptop");
  EXPECT_EQ(laptop.run({"logout"}).code, 0);
  EXPECT_EQ(laptop.run({"logout"}).code, 0);
}

TEST_F(AccountVerbsTest, TellsNothingToDoFromStuck) {
  const CliDevice laptop = device("laptop");
  ASSERT_EQ(laptop.run({"sync"}).code, 0);
  EXPECT_EQ(text(laptop.json({"status"}).json(), "summary"), "everything sent");
  ASSERT_EQ(laptop.run({"put", "saved_query", "q1", "--json", query}).code, 0);
  const Json status = laptop.json({"status"}).json();
  EXPECT_EQ(text(status, "pending"), "1");
  EXPECT_NE(text(status, "summary"), "everything sent");
  EXPECT_NE(laptop.run({"status"}).out.find("edits wait"), std::string::npos);
}

}  // namespace
}  // namespace studiosync::client
