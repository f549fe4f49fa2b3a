#include "loadtest/fleet/thread_meter.hpp"

#include <gtest/gtest.h>

namespace studiosync::load {
namespace {

using std::chrono::milliseconds;

// One that is sampled each second.
class Thread {
 public:
  Thread() { meter.start(now, time); }

  void spend(milliseconds length, milliseconds running) {
    now += length;
    time.running += running;
    meter.sample(now, time);
  }

  Moment now{};
  ThreadTime time;
  ThreadMeter meter;
};

TEST(ThreadMeter, AThreadThatWorkedAndThenRestedWasAsBusyAsWhileItWorked) {
  Thread thread;
  for (int i = 0; i < 6; ++i) thread.spend(milliseconds(1000), milliseconds(990));
  for (int i = 0; i < 24; ++i) thread.spend(milliseconds(1000), milliseconds(2));
  EXPECT_DOUBLE_EQ(thread.meter.use().busiest_second, 0.99);
  EXPECT_NEAR(thread.meter.use().busy, 0.2, 0.01);
}

TEST(ThreadMeter, ASampleThatComesLateIsOfALongerTime) {
  Thread thread;
  thread.spend(milliseconds(1500), milliseconds(900));
  EXPECT_DOUBLE_EQ(thread.meter.use().busiest_second, 0.6);
}

TEST(ThreadMeter, AMomentIsNoSecond) {
  Thread thread;
  thread.spend(milliseconds(1000), milliseconds(500));
  thread.spend(milliseconds(10), milliseconds(10));
  EXPECT_DOUBLE_EQ(thread.meter.use().busiest_second, 0.5);
  thread.spend(milliseconds(990), milliseconds(290));
  EXPECT_DOUBLE_EQ(thread.meter.use().busiest_second, 0.5);
}

TEST(ThreadMeter, ATimeShorterThanASecondCountsAsAWhole) {
  Thread thread;
  thread.spend(milliseconds(200), milliseconds(150));
  EXPECT_DOUBLE_EQ(thread.meter.use().busiest_second, 0.75);
}

TEST(ThreadMeter, AThreadThatAlwaysHasSomethingToDoIsBusyAlsoWhereItSharesTheProcessor) {
  Thread thread;
  thread.time.waiting = milliseconds(740);
  thread.spend(milliseconds(1000), milliseconds(250));
  EXPECT_DOUBLE_EQ(thread.meter.use().busiest_second, 0.99);
}

TEST(ThreadMeter, BeginsAnew) {
  Thread thread;
  thread.spend(milliseconds(1000), milliseconds(1000));
  thread.meter.start(thread.now, thread.time);
  thread.spend(milliseconds(1000), milliseconds(100));
  EXPECT_DOUBLE_EQ(thread.meter.use().busiest_second, 0.1);
}

TEST(ThreadMeter, AWaitForAProcessorIsThatOfATurn) {
  Thread thread;
  EXPECT_EQ(thread.meter.use().wait_us, 0);
  thread.time.turns = 4;
  thread.time.waiting = milliseconds(10);
  thread.spend(milliseconds(1000), milliseconds(1));
  EXPECT_DOUBLE_EQ(thread.meter.use().wait_us, 2500);
}

TEST(ThreadTime, IsReadFromTheSchedulersBooks) {
  const auto time = parse_schedstat("17 63243 12\n");
  ASSERT_TRUE(time.has_value());
  EXPECT_EQ(time->waiting.count(), 63'243);
  EXPECT_EQ(time->turns, 12U);
  for (const char* text : {"", "17 4", "a b c", "17 63243 "}) {
    EXPECT_FALSE(parse_schedstat(text).has_value()) << text;
  }
}

TEST(ThreadTime, NeverGoesBack) {
  const ThreadTime before = thread_time();
  const ThreadTime after = thread_time();
  EXPECT_GE(after.running, before.running);
  EXPECT_GE(after.waiting, before.waiting);
  EXPECT_GE(after.turns, before.turns);
}

}  // namespace
}  // namespace studiosync::load
