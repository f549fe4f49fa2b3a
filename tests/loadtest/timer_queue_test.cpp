#include "loadtest/fleet/timer_queue.hpp"

#include <gtest/gtest.h>

namespace studiosync::load {
namespace {

TEST(TimerQueue, RingsTheEarliestFirstAndOnce) {
  TimerQueue queue;
  queue.set(7, WallTime{300});
  queue.set(2, WallTime{100});
  queue.set(3, WallTime{200});
  EXPECT_EQ(queue.earliest(), WallTime{100});
  EXPECT_FALSE(queue.take_due(WallTime{99}).has_value());
  EXPECT_EQ(queue.take_due(WallTime{250}), 2U);
  EXPECT_EQ(queue.take_due(WallTime{250}), 3U);
  EXPECT_FALSE(queue.take_due(WallTime{250}).has_value());
  EXPECT_EQ(queue.earliest(), WallTime{300});
}

TEST(TimerQueue, ANewAlarmReplacesTheOld) {
  TimerQueue queue;
  queue.set(1, WallTime{100});
  queue.set(1, WallTime{500});
  EXPECT_FALSE(queue.take_due(WallTime{499}).has_value());
  queue.set(1, std::nullopt);
  EXPECT_FALSE(queue.earliest().has_value());
}

TEST(TimerQueue, DevicesWithTheSameTimeAllRing) {
  TimerQueue queue;
  for (std::size_t device = 0; device < 3; ++device) queue.set(device, WallTime{100});
  std::vector<std::size_t> rung;
  while (const auto device = queue.take_due(WallTime{100})) rung.push_back(*device);
  EXPECT_EQ(rung, (std::vector<std::size_t>{0, 1, 2}));
}

}  // namespace
}  // namespace studiosync::load
