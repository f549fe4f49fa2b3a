#include "server/api/health_check.hpp"

#include <gtest/gtest.h>

#include <future>

namespace studiosync::server {
namespace {

class HealthCheckTest : public testing::Test {
 protected:
  WallTime now_{1'800'000'000'000};
  int probes_ = 0;
  Result<> outcome_;
  HealthCheck check_{[this] {
                       ++probes_;
                       return outcome_;
                     },
                     [this] { return now_; }};
};

TEST_F(HealthCheckTest, FailsWhenTheStoreFailsAndRecoversWithIt) {
  EXPECT_TRUE(check_.check());
  outcome_ = fail(ErrorCode::store_error, "disk");
  now_ = now_ + Millis{1'000};
  EXPECT_FALSE(check_.check());
  outcome_ = {};
  now_ = now_ + Millis{1'000};
  EXPECT_TRUE(check_.check());
}

TEST_F(HealthCheckTest, ProbesAtMostOnceASecondHoweverManyAsk) {
  for (int i = 0; i < 1'000; ++i) EXPECT_TRUE(check_.check());
  EXPECT_EQ(probes_, 1);
  now_ = now_ + Millis{1'000};
  EXPECT_TRUE(check_.check());
  EXPECT_EQ(probes_, 2);
}

TEST_F(HealthCheckTest, ProbesAgainAfterTheClockWentBackwards) {
  EXPECT_TRUE(check_.check());
  now_ = now_ - Millis{3'600'000};
  EXPECT_TRUE(check_.check());
  EXPECT_EQ(probes_, 2);
}

TEST_F(HealthCheckTest, IsNotReadyOnceItDrains) {
  EXPECT_FALSE(check_.draining());
  check_.drain();
  EXPECT_TRUE(check_.draining());
}

TEST(HealthCheck, FailsWhenAProbeHangsInsteadOfHangingToo) {
  WallTime now{1'800'000'000'000};
  std::promise<void> begun;
  std::promise<void> release;
  HealthCheck check(
      [&]() -> Result<> {
        begun.set_value();
        release.get_future().wait();
        return {};
      },
      [&] { return now; });
  auto hanging = std::async(std::launch::async, [&] { return check.check().has_value(); });
  begun.get_future().wait();
  now = now + Millis{4'999};
  EXPECT_TRUE(check.check());
  now = now + Millis{1};
  EXPECT_FALSE(check.check());
  release.set_value();
  EXPECT_TRUE(hanging.get());
}

}  // namespace
}  // namespace studiosync::server
