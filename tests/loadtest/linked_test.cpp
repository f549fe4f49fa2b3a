#include "loadtest/linked/run.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/loadtest/made_results.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::load {
namespace {

TEST(Linked, AllDevicesAreConnectedAndEveryPushArrives) {
  const auto results = measure_linked({.devices = 400, .pushes = 50});
  ASSERT_TRUE(results.has_value()) << results.error().message;
  EXPECT_EQ(results->memory.back().devices, 400U);
  EXPECT_EQ(results->total(Timing::propagation).count(), 50U);
  EXPECT_EQ(results->total().applied, 50U);
}

TEST(Linked, IsJudgedByItsOwnThresholdsAndTheCallers) {
  const auto results = measure_linked(
      {.devices = 64, .pushes = 5, .thresholds = {"propagation.p99<1ms", "propagation.max<0ms"}});
  ASSERT_TRUE(results.has_value());
  ASSERT_EQ(results->thresholds.size(), 4U);
  EXPECT_EQ(results->thresholds[2].expression, "memory_per_device<12288");
  EXPECT_EQ(results->thresholds[3].expression, "error_rate<1%");
  EXPECT_TRUE(results->thresholds[3].met);
  EXPECT_FALSE(results->passed);
  EXPECT_FALSE(measure_linked({.devices = 8, .thresholds = {"memory<little"}}).has_value());
}

// In the place of the process with the sockets: it connects none of them, and has good results.
std::string boaster(const TemporaryFolder& folder) {
  Results results = made_results(6, 10, 5'000);
  results.intervals[0].timings[static_cast<std::size_t>(Timing::propagation)].record(900, 10);
  std::ofstream(folder.file("results.json")) << to_json(results).dump();
  std::string program = folder.file("syncload");
  std::ofstream(program) << "#!/bin/sh\n"
                         << "while [ $# -gt 1 ]; do\n"
                         << "  [ \"$1\" = --json ] && cp " << folder.file("results.json")
                         << " \"$2\"\n"
                         << "  shift\n"
                         << "done\n";
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  return program;
}

TEST(Linked, HasNotPassedWithoutAllOfItsDevices) {
  const TemporaryFolder folder;
  const auto results =
      measure_linked({.devices = 64,
                      .sockets = 24,
                      .program = boaster(folder),
                      .thresholds = {"propagation.p99<1h", "memory_per_device<1000000000"}});
  ASSERT_TRUE(results.has_value()) << results.error().message;
  EXPECT_EQ(results->memory.back().devices, 40U);
  for (const Threshold& threshold : results->thresholds) {
    EXPECT_TRUE(threshold.met) << threshold.expression;
  }
  EXPECT_FALSE(results->passed);
}

}  // namespace
}  // namespace studiosync::load
