// When the clock may be trusted with what is deleted for good.
#include "server/app/clock_guard.hpp"

#include <gmock/gmock.h>

#include <optional>
#include <sstream>
#include <vector>

#include "server/ops/logging.hpp"

namespace studiosync::server {
namespace {

constexpr WallTime noon{1'800'000'000'000};

constexpr Millis hours(int count) {
  return {count * 3'600'000LL};
}
constexpr Millis days(int count) {
  return hours(24 * count);
}

class ClockGuardTest : public testing::Test {
 protected:
  void start(ClockGuard::Notes notes) {
    guard_.emplace(notes, [this](const ClockGuard::Notes& seen) { saved_.push_back(seen); });
  }
  // As after a crash: with what was noted last.
  void restart() { start(saved_.back()); }
  // What a look says after the clock's step.
  bool jump(Millis by) {
    now_ = now_ + by;
    return guard_->look(now_);
  }
  // What the last look says, of one every hour.
  bool pass(Millis time) {
    bool trusted = jump({});
    for (Millis passed; passed < time; passed = passed + hours(1)) trusted = jump(hours(1));
    return trusted;
  }

  WallTime now_ = noon;
  std::vector<ClockGuard::Notes> saved_;
  std::optional<ClockGuard> guard_;
};

TEST_F(ClockGuardTest, TrustsAClockThatGoesOn) {
  start({.trusted = noon, .seen = noon});
  EXPECT_TRUE(pass(days(40)));
  restart();
  EXPECT_TRUE(jump(days(1)));
}

TEST_F(ClockGuardTest, DoubtsAJumpUntilADayHasPassed) {
  start({.trusted = noon, .seen = noon});
  EXPECT_FALSE(jump(days(100)));
  EXPECT_FALSE(pass(hours(23)));
  EXPECT_TRUE(pass(hours(1)));
  EXPECT_TRUE(pass(days(2)));
}

TEST_F(ClockGuardTest, CountsTheDayOverRestarts) {
  start({.trusted = noon, .seen = noon});
  EXPECT_FALSE(jump(days(100)));
  restart();
  EXPECT_FALSE(pass(hours(12)));
  restart();
  EXPECT_FALSE(pass(hours(11)));
  EXPECT_TRUE(pass(hours(1)));
  restart();
  EXPECT_TRUE(pass(hours(1)));
}

TEST_F(ClockGuardTest, DoubtsAnewAfterAFurtherJump) {
  start({.trusted = noon, .seen = noon});
  EXPECT_FALSE(jump(days(100)));
  EXPECT_FALSE(pass(hours(20)));
  EXPECT_FALSE(jump(days(100)));
  EXPECT_FALSE(pass(hours(23)));
  EXPECT_TRUE(pass(hours(1)));
}

TEST_F(ClockGuardTest, TrustsAtOnceAClockThatIsSetRight) {
  start({.trusted = noon, .seen = noon});
  EXPECT_FALSE(jump(days(100)));
  EXPECT_TRUE(jump(days(-100) + hours(1)));
  EXPECT_TRUE(pass(days(2)));
}

// As when it is corrected by some seconds after a start with a wrong date.
TEST_F(ClockGuardTest, DoubtsOnAfterASmallStepBack) {
  start({.trusted = noon, .seen = noon});
  EXPECT_FALSE(jump(days(100)));
  EXPECT_FALSE(jump({-2'000}));
  EXPECT_FALSE(pass(hours(23)));
  EXPECT_TRUE(pass(hours(1)));
}

TEST_F(ClockGuardTest, DoubtsAClockOfWhichNothingIsKnown) {
  start({});
  EXPECT_FALSE(pass(hours(23)));
  EXPECT_TRUE(pass(hours(1)));
}

TEST_F(ClockGuardTest, TrustsTimesUpToADayAfterItsLastLook) {
  start({.trusted = noon, .seen = noon});
  EXPECT_FALSE(guard_->trusts(noon));  // not looked yet
  EXPECT_TRUE(jump({}));
  EXPECT_TRUE(guard_->trusts(noon + days(1)));
  EXPECT_FALSE(guard_->trusts(noon + days(1) + Millis{1}));
  EXPECT_FALSE(jump(days(100)));
  EXPECT_FALSE(guard_->trusts(now_));
}

TEST_F(ClockGuardTest, NotesWhatItSawOnceAnHour) {
  start({.trusted = noon, .seen = noon});
  for (int second = 0; second <= 2 * 3600; ++second) guard_->look(noon + Millis{second * 1000});
  EXPECT_EQ(saved_.size(), 3U);
  EXPECT_EQ(saved_.back().seen, noon + hours(2));
}

TEST_F(ClockGuardTest, TellsOfAJumpOnce) {
  std::ostringstream log;
  start_logging({.level = Level::warn, .out = &log});
  start({});
  pass(days(2));
  EXPECT_EQ(log.str(), "");
  jump(days(100));
  pass(hours(1));
  stop_logging();
  const std::string text = log.str();
  EXPECT_THAT(text, testing::HasSubstr("clock_jumped"));
  EXPECT_EQ(text.find("clock_jumped"), text.rfind("clock_jumped"));
}

}  // namespace
}  // namespace studiosync::server
