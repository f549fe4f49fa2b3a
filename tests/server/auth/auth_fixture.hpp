// An AuthService on a database of its own, with a clock that the test moves, and its calls as plain
// functions that wait for the answer.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/check.hpp"
#include "server/auth/account_store.hpp"
#include "server/auth/auth_service.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::server {

inline constexpr WallTime kStart{1'800'000'000'000};
inline constexpr Millis kSecond{1000};
inline constexpr Millis kHour{3600LL * 1000};
inline constexpr const char* kPassword = "correct horse";

// The answer of a call with a `done`; a call that never answers stops the test.
template <class T, class Call>
Result<T> answer(Call call) {
  const auto promise = std::make_shared<std::promise<Result<T>>>();
  auto future = promise->get_future();
  call([promise](Result<T> result) { promise->set_value(std::move(result)); });
  SS_CHECK(future.wait_for(std::chrono::seconds(20)) == std::future_status::ready);
  return future.get();
}

class AuthTest : public testing::Test {
 protected:
  AuthTest() { start(); }

  void start() {
    auto opened = AccountStore::open(database(), now());
    SS_CHECK(opened.has_value());
    store_ = std::move(*opened);
    service_ = std::make_unique<AuthService>(*store_, options_, [this] { return now(); });
    service_->listen(
        {.session_ended = [this](UserRef, const std::string& id) { ended_.push_back(id); },
         .device_revoked = [this](UserRef,
                                  const DeviceId& device) { revoked_.push_back(device.value); }});
  }

  // As after a restart of the server, with the options of now.
  void restart() {
    service_.reset();
    store_.reset();
    start();
  }

  std::string database() const { return folder_.file("accounts.db"); }
  WallTime now() const { return {now_ms_.load()}; }
  void pass(Millis time) { now_ms_ += time.count; }

  Result<Grant> sign_up(const std::string& username, const std::string& password = kPassword) {
    return answer<Grant>([&](auto done) {
      service_->register_account(username, username + "@example.com", password, done);
    });
  }
  Result<Grant> log_in(const std::string& login, const std::string& password = kPassword,
                       const std::string& address = "192.0.2.1") {
    return answer<Grant>([&](auto done) { service_->login(login, password, address, done); });
  }
  Result<Grant> refresh(const std::string& token) {
    return answer<Grant>([&](auto done) { service_->refresh(token, done); });
  }
  Result<> log_out(const Caller& caller) {
    return answer<void>([&](auto done) { service_->logout(caller, done); });
  }
  Result<> change_password(const Caller& caller, const std::string& from, const std::string& to) {
    return answer<void>([&](auto done) { service_->change_password(caller, from, to, done); });
  }
  Caller caller(const Grant& grant) { return service_->authenticate(grant.access_token).value(); }
  bool accepted(const Grant& grant) {
    return service_->authenticate(grant.access_token).has_value();
  }

  AuthOptions options_{.jwt_secret = std::string(32, 's'), .bcrypt_cost = 4};
  std::vector<std::string> ended_;
  std::vector<std::string> revoked_;
  std::unique_ptr<AccountStore> store_;
  std::unique_ptr<AuthService> service_;

 private:
  TemporaryFolder folder_;
  std::atomic<std::int64_t> now_ms_{kStart.unix_ms};
};

// For EXPECT_EQ: the code of a failure; a success has none.
template <class T>
std::optional<ErrorCode> code(const Result<T>& result) {
  return result ? std::nullopt : std::optional(result.error().code);
}

}  // namespace studiosync::server
