// The whole API over the real accounts and the real sync logic on a store in memory: no socket.
#pragma once

#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <utility>

#include "core/base/check.hpp"
#include "server/api/api.hpp"
#include "server/auth/account_store.hpp"
#include "server/store/memory/memory_store.hpp"
#include "tests/server/api/json_of.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::server {

class ApiTest : public testing::Test {
 protected:
  explicit ApiTest(ApiOptions options = unlimited()) {
    auto opened = AccountStore::open(folder_.file("accounts.db"), now_);
    SS_CHECK(opened.has_value());
    accounts_ = std::move(*opened);
    auth_ = std::make_unique<AuthService>(*accounts_, cheap_auth(), clock());
    api_ = std::make_unique<Api>(
        ApiParts{*auth_, sync_, metrics_, health_,
                 [this](const std::function<void(Result<>)>& task) { task(admitted_); }, clock()},
        std::move(options));
  }

  static ApiOptions unlimited() {
    return {.uploads_per_minute = 0,
            .downloads_per_minute = 0,
            .conflicts_per_minute = 0,
            .logins_per_minute = 0,
            .password_changes_per_minute = 0,
            .cors_origins = {"https://app.example"}};
  }

  struct Answer {
    int status = 0;
    Json body;
    HttpResponse raw;

    std::string header(std::string_view name) const {
      for (const auto& [key, value] : raw.headers) {
        if (key == name) return value;
      }
      return {};
    }
  };

  HttpRequest request(std::string method, std::string path, const std::string& body = {}) const {
    HttpRequest made{.method = std::move(method), .body = body, .client_address = "192.0.2.1"};
    const std::size_t mark = std::min(path.find('?'), path.size());
    add_query(path.substr(std::min(mark + 1, path.size())), made.query);
    made.path = path.substr(0, mark);
    if (!token_.empty()) made.headers.emplace_back("authorization", "Bearer " + token_);
    return made;
  }

  Answer send(HttpRequest made) {
    // Shared: the answer may come after the test gave up.
    const auto promise = std::make_shared<std::promise<HttpResponse>>();
    auto future = promise->get_future();
    api_->handle(std::move(made),
                 [promise](HttpResponse response) { promise->set_value(std::move(response)); });
    SS_CHECK(future.wait_for(std::chrono::seconds(20)) == std::future_status::ready);
    Answer answer{.raw = future.get()};
    answer.status = answer.raw.status;
    if (answer.raw.content_type == "application/json" && !answer.raw.body.empty()) {
      answer.body = json_of(answer.raw.body);
    }
    return answer;
  }
  Answer get(const std::string& path) { return send(request("GET", path)); }
  Answer post(const std::string& path, const std::string& body = {}) {
    return send(request("POST", path, body));
  }

  // Makes an account and uses its token from now on.
  Answer sign_up(const std::string& name) {
    token_.clear();
    Answer answer = post("/api/auth/register", R"({"username":")" + name + R"(","email":")" + name +
                                                   R"(@example.com","password":"correct horse"})");
    if (answer.status == 201) token_ = at(answer.body, "token").as_string();
    return answer;
  }

  Answer upload(const std::string& device, const std::string& changes) {
    return post("/api/sync/upload",
                R"({"device_id":")" + device + R"(","changes":)" + changes + "}");
  }

  std::string token_;
  WallTime now_{1'800'000'000'000};
  Result<> admitted_;  // what workers say to each task
  Result<> probed_;    // what the store says to a probe

  MemoryStore store_{{.shards = 4,
                      .clock = [this] { return CommitTime{now_.unix_ms * 1000}; },
                      .entropy = [this] { return ++entropy_; }}};
  Hub hub_;
  Metrics metrics_{[] { return MetricsSample{}; }};
  SyncService sync_{store_, hub_, clock(), {.metrics = &metrics_}};
  HealthCheck health_{[this] { return probed_; }, clock()};
  std::unique_ptr<Api> api_;

 private:
  static AuthOptions cheap_auth() {
    return {.jwt_secret = "0123456789abcdef0123456789abcdef", .bcrypt_cost = 4};
  }
  std::function<WallTime()> clock() {
    return [this] { return now_; };
  }
  static void add_query(std::string_view text, Headers& query) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('&'), text.size());
      const std::string_view pair = text.substr(0, end);
      const std::size_t equals = std::min(pair.find('='), pair.size());
      query.emplace_back(pair.substr(0, equals), pair.substr(std::min(equals + 1, pair.size())));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  std::uint64_t entropy_ = 0;
  TemporaryFolder folder_;
  std::unique_ptr<AccountStore> accounts_;
  std::unique_ptr<AuthService> auth_;  // ends first: its threads use what is above
};

}  // namespace studiosync::server
