#include "os/wall_clock.hpp"

#include <gtest/gtest.h>
#include <time.h>

namespace studiosync::os {
namespace {

std::int64_t unix_us() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return now.tv_sec * 1'000'000 + now.tv_nsec / 1000;
}

TEST(WallClock, TellsTheMachinesTimeInMicroseconds) {
  const std::int64_t before = unix_us();
  const CommitTime now = wall_now_us();
  EXPECT_LE(before, now.unix_us);
  EXPECT_LE(now.unix_us, unix_us());
}

TEST(WallClock, TellsTheSameTimeInMilliseconds) {
  const std::int64_t before = unix_us() / 1000;
  const WallTime now = wall_now();
  EXPECT_LE(before, now.unix_ms);
  EXPECT_LE(now.unix_ms, unix_us() / 1000);
}

}  // namespace
}  // namespace studiosync::os
