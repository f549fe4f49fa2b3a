#include "server/limits/token_bucket.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace studiosync::server {
namespace {

constexpr Rate ten_a_minute = Rate::per_minute(10);
constexpr WallTime start{1'700'000'000'000};

TEST(TokenBucket, AllowsTheBurstAtOnceAndThenSaysHowLongToWait) {
  TokenBucket bucket(ten_a_minute, start);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(bucket.take(ten_a_minute, 1, start), Millis{});
  EXPECT_EQ(bucket.take(ten_a_minute, 1, start), Millis{6'000});
}

TEST(TokenBucket, RefillsAfterExactlyTheWaitItNamed) {
  TokenBucket bucket(ten_a_minute, start);
  bucket.take(ten_a_minute, 10, start);
  EXPECT_EQ(bucket.take(ten_a_minute, 1, start + Millis{5'999}), Millis{1});
  EXPECT_EQ(bucket.take(ten_a_minute, 1, start + Millis{6'000}), Millis{});
  EXPECT_EQ(bucket.take(ten_a_minute, 1, start + Millis{6'000}), Millis{6'000});
}

TEST(TokenBucket, TakesNothingWhenItRefuses) {
  TokenBucket bucket(ten_a_minute, start);
  bucket.take(ten_a_minute, 8, start);
  EXPECT_EQ(bucket.take(ten_a_minute, 5, start), Millis{18'000});
  EXPECT_EQ(bucket.take(ten_a_minute, 2, start), Millis{});
}

TEST(TokenBucket, NeverSavesMoreThanTheBurst) {
  TokenBucket bucket(ten_a_minute, start);
  const WallTime years_later = start + Millis{100LL * 365 * 24 * 3600 * 1000};
  EXPECT_EQ(bucket.take(ten_a_minute, 10, years_later), Millis{});
  EXPECT_GT(bucket.take(ten_a_minute, 1, years_later), Millis{});
}

TEST(TokenBucket, GivesARequestAboveTheBurstAFullBucket) {
  constexpr Rate frames = Rate::per_second(2'000, 20'000);
  TokenBucket bucket(frames, start);
  EXPECT_EQ(bucket.take(frames, 50'000, start), Millis{});
  EXPECT_EQ(bucket.take(frames, 50'000, start), Millis{10'000});
}

TEST(TokenBucket, GoesOnRefillingAfterTheClockWentBackwards) {
  TokenBucket bucket(ten_a_minute, start);
  bucket.take(ten_a_minute, 10, start);
  const WallTime yesterday = start - Millis{24LL * 3600 * 1000};
  EXPECT_EQ(bucket.take(ten_a_minute, 1, yesterday), Millis{6'000});
  EXPECT_EQ(bucket.take(ten_a_minute, 1, yesterday + Millis{6'000}), Millis{});
}

TEST(TokenBucket, IsOffAtZero) {
  constexpr Rate off = Rate::per_minute(0);
  TokenBucket bucket(off, start);
  for (int i = 0; i < 1'000; ++i) EXPECT_EQ(bucket.take(off, 1'000, start), Millis{});
}

RC_GTEST_PROP(TokenBucket, NeverGrantsMoreThanBurstPlusRate, ()) {
  const auto tokens = *rc::gen::inRange<std::int64_t>(1, 500);
  const Rate rate = Rate::per_second(tokens, *rc::gen::inRange<std::int64_t>(1, 1'000));
  const auto gaps = *rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange(0, 400));
  TokenBucket bucket(rate, start);
  WallTime now = start;
  std::int64_t granted = 0;
  for (const std::int64_t gap : gaps) {
    now = now + Millis{gap};
    while (bucket.take(rate, 1, now) == Millis{}) ++granted;
  }
  const std::int64_t allowed = rate.burst + (now - start).count * tokens / 1'000;
  RC_ASSERT(granted <= allowed);
}

}  // namespace
}  // namespace studiosync::server
