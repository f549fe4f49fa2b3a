#include "core/sync/backoff.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace studiosync {
namespace {

constexpr Millis first{100};
constexpr Millis largest{30'000};

TEST(Backoff, WaitsAtMostACapThatDoubles) {
  Random random(1);
  for (int run = 0; run < 50; ++run) {
    Backoff backoff(first, largest);
    for (std::int64_t cap = 100; cap <= 12'800; cap *= 2) {
      const Millis wait = backoff.next(random);
      EXPECT_GE(wait.count, 0);
      EXPECT_LE(wait.count, cap);
    }
  }
}

TEST(Backoff, NeverPassesTheLargestHoweverLongItGoesOn) {
  Random random(2);
  Backoff backoff(first, largest);
  std::int64_t longest = 0;
  for (int i = 0; i < 2000; ++i) longest = std::max(longest, backoff.next(random).count);
  EXPECT_LE(longest, largest.count);
  EXPECT_GT(longest, largest.count / 2);
  EXPECT_EQ(backoff.attempts(), 2000);
}

TEST(Backoff, SpreadsDevicesThatWereCutOffTogether) {
  std::int64_t early = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    Random random(seed);
    Backoff backoff(Millis{10'000}, largest);
    if (backoff.next(random).count < 5000) ++early;
  }
  EXPECT_GT(early, 400);
  EXPECT_LT(early, 600);
}

TEST(Backoff, BeginsAnewAfterASuccess) {
  Random random(3);
  Backoff backoff(first, largest);
  for (int i = 0; i < 10; ++i) backoff.next(random);
  backoff.reset();
  EXPECT_EQ(backoff.attempts(), 0);
  EXPECT_LE(backoff.next(random).count, first.count);
}

}  // namespace
}  // namespace studiosync
