#include "server/api/api.hpp"

#include <gmock/gmock.h>

#include "tests/server/api/api_fixture.hpp"

namespace studiosync::server {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST_F(ApiTest, HealthFollowsTheStore) {
  const Answer healthy = get("/health");
  EXPECT_EQ(healthy.status, 200);
  EXPECT_EQ(at(healthy.body, "status"), Json("healthy"));
  EXPECT_EQ(at(healthy.body, "service"), Json("syncd"));
  probed_ = fail(ErrorCode::store_error, "disk full on /dev/sda1");
  now_ = now_ + Millis{2'000};
  const Answer unhealthy = get("/health");
  EXPECT_EQ(unhealthy.status, 503);
  EXPECT_EQ(at(unhealthy.body, "status"), Json("unhealthy"));
  EXPECT_THAT(unhealthy.raw.body, Not(HasSubstr("sda1")));
  EXPECT_EQ(get("/readyz").status, 503);
  EXPECT_EQ(get("/livez").status, 200);
}

TEST_F(ApiTest, IsNotReadyWhileItDrains) {
  EXPECT_EQ(get("/readyz").status, 200);
  health_.drain();
  EXPECT_EQ(at(get("/readyz").body, "status"), Json("draining"));
  EXPECT_EQ(get("/health").status, 200);
}

TEST_F(ApiTest, MetricsCountRequestsByPatternAndKnownMethodsOnly) {
  sign_up("ada");
  send(request("DELETE", "/api/devices/secret-device"));
  send(request("BREW", "/coffee/pot-1"));
  const Answer answer = get("/metrics");
  EXPECT_EQ(answer.raw.content_type, "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_THAT(answer.raw.body,
              HasSubstr(R"({method="DELETE",route="/api/devices/{id}",status="404"} 1)"));
  EXPECT_THAT(answer.raw.body, HasSubstr(R"({method="other",route="unmatched",status="404"} 1)"));
  EXPECT_THAT(answer.raw.body, Not(HasSubstr("secret-device")));
  EXPECT_THAT(answer.raw.body, Not(HasSubstr("pot-1")));
}

TEST_F(ApiTest, MetricsCountWhatBecameOfChanges) {
  sign_up("ada");
  upload("laptop", R"([{"item_type":"preference","item_id":"theme","action":"create",
                        "data":{"key":"theme","value":"dark"}},7])");
  const std::string text = get("/metrics").raw.body;
  EXPECT_THAT(text, HasSubstr(R"(syncd_changes_total{status="applied"} 1)"));
  EXPECT_THAT(text, HasSubstr(R"(syncd_changes_total{status="rejected"} 1)"));
}

TEST_F(ApiTest, AnswersAPreflightWithoutAToken) {
  HttpRequest preflight = request("OPTIONS", "/api/sync/upload");
  preflight.headers.emplace_back("origin", "https://app.example");
  const Answer answer = send(preflight);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), "https://app.example");
  EXPECT_THAT(answer.header("Access-Control-Allow-Methods"), HasSubstr("PATCH"));
}

TEST_F(ApiTest, LetsAllowedOriginsReadErrorsToo) {
  HttpRequest unauthorized = request("GET", "/api/sync/status");
  unauthorized.headers.emplace_back("origin", "https://app.example");
  const Answer answer = send(unauthorized);
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), "https://app.example");
  unauthorized.headers = {{"origin", "https://evil.example"}};
  EXPECT_EQ(send(unauthorized).header("Access-Control-Allow-Origin"), "");
}

TEST(MetricsHandler, ServesMetricsAndNothingElse) {
  Metrics metrics([] { return MetricsSample{}; });
  MetricsHandler handler(metrics);
  const auto status = [&](const char* path) {
    int answered = 0;
    handler.handle({.method = "GET", .path = path},
                   [&](const HttpResponse& response) { answered = response.status; });
    return answered;
  };
  EXPECT_EQ(status("/metrics"), 200);
  EXPECT_EQ(status("/api/devices"), 404);
}

class LimitedApi : public ApiTest {
 protected:
  LimitedApi()
      : ApiTest({.uploads_per_minute = 2,
                 .downloads_per_minute = 3,
                 .conflicts_per_minute = 2,
                 .logins_per_minute = 2,
                 .password_changes_per_minute = 2}) {}

  Answer download() { return get("/api/sync/download?device_id=d"); }
};

TEST_F(LimitedApi, CountsDownloadsByUserAndSaysWhenToComeBack) {
  sign_up("ada");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(download().status, 200);
  const Answer refused = download();
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(at(refused.body, "code"), Json("rate_limited"));
  EXPECT_EQ(refused.header("Retry-After"), "20");
  EXPECT_EQ(get("/api/sync/status").status, 200);
  now_ = now_ + Millis{20'000};
  EXPECT_EQ(download().status, 200);
}

TEST_F(LimitedApi, GivesEachUserAnAllowanceOfItsOwn) {
  sign_up("ada");
  for (int i = 0; i < 4; ++i) download();
  sign_up("bob");
  EXPECT_EQ(download().status, 200);
}

TEST_F(LimitedApi, GivesAUserOneAllowanceOnAllItsTokens) {
  sign_up("ada");
  for (int i = 0; i < 3; ++i) download();
  const Answer login =
      post("/api/auth/login", R"({"email":"ada@example.com","password":"correct horse"})");
  token_ = at(login.body, "token").as_string();
  EXPECT_EQ(download().status, 429);
}

TEST_F(LimitedApi, CountsUploadsAndConflictCalls) {
  sign_up("ada");
  const std::string remove = R"([{"item_type":"preference","item_id":"a","action":"delete"}])";
  for (int i = 0; i < 2; ++i) EXPECT_EQ(upload("d", remove).status, 200);
  EXPECT_EQ(upload("d", remove).status, 429);
  EXPECT_EQ(get("/api/sync/conflicts").status, 200);
  EXPECT_EQ(post("/api/sync/conflicts/c/resolve", R"({"strategy":"keep_both"})").status, 404);
  EXPECT_EQ(get("/api/sync/conflicts").status, 429);
}

// Each takes as much of the password pool as a login, also one that changes nothing.
TEST_F(LimitedApi, CountsChangesOfThePasswordByUser) {
  sign_up("ada");
  const auto change = [&] {
    return post("/api/auth/change-password",
                R"({"current_password":"correct horse","new_password":"correct horse"})")
        .status;
  };
  for (int i = 0; i < 2; ++i) EXPECT_EQ(change(), 200);
  EXPECT_EQ(change(), 429);
  sign_up("bob");
  EXPECT_EQ(change(), 200);
}

TEST_F(LimitedApi, CountsRegistrationsAndLoginsByAddress) {
  EXPECT_EQ(sign_up("ada").status, 201);
  EXPECT_EQ(sign_up("bob").status, 201);
  EXPECT_EQ(sign_up("eve").status, 429);
  HttpRequest elsewhere = request("POST", "/api/auth/login",
                                  R"({"email":"ada@example.com","password":"correct horse"})");
  elsewhere.client_address = "192.0.2.2";
  EXPECT_EQ(send(elsewhere).status, 200);
}

// Who has one address of IPv6 has 2^64 of them.
TEST_F(LimitedApi, CountsTheAddressesOfAnIPv6NetworkTogether) {
  const auto log_in_from = [&](const std::string& address) {
    HttpRequest made = request("POST", "/api/auth/login",
                               R"({"email":"ada@example.com","password":"correct horse"})");
    made.client_address = address;
    return send(std::move(made)).status;
  };
  EXPECT_EQ(log_in_from("2001:db8:1:2::1"), 401);
  EXPECT_EQ(log_in_from("2001:db8:1:2::2"), 401);
  EXPECT_EQ(log_in_from("2001:db8:1:2:ffff::9"), 429);
  EXPECT_EQ(log_in_from("2001:db8:1:3::1"), 401);
}

// Before the body is read, and as readable for a page in a browser as behind it.
TEST_F(ApiTest, RefusesALongBodyOfSomebodyUnknownByItsHead) {
  HttpRequest head = request("POST", "/api/sync/upload");
  head.headers.emplace_back("origin", "https://app.example");
  const auto refused = api_->admit(head);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().status, 401);
  const Answer answer{.status = 401, .raw = refused.error()};
  EXPECT_EQ(answer.header("WWW-Authenticate"), "Bearer");
  EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), "https://app.example");
  EXPECT_NE(metrics_.render().find(R"(route="/api/sync/upload",status="401"} 1)"),
            std::string::npos);

  EXPECT_EQ(api_->admit(request("POST", "/api/auth/login")), open_body_bytes_max);
  sign_up("ada");
  EXPECT_EQ(api_->admit(request("POST", "/api/sync/upload")), limits::request_bytes_max);
}

}  // namespace
}  // namespace studiosync::server
