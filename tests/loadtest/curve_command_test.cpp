// What `syncload curve` says of runs, as scripts see it.
#include <gtest/gtest.h>

#include <fstream>

#include "loadtest/cli/exit_code.hpp"
#include "loadtest/cli/verbs.hpp"
#include "tests/loadtest/made_results.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::load {
namespace {

struct Point {
  double change_us = 0;
  std::uint64_t pushes = 1;
};

// Of runs whose size doubles from one to the next.
int curve_exit(const std::string& dimension, const std::vector<Point>& points) {
  const TemporaryFolder folder;
  CurveVerb verb;
  std::uint64_t size = 2;
  for (const Point& point : points) {
    Results run = made_results(2, 100, 900);
    run.options[dimension] = std::to_string(size);
    for (Interval& interval : run.intervals) interval.counts.applied = 100 * point.pushes;
    run.usage = Usage{.cpu_seconds = 200 * point.change_us / 1e6};
    verb.files.push_back(folder.file(std::to_string(size) + ".json"));
    std::ofstream(verb.files.back()) << to_json(run).dump();
    size *= 2;
  }
  return run_curve(verb);
}

TEST(CurveCommand, PassesWhereNoStepIsDear) {
  EXPECT_EQ(curve_exit("users", {{172}, {178}, {177}, {182}}), exit_passed);
  EXPECT_EQ(curve_exit("devices", {{516, 1}, {539, 3}, {576, 7}, {656, 15}}), exit_passed);
}

TEST(CurveCommand, FailsAtAKneeThatTheFirstPointWouldForgive) {
  EXPECT_EQ(curve_exit("users", {{172}, {178}, {177}, {220}}), exit_failed);
  EXPECT_EQ(curve_exit("devices", {{500, 1}, {540, 3}, {580, 7}, {760, 15}}), exit_failed);
}

TEST(CurveCommand, FailsWhereEveryStepIsALittleTooDear) {
  EXPECT_EQ(curve_exit("records", {{100}, {112}, {125}, {140}}), exit_failed);
}

TEST(CurveCommand, RefusesDevicesWhosePushesNobodyGot) {
  EXPECT_EQ(curve_exit("devices", {{500, 1}, {520, 3}, {560, 7}, {590, 7}}), exit_usage);
  EXPECT_EQ(curve_exit("devices", {{500, 1}, {520, 3}}), exit_usage);
}

}  // namespace
}  // namespace studiosync::load
