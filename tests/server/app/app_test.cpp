// A whole server: its folder, its ports, its end.
#include "server/app/app.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <sstream>

#include "client/http/http_client.hpp"
#include "core/sync/retention.hpp"
#include "os/wall_clock.hpp"
#include "server/auth/auth_service.hpp"
#include "server/ops/logging.hpp"
#include "sqlite/database.hpp"
#include "tests/support/damage/full_disk.hpp"
#include "tests/support/live/live_server.hpp"

namespace studiosync::server {
namespace {

class AppTest : public testing::Test {
 protected:
  AppTest() {
    config_.data.dir = folder_.file("data");
    config_.server.port = 0;
    config_.server.metrics_port = 0;
    config_.auth.bcrypt_cost = 4;
  }
  // A member of the line that scripts wait for.
  static std::string announced(const App& app, const char* name) {
    return parse_json(app.listening_line())->find(name)->as_string();
  }
  // Whether somebody can, and is let in.
  static bool signs_up(App& app) {
    std::promise<bool> made;
    app.auth().register_account(
        "ann", "ann@example.com", "correct horse", [&](const Result<Grant>& grant) {
          made.set_value(grant && app.auth().authenticate(grant->access_token));
        });
    return made.get_future().get();
  }
  // Writes over the first page of a table of accounts.db, which nobody has open.
  void damage_accounts(std::string_view table) {
    const std::string file = config_.data.dir + "/accounts.db";
    auto db = sqlite::Database::open(file).value();
    std::int64_t page = 1;  // of the schema itself
    {
      auto root = db->prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?");
      if (root.bind(table).step()) page = root.integer(0);
    }
    db.reset();
    constexpr std::int64_t page_bytes = 4096;
    std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
    out.seekp((page - 1) * page_bytes);
    out << std::string(page_bytes, 'x');
  }

  TemporaryFolder folder_;
  Config config_;
};

TEST_F(AppTest, AnnouncesWhereItListens) {
  const auto app = App::open(config_).value();
  ASSERT_TRUE(app->serve());
  const std::string http = announced(*app, "http");
  EXPECT_EQ(announced(*app, "event"), "listening");
  EXPECT_EQ(announced(*app, "ws"), "ws" + http.substr(4) + "/ws");
  EXPECT_EQ(client::HttpClient(http).request("GET", "/health").value().status, 200);
  const std::string metrics = announced(*app, "metrics");
  const std::string base = metrics.substr(0, metrics.rfind('/'));
  EXPECT_NE(base, http);
  EXPECT_EQ(client::HttpClient(base).request("GET", "/metrics").value().status, 200);
}

// A first failure is seen to come only where there was a 0 before.
TEST_F(AppTest, ShowsTheFailuresOfEachOfItsDatabases) {
  config_.store.shards = 2;
  const auto app = App::open(config_).value();
  ASSERT_TRUE(app->serve());
  const auto metrics = client::HttpClient(announced(*app, "http")).request("GET", "/metrics");
  ASSERT_TRUE(metrics);
  for (const char* database : {"shard-0", "shard-1", "accounts"}) {
    const std::string line = "syncd_store_failures_total{database=\"" + std::string(database);
    EXPECT_THAT(metrics->text, testing::HasSubstr(line + "\"} 0\n"));
  }
}

// The answer names no cause: whoever operates the server has the log, the metrics and /readyz.
TEST_F(AppTest, TellsItsOperatorWhatAFullDiskDoes) {
  std::ostringstream log;
  start_logging({.level = Level::error, .out = &log});
  config_.store.shards = 1;
  const auto app = App::open(config_).value();
  ASSERT_TRUE(app->serve());
  client::HttpClient http(announced(*app, "http"));
  const Json ann =
      parse_json(R"({"username":"ann","email":"ann@example.com","password":"correct horse"})")
          .value();
  const auto grant = http.request("POST", "/api/auth/register", &ann);
  ASSERT_TRUE(grant) << grant.error().message;
  const Json upload = parse_json(R"({"device_id":"d","changes":[{"id":"1","item_id":"a",)"
                                 R"("item_type":"saved_query","action":"create","sync_version":0,)"
                                 R"("data":{"name":"n","query":")" +
                                 std::string(300'000, 'q') + R"("}}]})")
                          .value();
  const std::string token = grant->body.find("token")->as_string();
  ASSERT_TRUE(http.request("GET", "/api/sync/download?device_id=d", nullptr, token));
  {
    const FullDisk full(256 << 10);
    const auto refused = http.request("POST", "/api/sync/upload", &upload, token);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::server_error);
    EXPECT_FALSE(http.request("GET", "/readyz"));
  }
  const auto metrics = http.request("GET", "/metrics").value();
  EXPECT_THAT(metrics.text, testing::Not(testing::HasSubstr(R"({database="shard-0"} 0)")));
  app->stop();
  stop_logging();
  EXPECT_THAT(log.str(), testing::HasSubstr("store_failed database=shard-0 code=778"));
  EXPECT_THAT(log.str(), testing::Not(testing::HasSubstr("qqq")));
}

TEST_F(AppTest, OwnsItsFolderAlone) {
  const auto first = App::open(config_).value();
  const auto second = App::open(config_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::store_locked);
}

// To which everything is old: what is deleted by it is gone for good.
TEST_F(AppTest, DeletesNothingByAClockThatHasJumpedUntilItHasGoneOnForADay) {
  config_.server.workers = 1;
  const auto sessions_after = [&](Millis ahead) {
    const auto app = App::open(config_).value();
    EXPECT_TRUE(app->serve());
    app->tick(os::wall_now() + ahead);
    // Answered by the one worker, after what the tick has begun.
    EXPECT_TRUE(client::HttpClient(announced(*app, "http")).request("GET", "/readyz"));
    auto accounts = sqlite::Database::open(config_.data.dir + "/accounts.db").value();
    auto count = accounts->prepare("SELECT count(*) FROM sessions");
    return count.step() ? count.integer(0) : -1;
  };
  constexpr Millis far{100 * one_day.count};
  constexpr Millis hour{3600LL * 1000};
  EXPECT_EQ(sessions_after({}), 0);
  ASSERT_TRUE(signs_up(*App::open(config_).value()));
  EXPECT_EQ(sessions_after({}), 1);
  EXPECT_EQ(sessions_after(far), 1);
  EXPECT_EQ(sessions_after(far + Millis{23 * hour.count}), 1);
  EXPECT_EQ(sessions_after(far + Millis{25 * hour.count}), 0);
}

// As when somebody rotates the secret in one place only: then there is no previous one.
TEST_F(AppTest, TakesAPreviousSecretThatIsTheOneOfNowForNone) {
  config_.auth.jwt_secret = std::string(32, 's');
  config_.auth.previous_jwt_secret = config_.auth.jwt_secret;
  EXPECT_TRUE(App::open(config_));
  config_.auth = Config().auth;
  ASSERT_TRUE(App::open(config_));  // a secret is kept in the folder from now on
  std::ifstream kept(config_.data.dir + "/jwt.key");
  std::getline(kept, config_.auth.previous_jwt_secret);
  EXPECT_TRUE(App::open(config_));
}

// A disk that takes no more: nobody can log in.
TEST_F(AppTest, IsNotReadyWhileItsAccountsCannotBeWritten) {
  const auto app = App::open(config_).value();
  ASSERT_TRUE(app->serve());
  auto accounts = sqlite::Database::open(config_.data.dir + "/accounts.db").value();
  ASSERT_TRUE(
      accounts->run("CREATE TRIGGER full BEFORE INSERT ON meta BEGIN SELECT RAISE(FAIL, ''); END"));
  client::HttpClient http(announced(*app, "http"));
  for (const char* path : {"/readyz", "/health"}) {
    const auto reply = http.request("GET", path);
    ASSERT_FALSE(reply) << path;
    EXPECT_EQ(reply.error().retry_after_ms, 1000) << path;
  }
}

TEST_F(AppTest, DoesNotServeDamagedAccounts) {
  for (const char* what : {"sqlite_schema", "accounts", "sqlite_autoindex_accounts_2", "shards",
                           "sessions", "sessions_by_expiry", "devices", "meta"}) {
    SCOPED_TRACE(what);
    ASSERT_TRUE(App::open(config_));
    damage_accounts(what);
    const auto opened = App::open(config_);
    ASSERT_FALSE(opened);
    EXPECT_THAT(opened.error().message, testing::HasSubstr("accounts.db: "));
    std::filesystem::remove(config_.data.dir + "/accounts.db");
  }
}

// What is lost are some guesses' delays; everybody can still log in.
TEST_F(AppTest, ServesWithoutTheFailedLoginsThatCannotBeRead) {
  ASSERT_TRUE(App::open(config_));
  damage_accounts("login_attempts");
  std::ostringstream log;
  start_logging({.level = Level::warn, .out = &log});
  const auto opened = App::open(config_);
  stop_logging();
  ASSERT_TRUE(opened);
  EXPECT_THAT(log.str(), testing::HasSubstr("failed_logins_lost"));
  EXPECT_TRUE(signs_up(**opened));
}

// The shards are made before the accounts: where accounts are, a shard is never a new one.
TEST_F(AppTest, MakesNoNewShardBesideItsAccounts) {
  config_.store.shards = 1;
  ASSERT_TRUE(App::open(config_));
  const std::string shard = config_.data.dir + "/shard-0.db";
  std::filesystem::resize_file(shard, 0);
  const auto emptied = App::open(config_);
  ASSERT_FALSE(emptied);
  EXPECT_THAT(emptied.error().message, testing::HasSubstr("shard-0.db is empty"));
  std::filesystem::remove(shard);
  const auto removed = App::open(config_);
  ASSERT_FALSE(removed);
  EXPECT_THAT(removed.error().message, testing::HasSubstr("shard 0 is missing"));
}

TEST_F(AppTest, SaysThatItsPortIsTaken) {
  test::LiveServer other;
  const std::string url = other.url();
  config_.server.port = std::stoi(url.substr(url.rfind(':') + 1));
  const auto app = App::open(config_).value();
  const auto served = app->serve();
  ASSERT_FALSE(served);
  EXPECT_EQ(served.error().code, ErrorCode::connection_refused);
}

// The key of the tokens is kept with the data.
TEST_F(AppTest, LogsNobodyOutByARestart) {
  test::LiveServer server;
  const auto login = server.sign_up("ann");
  server.stop();
  server.start();
  client::HttpClient http(server.url());
  EXPECT_TRUE(http.request("GET", "/api/auth/profile", nullptr, login.access_token));
}

TEST_F(AppTest, RefusesConnectionsOnceItIsStopped) {
  const auto app = App::open(config_).value();
  ASSERT_TRUE(app->serve());
  const std::string http = announced(*app, "http");
  app->stop();
  const auto reply = client::HttpClient(http).request("GET", "/health");
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, ErrorCode::connection_refused);
}

}  // namespace
}  // namespace studiosync::server
