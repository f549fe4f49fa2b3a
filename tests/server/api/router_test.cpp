#include "server/api/router.hpp"

#include "tests/server/api/json_of.hpp"

namespace studiosync::server {
namespace {

class RouterTest : public testing::Test {
 protected:
  RouterTest() {
    add("GET", "/open", Access::open, Body::none);
    add("POST", "/open", Access::open, Body::json);
    add("GET", "/secret/{id}", Access::token, Body::none);
    add("PUT", "/secret/{id}", Access::token, Body::json);
  }

  void add(std::string method, std::string pattern, Access access, Body body) {
    router_.add({std::move(method), std::move(pattern), access, body,
                 [this](Request request, const Respond& respond) {
                   seen_ = std::move(request);
                   respond({.status = 204});
                 },
                 [this](const Request& request) {
                   limited_.push_back(request.caller ? request.caller->account_id : "");
                   return limit_;
                 }});
  }

  HttpResponse send(HttpRequest request) {
    HttpResponse answer;
    int answers = 0;
    router_.dispatch(std::move(request), [&](HttpResponse response) {
      answer = std::move(response);
      ++answers;
    });
    EXPECT_EQ(answers, 1);
    return answer;
  }
  static HttpRequest with_token(HttpRequest request, const std::string& authorization) {
    request.headers.emplace_back("authorization", authorization);
    return request;
  }
  static std::string code_of(const HttpResponse& response) {
    return at(json_of(response.body), "code").as_string();
  }

  std::optional<Request> seen_;
  std::vector<std::string> limited_;  // whose requests were counted
  Result<> limit_;
  Router router_{[](std::string_view token) -> Result<Caller> {
    if (token == "old") return fail(ErrorCode::token_expired, "expired");
    if (token != "good") return fail(ErrorCode::unauthorized, "bad token");
    return Caller{.account_id = "u-1"};
  }};
};

TEST_F(RouterTest, RunsTheRouteOfTheMethod) {
  EXPECT_EQ(send({.method = "GET", .path = "/open"}).status, 204);
  EXPECT_FALSE(seen_->caller);
  EXPECT_TRUE(seen_->body.is_null());
}

TEST_F(RouterTest, AnswersNotFoundForAnUnknownPath) {
  const HttpResponse answer = send({.method = "GET", .path = "/other"});
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(code_of(answer), "not_found");
}

TEST_F(RouterTest, NamesTheMethodsThatAPathAllows) {
  const HttpResponse answer = send({.method = "DELETE", .path = "/open"});
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.headers, (Headers{{"Allow", "GET, POST"}}));
}

TEST_F(RouterTest, LetsNobodyInWithoutAValidToken) {
  const HttpRequest request{.method = "GET", .path = "/secret/1"};
  EXPECT_EQ(send(request).status, 401);
  EXPECT_EQ(send(with_token(request, "Basic good")).status, 401);
  EXPECT_EQ(send(with_token(request, "Bearer ")).status, 401);
  EXPECT_EQ(code_of(send(with_token(request, "Bearer bad"))), "unauthorized");
  EXPECT_EQ(code_of(send(with_token(request, "Bearer old"))), "token_expired");
  EXPECT_FALSE(seen_);
}

TEST_F(RouterTest, TellsARouteWhoAsksAndForWhat) {
  EXPECT_EQ(send(with_token({.method = "GET", .path = "/secret/s-7"}, "bEARER good")).status, 204);
  EXPECT_EQ(seen_->caller->account_id, "u-1");
  EXPECT_EQ(seen_->path_parameter("id"), "s-7");
  EXPECT_EQ(seen_->path_parameter("other"), "");
}

TEST_F(RouterTest, LooksAtTheTokenBeforeTheBody) {
  EXPECT_EQ(send({.method = "PUT", .path = "/secret/1", .body = "{"}).status, 401);
  EXPECT_EQ(
      send(with_token({.method = "PUT", .path = "/secret/1", .body = "{"}, "Bearer good")).status,
      400);
}

// To parse 10 MiB takes longer than all else that is done for a request that is refused.
TEST_F(RouterTest, LooksAtTheLimitBehindTheTokenAndBeforeTheBody) {
  const HttpRequest broken{.method = "PUT", .path = "/secret/1", .body = "{"};
  EXPECT_EQ(send(broken).status, 401);
  EXPECT_TRUE(limited_.empty());
  EXPECT_EQ(send(with_token(broken, "Bearer good")).status, 400);
  EXPECT_EQ(limited_, std::vector<std::string>{"u-1"});
  limit_ = fail(ErrorCode::rate_limited, "too often");
  EXPECT_EQ(send(with_token(broken, "Bearer good")).status, 429);
  EXPECT_EQ(send({.method = "POST", .path = "/open", .body = "{"}).status, 429);
  EXPECT_FALSE(seen_);
}

TEST_F(RouterTest, TakesALongBodyOnlyOfWhoIsLoggedIn) {
  const auto bytes_max = [&](const HttpRequest& head) { return router_.body_bytes_max(head); };
  EXPECT_EQ(bytes_max({.method = "POST", .path = "/open"}), open_body_bytes_max);
  EXPECT_EQ(bytes_max({.method = "PUT", .path = "/other"}), open_body_bytes_max);
  const HttpRequest put{.method = "PUT", .path = "/secret/1"};
  EXPECT_EQ(bytes_max(with_token(put, "Bearer good")), limits::request_bytes_max);
  EXPECT_EQ(bytes_max(with_token({.method = "GET", .path = "/secret/1"}, "Bearer good")),
            open_body_bytes_max);
  EXPECT_EQ(bytes_max(put).error().code, ErrorCode::unauthorized);
  EXPECT_EQ(bytes_max(with_token(put, "Bearer old")).error().code, ErrorCode::token_expired);
}

TEST_F(RouterTest, ParsesTheBodyOnce) {
  EXPECT_EQ(send({.method = "POST", .path = "/open", .body = R"({"a":[1]})"}).status, 204);
  EXPECT_EQ(at(seen_->body, "a.0"), Json(1));
  EXPECT_EQ(seen_->http.body, "");
}

TEST_F(RouterTest, RefusesABodyThatIsNoJson) {
  for (const char* body : {"", "{", "{}x", "\xFF", R"({"a":1,"a":2})"}) {
    EXPECT_EQ(code_of(send({.method = "POST", .path = "/open", .body = body})), "bad_request")
        << body;
  }
}

TEST_F(RouterTest, NamesThePatternOfAPath) {
  EXPECT_EQ(router_.pattern_of("/secret/s-7"), "/secret/{id}");
  EXPECT_EQ(router_.pattern_of("/other"), "");
}

}  // namespace
}  // namespace studiosync::server
