#include "e2e/sim/scheduler.hpp"

#include <gtest/gtest.h>

#include <string>

namespace studiosync::e2e {
namespace {

constexpr WallTime start{1'000};

TEST(Scheduler, RunsTasksInTheOrderOfTheirTimes) {
  Scheduler scheduler(start);
  std::string order;
  scheduler.after(Millis{20}, [&] { order += 'b'; });
  scheduler.after(Millis{10}, [&] { order += 'a'; });
  scheduler.after(Millis{30}, [&] { order += 'c'; });
  scheduler.run_until(start + Millis{100});
  EXPECT_EQ(order, "abc");
}

TEST(Scheduler, RunsTasksOfOneMomentInTheOrderInWhichTheyWereAskedFor) {
  Scheduler scheduler(start);
  std::string order;
  for (const char letter : std::string("abcdefgh")) {
    scheduler.after(Millis{5}, [&order, letter] { order += letter; });
  }
  scheduler.run_until(start + Millis{5});
  EXPECT_EQ(order, "abcdefgh");
}

TEST(Scheduler, ShowsATaskItsOwnTimeAndEveryoneElseTheEnd) {
  Scheduler scheduler(start);
  WallTime seen;
  scheduler.after(Millis{7}, [&] { seen = scheduler.now(); });
  scheduler.run_until(start + Millis{50});
  EXPECT_EQ(seen, start + Millis{7});
  EXPECT_EQ(scheduler.now(), start + Millis{50});
}

TEST(Scheduler, RunsATaskOfThePastNowAndNotBefore) {
  Scheduler scheduler(start);
  WallTime seen;
  scheduler.at(start - Millis{500}, [&] { seen = scheduler.now(); });
  scheduler.run_until(start);
  EXPECT_EQ(seen, start);
}

TEST(Scheduler, RunsWhatATaskAsksForWithinTheSameRun) {
  Scheduler scheduler(start);
  int left = 3;
  std::function<void()> again = [&] {
    if (--left > 0) scheduler.after(Millis{1}, again);
  };
  scheduler.after(Millis{1}, again);
  scheduler.run_until(start + Millis{10});
  EXPECT_EQ(left, 0);
}

TEST(Scheduler, LeavesWhatIsDueLaterAlone) {
  Scheduler scheduler(start);
  bool ran = false;
  scheduler.after(Millis{11}, [&] { ran = true; });
  scheduler.run_until(start + Millis{10});
  EXPECT_FALSE(ran);
  EXPECT_FALSE(scheduler.step(start + Millis{10}));
  EXPECT_TRUE(scheduler.step(start + Millis{11}));
  EXPECT_TRUE(ran);
}

TEST(Scheduler, TellsWhenItGaveUpAndOnlyThen) {
  Scheduler scheduler(start, 2);
  std::string order;
  for (const char letter : std::string("abc")) {
    scheduler.at(start + Millis{letter - 'a' + 1}, [&order, letter] { order += letter; });
  }
  scheduler.run_until(start + Millis{2});
  EXPECT_EQ(scheduler.gave_up(), std::nullopt);
  scheduler.run_until(start + Millis{100});
  EXPECT_EQ(order, "ab");
  EXPECT_EQ(scheduler.gave_up(), start + Millis{3});
}

}  // namespace
}  // namespace studiosync::e2e
