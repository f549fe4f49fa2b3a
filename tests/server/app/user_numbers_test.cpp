// Accounts that do not belong to the shards beside them are never served: a new user would be given
// the number, and so the records, of another.
#include "server/app/user_numbers.hpp"

#include <gmock/gmock.h>

#include <filesystem>

#include "client/http/http_client.hpp"
#include "server/app/backup.hpp"
#include "server/app/check.hpp"
#include "server/store/migrations/migrations.hpp"
#include "sqlite/database.hpp"
#include "sqlite/migrate.hpp"
#include "tests/support/live/live_server.hpp"

namespace studiosync::server {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr std::uint64_t seven = 7;

class HighestUser : public testing::Test {
 protected:
  HighestUser() { EXPECT_TRUE(sqlite::migrate(*db_, shard_migrations(), WallTime{1})); }

  std::vector<std::string> tables() {
    std::vector<std::string> names;
    auto rows = db_->prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN "
        "('meta', 'schema_migrations')");
    while (rows.step()) names.push_back(rows.string(0));
    return names;
  }
  // A row of user 7, whatever else the table wants to have.
  std::string row_in(const std::string& table) {
    std::string values;
    auto columns = db_->prepare("SELECT name, type FROM pragma_table_info(?)");
    for (columns.bind(table); columns.step();) {
      if (!values.empty()) values += ", ";
      const bool key = table == "log" && columns.text(0) == "key";
      values += key                            ? "7 << 40 | 1"
                : columns.text(1) == "INTEGER" ? "7"
                : columns.text(1) == "TEXT"    ? "'x'"
                                               : "x'00'";
    }
    return "INSERT INTO \"" + table + "\" VALUES(" + values + ")";
  }

  std::unique_ptr<sqlite::Database> db_ = sqlite::Database::open(":memory:").value();
};

TEST_F(HighestUser, IsNobodyInANewShard) {
  EXPECT_EQ(highest_user(*db_), UserId{});
  EXPECT_FALSE(db_->error());
}

TEST_F(HighestUser, IsFoundInWhicheverTableItIs) {
  const auto all = tables();
  EXPECT_THAT(all, testing::IsSupersetOf({"log", "users", "replicas", "policies", "live"}));
  for (const std::string& table : all) {
    SCOPED_TRACE(table);
    ASSERT_TRUE(db_->run(row_in(table)));
    EXPECT_EQ(highest_user(*db_), UserId{seven});
    ASSERT_TRUE(db_->run("DELETE FROM \"" + table + "\""));
  }
}

// As a copy has it that was made by the first syncd.
TEST(HighestUserOfAnOldSchema, IsFoundToo) {
  const auto db = sqlite::Database::open(":memory:").value();
  ASSERT_TRUE(sqlite::migrate(*db, shard_migrations().first(1), WallTime{1}));
  ASSERT_TRUE(db->run("INSERT INTO policies VALUES(7, 1, 1)"));
  EXPECT_EQ(highest_user(*db), UserId{seven});
}

// A folder in which ann has stored a record. `before` has the accounts from before she came.
class UserNumbers : public testing::Test {
 protected:
  UserNumbers() {
    config_.data.dir = folder_.file("data");
    test::LiveServer server;
    const std::string accounts = server.data_folder() + "/accounts.db";
    server.stop();
    fs::copy_file(accounts, folder_.file("before"));
    server.start();
    const auto login = server.sign_up("ann");
    client::HttpClient http(server.url());
    const Json upload =
        parse_json(R"({"device_id":"d","changes":[{"id":"c","item_type":"saved_query",
                       "item_id":"q","updated_at":"2024-10-21T14:03:10Z","action":"create",
                       "sync_version":0,"data":{"name":"n","query":"SELECT 1"}}]})")
            .value();
    EXPECT_TRUE(http.request("POST", "/api/sync/upload", &upload, login.access_token));
    server.stop();
    fs::copy(server.data_folder(), config_.data.dir, fs::copy_options::recursive);
  }

  std::string accounts() const { return config_.data.dir + "/accounts.db"; }
  std::string refusal() const {
    const auto app = App::open(config_);
    return app ? "" : app.error().message;
  }
  std::vector<std::string> findings() const { return check_folder(config_.data.dir).value(); }

  TemporaryFolder folder_;
  Config config_;
};

TEST_F(UserNumbers, AreServedByTheAccountsThatGaveThemOut) {
  EXPECT_THAT(findings(), testing::IsEmpty());
  EXPECT_EQ(refusal(), "");
}

TEST_F(UserNumbers, AreNotServedWithoutTheAccounts) {
  fs::remove(accounts());
  EXPECT_THAT(refusal(), testing::AllOf(HasSubstr("accounts.db"), HasSubstr("put back")));
  EXPECT_FALSE(fs::exists(accounts())) << "what is to be put back must not be there already";
}

TEST_F(UserNumbers, AreNotServedByEmptyAccounts) {
  fs::resize_file(accounts(), 0);
  EXPECT_THAT(findings(), testing::ElementsAre(HasSubstr("user 1 of shard-0.db")));
  EXPECT_THAT(refusal(), HasSubstr("user 1 of shard-0.db"));
}

TEST_F(UserNumbers, AreNotServedByOlderAccounts) {
  fs::copy_file(folder_.file("before"), accounts(), fs::copy_options::overwrite_existing);
  EXPECT_THAT(findings(), testing::ElementsAre(HasSubstr("user 1 of shard-0.db")));
  EXPECT_THAT(refusal(), HasSubstr("user 1 of shard-0.db"));
  const auto restored = restore_folder(config_.data.dir, folder_.file("restored"));
  ASSERT_FALSE(restored);
  EXPECT_THAT(restored.error().message, HasSubstr("accounts.db"));
}

// Numbers that are not in use yet may be given out: ann's deleted account, too, keeps hers.
TEST_F(UserNumbers, AreServedWhereMoreWereGivenOutThanWrote) {
  auto db = sqlite::Database::open(accounts(), {.create = false}).value();
  ASSERT_TRUE(db->run("DELETE FROM accounts; UPDATE shards SET last_number = 9"));
  db.reset();
  EXPECT_THAT(findings(), testing::IsEmpty());
  EXPECT_EQ(refusal(), "");
}

// A first start that ended before it came to the accounts.
TEST_F(UserNumbers, MayBeginWithoutAccountsWhereNobodyHasWritten) {
  config_.data.dir = folder_.file("fresh");
  ASSERT_TRUE(App::open(config_));
  fs::remove(accounts());
  EXPECT_EQ(refusal(), "");
  fs::resize_file(accounts(), 0);
  EXPECT_EQ(refusal(), "");
}

}  // namespace
}  // namespace studiosync::server
