#include "client/http/http_client.hpp"

#include <gtest/gtest.h>

#include <mutex>
#include <vector>

#include "server/net/listener.hpp"

namespace studiosync::client {
namespace {

using server::HttpRequest;
using server::HttpResponse;
using server::Respond;

// Answers what the path asks for, and remembers what it was asked.
class Answers final : public server::HttpHandler {
 public:
  void handle(HttpRequest request, Respond respond) override {
    HttpResponse response = answer(request.path);
    const bool silent = request.path == "/silent";
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(std::move(request));
      if (silent) unanswered_.push_back(std::move(respond));
    }
    if (!silent) respond(std::move(response));
  }

  HttpRequest last() {
    const std::lock_guard lock(mutex_);
    return requests_.back();
  }

 private:
  static HttpResponse answer(const std::string& path) {
    if (path == "/refused") {
      return {.status = 400,
              .body = R"({"error":true,"code":"validation_error","message":"must be a text",)"
                      R"("path":"$.email"})"};
    }
    if (path == "/busy") {
      return {.status = 429,
              .body = R"({"error":true,"code":"rate_limited","message":"later"})",
              .headers = {{"Retry-After", "7"}}};
    }
    if (path == "/leak") {
      return {.status = 422, .body = R"({"code":"credential_leaked","rule":"aws_key"})"};
    }
    if (path == "/page") return {.content_type = "text/html", .body = "<p>hello</p>"};
    if (path.starts_with("/status/")) {
      return {
          .status = std::stoi(path.substr(8)), .content_type = "text/html", .body = "<p>no</p>"};
    }
    if (path == "/large") {
      return {.body = "\"" + std::string(3'000'000, 'x') + "\""};
    }
    return {.body = R"({"answer":42})"};
  }

  std::mutex mutex_;  // guards both: requests come on the listener's threads
  std::vector<HttpRequest> requests_;
  std::vector<Respond> unanswered_;
};

class HttpClientTest : public testing::Test {
 protected:
  static std::uint16_t started(server::Listener& listener) {
    EXPECT_TRUE(listener.start());
    return listener.port();
  }
  Error error_of(const std::string& path) {
    const auto reply = http_.request("GET", path);
    EXPECT_FALSE(reply);
    return reply ? Error{} : reply.error();
  }

  Answers answers_;
  server::Listener listener_{{}, answers_, nullptr};
  const std::string url_ = "http://127.0.0.1:" + std::to_string(started(listener_));
  HttpClient http_{url_};
};

TEST_F(HttpClientTest, ReadsAJsonAnswer) {
  const auto reply = http_.request("GET", "/");
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->status, 200);
  EXPECT_EQ(reply->body.dump(), R"({"answer":42})");
}

TEST_F(HttpClientTest, SendsMethodBodyAndToken) {
  const Json body = Json::object().set("name", "grün");
  ASSERT_TRUE(http_.request("PATCH", "/api/devices/d1", &body, "secret-token"));
  const HttpRequest request = answers_.last();
  EXPECT_EQ(request.method, "PATCH");
  EXPECT_EQ(request.path, "/api/devices/d1");
  EXPECT_EQ(request.body, R"({"name":"grün"})");
  EXPECT_EQ(request.header("content-type"), "application/json");
  EXPECT_EQ(request.header("authorization"), "Bearer secret-token");
}

TEST_F(HttpClientTest, ForgetsTheTokenAndTheBodyOfTheRequestBefore) {
  const Json body = Json::object();
  ASSERT_TRUE(http_.request("POST", "/", &body, "secret-token"));
  ASSERT_TRUE(http_.request("GET", "/"));
  EXPECT_EQ(answers_.last().method, "GET");
  EXPECT_EQ(answers_.last().body, "");
  EXPECT_EQ(answers_.last().header("authorization"), "");
}

TEST_F(HttpClientTest, SendsABodyOfItsOwnWithEachPost) {
  ASSERT_TRUE(http_.request("POST", "/api/auth/logout", nullptr, "secret-token"));
  EXPECT_EQ(answers_.last().method, "POST");
  EXPECT_EQ(answers_.last().body, "");
}

TEST_F(HttpClientTest, KeepsItsConnection) {
  ASSERT_TRUE(http_.request("GET", "/"));
  ASSERT_TRUE(http_.request("GET", "/"));
  EXPECT_EQ(listener_.connections(), 1U);
}

TEST_F(HttpClientTest, ReadsACompressedAnswer) {
  const auto reply = http_.request("GET", "/large");
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->body.as_string().size(), 3'000'000U);
  EXPECT_NE(answers_.last().header("accept-encoding").find("gzip"), std::string_view::npos);
}

TEST_F(HttpClientTest, AcceptsAnAnswerThatIsNoJson) {
  const auto reply = http_.request("GET", "/page");
  ASSERT_TRUE(reply);
  EXPECT_TRUE(reply->body.is_null());
}

TEST_F(HttpClientTest, TakesCodeMessageAndPathFromARefusal) {
  const Error error = error_of("/refused");
  EXPECT_EQ(error.code, ErrorCode::validation_error);
  EXPECT_EQ(error.message, "must be a text");
  EXPECT_EQ(error.path, "$.email");
}

TEST_F(HttpClientTest, TakesTheRuleOfALeakedCredential) {
  const Error error = error_of("/leak");
  EXPECT_EQ(error.code, ErrorCode::credential_leaked);
  EXPECT_EQ(error.rule, "aws_key");
}

TEST_F(HttpClientTest, SaysWhenToTryAgain) {
  const Error error = error_of("/busy");
  EXPECT_EQ(error.code, ErrorCode::rate_limited);
  EXPECT_EQ(error.retry_after_ms, 7000);
}

// As a proxy in between answers: no JSON.
TEST_F(HttpClientTest, GoesByTheStatusWhereARefusalSaysNoMore) {
  const std::vector<std::pair<int, ErrorCode>> expected{
      {401, ErrorCode::unauthorized},        {403, ErrorCode::forbidden},
      {404, ErrorCode::not_found},           {429, ErrorCode::rate_limited},
      {500, ErrorCode::server_error},        {502, ErrorCode::service_unavailable},
      {503, ErrorCode::service_unavailable}, {504, ErrorCode::service_unavailable}};
  for (const auto& [status, code] : expected) {
    SCOPED_TRACE(status);
    const Error error = error_of("/status/" + std::to_string(status));
    EXPECT_EQ(error.code, code);
    EXPECT_FALSE(error.message.empty());
  }
}

TEST_F(HttpClientTest, SaysThatNobodyListens) {
  listener_.stop(Millis{0});
  const auto reply = HttpClient(url_).request("GET", "/");
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, ErrorCode::connection_refused);
  EXPECT_EQ(reply.error().effect, Effect::certainly_not);
}

// The request may have been carried out: nothing may be forgotten.
TEST_F(HttpClientTest, GivesUpOnASilentServer) {
  const auto reply = HttpClient(url_, {}, Millis{100}).request("GET", "/silent");
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, ErrorCode::timeout);
  EXPECT_EQ(reply.error().effect, Effect::maybe);
}

TEST_F(HttpClientTest, SpeaksHttpOnly) {
  const auto reply = HttpClient("file:///etc").request("GET", "/hostname");
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, ErrorCode::bad_request);
  EXPECT_EQ(reply.error().effect, Effect::certainly_not);
}

TEST(HttpClientBase, IsReadWithoutItsTrailingSlashes) {
  EXPECT_EQ(HttpClient("http://127.0.0.1:1//").base(), "http://127.0.0.1:1");
}

TEST(PushChannelUrl, FollowsFromTheServersUrl) {
  EXPECT_EQ(push_channel_url("http://127.0.0.1:8080"), "ws://127.0.0.1:8080/ws");
  EXPECT_EQ(push_channel_url("https://sync.example/"), "wss://sync.example/ws");
}

TEST(PushChannelUrl, IsMadeOfHttpUrlsOnly) {
  for (const char* url : {"", "127.0.0.1:8080", "ftp://sync.example", "ws://sync.example"}) {
    const auto made = push_channel_url(url);
    ASSERT_FALSE(made) << url;
    EXPECT_EQ(made.error().code, ErrorCode::bad_request);
  }
}

TEST(PushChannelUrl, HasNoLoginInIt) {
  for (const char* url : {"http://ann:pw@host:1", "http://ann@host", "https://ann:@host/x"}) {
    const auto made = push_channel_url(url);
    ASSERT_FALSE(made) << url;
    EXPECT_EQ(made.error().code, ErrorCode::bad_request);
  }
  EXPECT_EQ(push_channel_url("http://host/a@b"), "ws://host/a@b/ws");
}

}  // namespace
}  // namespace studiosync::client
