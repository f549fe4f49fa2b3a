// What a server may answer to a login: its id of the user names a file here.
#include <gtest/gtest.h>

#include "client/engine/account.hpp"
#include "server/net/listener.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::client {
namespace {

// Grants everything, to whom it likes.
class Granting final : public server::HttpHandler {
 public:
  void handle(server::HttpRequest, server::Respond respond) override {
    respond({.body = R"({"user":)" + user + R"(,"token":"t2","refresh_token":"r2",)" +
                     R"("expires_at":"2030-01-01T00:00:00Z"})"});
  }
  std::string user = "{}";  // set while nobody asks
};

class GrantTest : public testing::Test {
 protected:
  GrantTest() { EXPECT_TRUE(listener_.start()); }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(listener_.port()); }
  Result<> log_in_as(const std::string& user) {
    handler_.user = user;
    HttpClient http(url());
    return log_in(http, {.email = "ann@example.com", .username = {}, .password = "p"}, login_);
  }

  TemporaryFolder folder_;
  Granting handler_;
  server::Listener listener_{{}, handler_, nullptr};
  Login login_;
};

TEST_F(GrantTest, TakesAnOrdinaryId) {
  for (const char* id : {"42", "u-42", "aee18320-674c-4c7d-b5d1-eb58b0cafe57", "a.b_c:D"}) {
    login_ = {};
    EXPECT_TRUE(log_in_as(R"({"id":")" + std::string(id) + R"("})"));
    EXPECT_EQ(login_.user_id, id);
  }
}

TEST_F(GrantTest, RefusesAnIdThatIsNoFileNameOrNone) {
  const std::string longest(129, 'x');
  for (const std::string& id :
       {std::string(), std::string("."), std::string(".."), std::string("../../victim/history"),
        std::string("a/b"), std::string("a b"), std::string("\\u0000"), longest}) {
    login_ = {};
    const auto refused = log_in_as(R"({"id":")" + id + R"("})");
    ASSERT_FALSE(refused) << id;
    EXPECT_EQ(refused.error().code, ErrorCode::server_error);
    EXPECT_EQ(login_.user_id, "");
    EXPECT_EQ(login_.access_token, "");
  }
  EXPECT_FALSE(log_in_as("{}"));
  EXPECT_FALSE(log_in_as(R"({"id":42})"));
}

TEST_F(GrantTest, ARefreshNeverChangesTheUser) {
  ASSERT_TRUE(log_in_as(R"({"id":"u-1","email":"ann@example.com"})"));
  login_.server = url();
  ASSERT_TRUE(save_login(folder_.path(), login_));
  handler_.user = R"({"id":"u-2","email":"bob@example.com"})";
  const auto refused = refresh_login(folder_.path(), login_.access_token);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::forbidden);
  EXPECT_FALSE(refused.error().retryable());
  EXPECT_EQ(load_login(folder_.path())->value().email, "ann@example.com");
}

TEST_F(GrantTest, NorDoesAnotherLogin) {
  ASSERT_TRUE(log_in_as(R"({"id":"u-1"})"));
  const auto refused = log_in_as(R"({"id":"u-2"})");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::forbidden);
  EXPECT_EQ(login_.user_id, "u-1");
}

}  // namespace
}  // namespace studiosync::client
