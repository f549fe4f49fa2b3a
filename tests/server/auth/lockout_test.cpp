#include "server/auth/lockout.hpp"

#include <gtest/gtest.h>

namespace studiosync::server {
namespace {

constexpr WallTime kNow{1'800'000'000'000};
constexpr Lockout::Policy kPolicy{.free_failures = 3,
                                  .first_delay = {1000},
                                  .delay_max = {60'000},
                                  .memory = {3600LL * 1000},
                                  .keys_max = 3};

Lockout failed(const std::string& key, int times) {
  Lockout lockout(kPolicy);
  for (int i = 0; i < times; ++i) lockout.record_failure(key, kNow);
  return lockout;
}

TEST(Lockout, LetsTypingErrorsPass) {
  EXPECT_EQ(failed("a", 0).wait("a", kNow), Millis{});
  EXPECT_EQ(failed("a", 3).wait("a", kNow), Millis{});
}

TEST(Lockout, DoublesTheDelayUpToItsMaximum) {
  EXPECT_EQ(failed("a", 4).wait("a", kNow), Millis{1000});
  EXPECT_EQ(failed("a", 5).wait("a", kNow), Millis{2000});
  EXPECT_EQ(failed("a", 9).wait("a", kNow), Millis{32'000});
  EXPECT_EQ(failed("a", 10).wait("a", kNow), Millis{60'000});
  EXPECT_EQ(failed("a", 500).wait("a", kNow), Millis{60'000});
}

TEST(Lockout, EndsWhenTheDelayIsOver) {
  Lockout lockout = failed("a", 4);
  EXPECT_EQ(lockout.wait("a", kNow + Millis{400}), Millis{600});
  EXPECT_EQ(lockout.wait("a", kNow + Millis{1000}), Millis{});
}

TEST(Lockout, HoldsNobodyElse) {
  EXPECT_EQ(failed("a", 100).wait("b", kNow), Millis{});
}

TEST(Lockout, ForgetsAllAfterASuccess) {
  Lockout lockout = failed("a", 10);
  lockout.clear("a");
  EXPECT_EQ(lockout.wait("a", kNow), Millis{});
  lockout.record_failure("a", kNow);
  EXPECT_EQ(lockout.wait("a", kNow), Millis{});
}

TEST(Lockout, StartsAgainAfterALongTimeWithoutFailure) {
  Lockout lockout = failed("a", 10);
  const WallTime later = kNow + kPolicy.memory + Millis{1};
  lockout.record_failure("a", later);
  EXPECT_EQ(lockout.wait("a", later), Millis{});
}

TEST(Lockout, WaitsNoLongerWhenTheClockStepsBack) {
  Lockout lockout = failed("a", 4);
  const WallTime corrected = kNow - Millis{3'000'000};
  EXPECT_EQ(lockout.wait("a", corrected), Millis{1000});
  EXPECT_EQ(lockout.wait("a", corrected + Millis{400}), Millis{600});
  EXPECT_EQ(lockout.wait("a", corrected + Millis{1000}), Millis{});
}

TEST(Lockout, ForgetsTheKeyThatFailedLongestAgoWhenItIsFull) {
  Lockout lockout = failed("a", 10);
  for (const char* key : {"b", "c"}) lockout.record_failure(key, kNow);
  lockout.record_failure("a", kNow);
  lockout.record_failure("d", kNow);
  EXPECT_GT(lockout.wait("a", kNow), Millis{});
  for (int i = 0; i < 3; ++i) lockout.record_failure("b", kNow);
  EXPECT_EQ(lockout.wait("b", kNow), Millis{}) << "its first failure must be forgotten";
}

TEST(LockoutAddress, TakesAnIpv6NetworkAsOneSubscriber) {
  EXPECT_EQ(lockout_address("2001:db8:1:2::1"), lockout_address("2001:db8:1:2:ffff::9"));
  EXPECT_NE(lockout_address("2001:db8:1:2::1"), lockout_address("2001:db8:1:3::1"));
}

TEST(LockoutAddress, KeepsIpv4Apart) {
  EXPECT_EQ(lockout_address("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(lockout_address("::ffff:192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(lockout_address("unix"), "unix");
  EXPECT_EQ(lockout_address(""), "");
}

}  // namespace
}  // namespace studiosync::server
