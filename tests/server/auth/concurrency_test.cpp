#include <thread>

#include "tests/server/auth/auth_fixture.hpp"

namespace studiosync::server {
namespace {

class Concurrency : public AuthTest {};

// For the thread sanitizer, and for the one property that races could break: what was answered
// holds afterwards.
TEST_F(Concurrency, RequestsLoginsAndEndsDoNotDisturbOneAnother) {
  constexpr int kUsers = 3;
  options_.bcrypt_threads = 2;
  restart();
  service_->listen({});
  std::vector<std::thread> threads;
  std::vector<Grant> last(kUsers);
  for (int user = 0; user < kUsers; ++user) {
    threads.emplace_back([&, name = "user" + std::to_string(user), user] {
      const Grant first = sign_up(name).value();
      const Caller who = caller(first);
      for (int round = 0; round < 5; ++round) {
        const DeviceId device{"device" + std::to_string(round)};
        const Grant other = log_in(name).value();
        EXPECT_TRUE(service_->device_seen(caller(other), device, "name"));
        EXPECT_TRUE(service_->rename_device(who, device, "renamed"));
        EXPECT_TRUE(service_->revoke_device(who, device));
        EXPECT_EQ(code(service_->authenticate(other.access_token)), ErrorCode::device_revoked);
      }
      const Grant gone = log_in(name).value();
      EXPECT_TRUE(log_out(caller(gone)));
      EXPECT_FALSE(accepted(gone));
      EXPECT_TRUE(change_password(who, kPassword, "battery staple"));
      last[static_cast<std::size_t>(user)] = refresh(first.refresh_token).value();
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const Grant& grant : last) EXPECT_TRUE(accepted(grant));
}

}  // namespace
}  // namespace studiosync::server
