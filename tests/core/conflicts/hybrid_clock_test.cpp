#include "core/conflicts/hybrid_clock.hpp"

#include <gtest/gtest.h>

#include "core/base/limits.hpp"

namespace studiosync {
namespace {

constexpr WallTime now{1'000'000'000};
constexpr Millis skew_max{limits::skew_ms_max};
constexpr Millis tick{1};

TEST(HybridClock, ShowsTheWallClockWhenThatIsAhead) {
  HybridClock clock;
  EXPECT_EQ(clock.mint(now), Stamp::at(now));
}

TEST(HybridClock, MintsIncreasingStampsWithinOneMillisecond) {
  HybridClock clock;
  const Stamp first = clock.mint(now);
  EXPECT_LT(first, clock.mint(now));
}

TEST(HybridClock, MintsIncreasingStampsWhenTheWallClockGoesBackwards) {
  HybridClock clock;
  const Stamp before = clock.mint(now);
  const Stamp after = clock.mint(now - Millis{3'600'000});
  EXPECT_EQ(after, before.next());
}

TEST(HybridClock, CarriesAFullCounterIntoTheMilliseconds) {
  HybridClock clock(Stamp::at(now, 0xFFFF));
  EXPECT_EQ(clock.mint(now), Stamp::at(now + tick, 0));
}

TEST(HybridClock, GoesOnFromTheStampItWasRestoredWith) {
  HybridClock clock(Stamp::at(now + Millis{500}, 9));
  EXPECT_EQ(clock.mint(now), Stamp::at(now + Millis{500}, 10));
}

TEST(HybridClock, MintsAfterWhatItObserved) {
  HybridClock clock;
  const Stamp remote = Stamp::at(now + Millis{1000}, 4);
  EXPECT_EQ(clock.observe(remote, now), remote);
  EXPECT_GT(clock.mint(now), remote);
}

TEST(HybridClock, IsNotSetBackByAnOldStamp) {
  HybridClock clock;
  const Stamp minted = clock.mint(now);
  EXPECT_EQ(clock.observe(Stamp::at(WallTime{1}), now), Stamp::at(WallTime{1}));
  EXPECT_EQ(clock.last(), minted);
}

TEST(HybridClock, TakesOverAStampAtTheLimitOfTheSkew) {
  HybridClock clock;
  const Stamp remote = Stamp::at(now + skew_max, 7);
  EXPECT_EQ(clock.observe(remote, now), remote);
}

TEST(HybridClock, ClampsAStampBeyondTheLimitOfTheSkew) {
  HybridClock clock;
  const Stamp bound = Stamp::at(now + skew_max);
  EXPECT_EQ(clock.observe(Stamp::at(now + skew_max + tick), now), bound);
  EXPECT_EQ(clock.last(), bound);
}

TEST(HybridClock, ComesBackFromAFarFutureWhenReseeded) {
  HybridClock clock(Stamp::at(now + skew_max + tick));
  EXPECT_TRUE(clock.reseed(now));
  EXPECT_EQ(clock.mint(now), Stamp::at(now, 1));
}

TEST(HybridClock, KeepsItsPastWithinTheLimitOfTheSkew) {
  const Stamp ahead = Stamp::at(now + skew_max, 0xFFFF);
  HybridClock clock(ahead);
  EXPECT_FALSE(clock.reseed(now));
  EXPECT_EQ(clock.last(), ahead);
}

}  // namespace
}  // namespace studiosync
