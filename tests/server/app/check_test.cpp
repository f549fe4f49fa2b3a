// A look at a whole data folder, and the way back from a copy.
#include "server/app/check.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "client/http/http_client.hpp"
#include "server/app/backup.hpp"
#include "sqlite/database.hpp"
#include "tests/support/live/live_server.hpp"

namespace studiosync::server {
namespace {

namespace fs = std::filesystem;

// A folder in which one user has stored two records and deleted a third.
class CheckTest : public testing::Test {
 protected:
  CheckTest() {
    test::LiveServer server;
    const auto login = server.sign_up("ann");
    client::HttpClient http(server.url());
    const auto change = [](const char* id, const char* rest) {
      return std::string(R"({"id":")") + id + R"(-1","item_type":"saved_query","item_id":")" + id +
             R"(","updated_at":"2024-10-21T14:03:10Z",)" + rest + "}";
    };
    const char* create =
        R"("action":"create","sync_version":0,"data":{"name":"n","query":"SELECT 1"})";
    const std::string body = R"({"device_id":"d","changes":[)" + change("a", create) + "," +
                             change("b", create) + "," + change("c", create) + "]}";
    const Json upload = parse_json(body).value();
    EXPECT_TRUE(http.request("POST", "/api/sync/upload", &upload, login.access_token));
    server.stop();
    fs::copy(server.data_folder(), data_, fs::copy_options::recursive);
  }
  std::vector<std::string> findings() { return check_folder(data_).value(); }
  // The shard that has the user.
  std::string shard() const {
    for (int number = 0; number < 4; ++number) {
      const std::string file = data_ + "/shard-" + std::to_string(number) + ".db";
      auto db = sqlite::Database::open(file, {.create = false}).value();
      auto row = db->prepare("SELECT count(*) FROM log");
      if (row.step() && row.integer(0) > 0) return file;
    }
    return {};
  }
  void damage(std::string_view sql) {
    auto db = sqlite::Database::open(shard(), {.create = false}).value();
    ASSERT_TRUE(db->run(sql));
  }

  TemporaryFolder folder_;
  const std::string data_ = folder_.file("data");
};

TEST_F(CheckTest, FindsNothingInAFolderThatIsWhole) {
  ASSERT_FALSE(shard().empty());
  EXPECT_THAT(findings(), testing::IsEmpty());
}

TEST_F(CheckTest, FindsWhatIsStoredInOnePlaceOnly) {
  for (const char* sql :
       {"DELETE FROM log WHERE id = 'a'", "DELETE FROM item WHERE id = 'a'",
        "UPDATE users SET head = 1", "UPDATE users SET bytes = 1", "DELETE FROM epochs"}) {
    SCOPED_TRACE(sql);
    const std::string whole = shard();
    fs::copy_file(whole, folder_.file("kept"), fs::copy_options::overwrite_existing);
    damage(sql);
    EXPECT_THAT(findings(), testing::Not(testing::IsEmpty()));
    fs::copy_file(folder_.file("kept"), whole, fs::copy_options::overwrite_existing);
  }
}

// What `serve` refuses is no whole folder.
TEST_F(CheckTest, FindsASchemaThatThisProgramDoesNotKnow) {
  for (const std::string& file : {shard(), data_ + "/accounts.db"}) {
    SCOPED_TRACE(file);
    auto db = sqlite::Database::open(file, {.create = false}).value();
    ASSERT_TRUE(db->run("INSERT INTO schema_migrations VALUES (99, 'of tomorrow', 'x', 'x')"));
    EXPECT_THAT(findings(), testing::ElementsAre(fs::path(file).filename().string() +
                                                 ": schema version 99 is unknown to this program"));
    ASSERT_TRUE(db->run("DELETE FROM schema_migrations WHERE version = 99"));
  }
}

TEST_F(CheckTest, ReportsAFileThatIsNoDatabase) {
  std::ofstream(data_ + "/accounts.db", std::ios::trunc) << std::string(8192, 'x');
  const auto checked = check_folder(data_);
  ASSERT_FALSE(checked);
  EXPECT_NE(checked.error().message.find("accounts.db"), std::string::npos);
}

TEST_F(CheckTest, RestoresACopyAndRefusesADamagedOne) {
  const std::string copy = folder_.file("copy");
  const std::string fresh = folder_.file("fresh");
  ASSERT_TRUE(back_up_folder(data_, copy));
  ASSERT_TRUE(restore_folder(copy, fresh));
  EXPECT_THAT(check_folder(fresh).value(), testing::IsEmpty());
  EXPECT_EQ(restore_folder(copy, fresh).error().code, ErrorCode::already_exists);
  damage("DELETE FROM item WHERE id = 'a'");
  const auto refused = restore_folder(data_, folder_.file("never"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::store_error);
  EXPECT_FALSE(fs::exists(folder_.file("never")));
}

}  // namespace
}  // namespace studiosync::server
