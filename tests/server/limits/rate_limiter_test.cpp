#include "server/limits/rate_limiter.hpp"

#include <gtest/gtest.h>

namespace studiosync::server {
namespace {

constexpr WallTime start{1'700'000'000'000};
constexpr Rate two_a_minute = Rate::per_minute(2);

TEST(RateLimiter, CountsEachKeyForItself) {
  RateLimiter limiter(two_a_minute);
  EXPECT_TRUE(limiter.take("a", start));
  EXPECT_TRUE(limiter.take("a", start));
  EXPECT_FALSE(limiter.take("a", start));
  EXPECT_TRUE(limiter.take("b", start));
}

TEST(RateLimiter, RefusesWithTheTimeToWait) {
  RateLimiter limiter(two_a_minute);
  ASSERT_TRUE(limiter.take("a", start, 2));
  const auto refused = limiter.take("a", start);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::rate_limited);
  EXPECT_EQ(refused.error().retry_after_ms, 30'000);
  EXPECT_TRUE(limiter.take("a", start + Millis{30'000}));
}

TEST(RateLimiter, ForgetsKeysThatHadTheTimeToFillUp) {
  RateLimiter limiter(two_a_minute);
  for (int i = 0; i < 1'000; ++i) ASSERT_TRUE(limiter.take(std::to_string(i), start));
  EXPECT_EQ(limiter.keys(), 1'000U);
  ASSERT_TRUE(limiter.take("later", start + Millis{60'000}));
  EXPECT_EQ(limiter.keys(), 1U);
}

TEST(RateLimiter, DoesNotForgetAKeyThatIsStillLimited) {
  RateLimiter limiter(two_a_minute);
  ASSERT_TRUE(limiter.take("a", start, 2));
  EXPECT_FALSE(limiter.take("a", start + Millis{29'999}));
  EXPECT_EQ(limiter.keys(), 1U);
}

TEST(RateLimiter, StaysWithinItsMemoryHoweverManyKeysCome) {
  RateLimiter limiter(two_a_minute, 100);
  for (int i = 0; i < 10'000; ++i) ASSERT_TRUE(limiter.take(std::to_string(i), start));
  EXPECT_EQ(limiter.keys(), 100U);
}

TEST(RateLimiter, ForgetsTheKeyUnusedForLongest) {
  RateLimiter limiter(two_a_minute, 2);
  ASSERT_TRUE(limiter.take("a", start, 2));
  ASSERT_TRUE(limiter.take("b", start, 2));
  EXPECT_FALSE(limiter.take("a", start));
  ASSERT_TRUE(limiter.take("c", start));
  EXPECT_FALSE(limiter.take("a", start));
  EXPECT_TRUE(limiter.take("b", start));
}

TEST(RateLimiter, RemembersNothingWhenItIsOff) {
  RateLimiter limiter(Rate::per_minute(0));
  for (int i = 0; i < 1'000; ++i) ASSERT_TRUE(limiter.take("a", start));
  EXPECT_EQ(limiter.keys(), 0U);
}

}  // namespace
}  // namespace studiosync::server
