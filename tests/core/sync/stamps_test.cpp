#include "core/sync/stamps.hpp"

#include <gtest/gtest.h>

#include "core/base/limits.hpp"

namespace studiosync {
namespace {

constexpr WallTime server_now{1'800'000'000'000};
constexpr Millis year{365LL * 24 * 3600 * 1000};

TEST(StampCorrection, BelievesADeviceWhoseClockIsNearlyRight) {
  StampCorrection clock(server_now + Millis{limits::skew_ms_max}, server_now);
  const Stamp stamp = Stamp::at(server_now - Millis{5000}, 3);
  EXPECT_EQ(clock.correct(stamp), stamp);
}

TEST(StampCorrection, ShiftsTheStampsOfADeviceInThePastToTheTimeOfTheEdit) {
  StampCorrection clock(server_now - year, server_now);
  const Stamp corrected = clock.correct(Stamp::at(server_now - year - Millis{60'000}));
  EXPECT_EQ(corrected.wall(), server_now - Millis{60'000});
}

TEST(StampCorrection, ADeviceInTheFutureIsNotAheadOfTheServer) {
  StampCorrection clock(server_now + year, server_now);
  EXPECT_EQ(clock.correct(Stamp::at(server_now + year)).wall(), server_now);
}

TEST(StampCorrection, CapsAStampThatIsAheadOfItsOwnDevicesClock) {
  StampCorrection clock(server_now - year, server_now);
  EXPECT_EQ(clock.correct(Stamp::at(server_now + year)).wall(), server_now);
}

TEST(StampCorrection, ABelievedDevicesStampIsStillBounded) {
  StampCorrection clock(server_now, server_now);
  const Stamp corrected = clock.correct(Stamp::at(server_now + year));
  EXPECT_LE(corrected.wall(), server_now + Millis{limits::skew_ms_max});
}

TEST(StampCorrection, KeepsTheOrderOfTheEditsWhateverTheirOrderInThePush) {
  const StampCorrection clock(server_now - year, server_now);
  const Stamp late = Stamp::at(server_now - year - Millis{1000}, 1);
  const Stamp early = Stamp::at(server_now - year - Millis{1000}, 0);
  const Stamp late_first = clock.correct(late);
  EXPECT_LT(clock.correct(early), late_first);
  EXPECT_EQ(late_first, Stamp::at(server_now - Millis{1000}, 1));
}

TEST(ClampTo, LeavesThePastAloneAndMakesTheFutureNow) {
  const Stamp past = Stamp::at(server_now - year, 7);
  EXPECT_EQ(clamp_to(past, server_now), past);
  EXPECT_EQ(clamp_to(Stamp::at(server_now + year), server_now).wall(), server_now);
}

}  // namespace
}  // namespace studiosync
