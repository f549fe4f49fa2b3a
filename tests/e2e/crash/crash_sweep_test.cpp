// A sample of the crash points that the soak visits all.
#include <gmock/gmock.h>

#include "e2e/crash/sweep.hpp"

namespace studiosync::e2e {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class CrashSweepTest : public testing::TestWithParam<CrashSide> {
 protected:
  SweepReport sweep(SweepOptions options) {
    options.side = GetParam();
    return sweep_crashes(options);
  }
};

INSTANTIATE_TEST_SUITE_P(Sides, CrashSweepTest,
                         testing::Values(CrashSide::server, CrashSide::device),
                         [](const auto& side) {
                           return side.param == CrashSide::server ? "Server" : "Device";
                         });

TEST_P(CrashSweepTest, LosesNothingAcknowledgedAndHalvesNoTransaction) {
  const SweepReport report = sweep({.seed = 1, .steps = 100, .stride = 23});
  EXPECT_THAT(report.violations, IsEmpty());
  EXPECT_EQ(report.steps, 100U);
  EXPECT_GT(report.points, 80U);
}

TEST_P(CrashSweepTest, VisitsEveryMomentOfAShortWorkload) {
  const SweepReport report = sweep({.seed = 2, .steps = 2, .stride = 1});
  EXPECT_THAT(report.violations, IsEmpty());
  EXPECT_EQ(report.points, report.moments);
}

TEST_P(CrashSweepTest, LooksOnceAtWhatIsLeftBetweenTwoFlushes) {
  const SweepReport report = sweep({.seed = 3, .steps = 40, .mode = CrashMode::dropped});
  EXPECT_THAT(report.violations, IsEmpty());
  EXPECT_EQ(report.points, report.moments);
  EXPECT_GT(report.disks, report.steps);
  EXPECT_LT(report.disks, report.points / 4);
}

TEST_P(CrashSweepTest, FindsAStoreThatDoesNotFlush) {
  const SweepReport report = sweep({.seed = 1,
                                    .steps = 30,
                                    .mode = CrashMode::dropped,
                                    .planted = PlantedUnsafety::synchronous_off});
  EXPECT_THAT(report.violations, SizeIs(20));
}

TEST_P(CrashSweepTest, FindsADiskThatLiesAboutTheLog) {
  const SweepReport report = sweep({.seed = 1,
                                    .steps = 30,
                                    .mode = CrashMode::dropped,
                                    .planted = PlantedUnsafety::log_not_flushed});
  EXPECT_THAT(report.violations, SizeIs(20));
}

TEST_P(CrashSweepTest, OneSeedIsOneWorkload) {
  const SweepOptions options{.seed = 5, .steps = 20, .stride = 1'000};
  const SweepReport first = sweep(options);
  const SweepReport second = sweep(options);
  EXPECT_EQ(first.moments, second.moments);
  EXPECT_EQ(first.state, second.state);
}

}  // namespace
}  // namespace studiosync::e2e
