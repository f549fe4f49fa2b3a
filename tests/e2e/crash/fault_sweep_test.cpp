// A sample of the failing calls that the soak visits all.
#include "e2e/crash/fault_sweep.hpp"

#include <gmock/gmock.h>

#include "e2e/disk/memory_faults.hpp"

namespace studiosync::e2e {
namespace {

class FaultSweepTest : public testing::TestWithParam<std::tuple<CrashSide, StoreFault>> {
 protected:
  FaultSweepTest() { MemoryFaults::install(); }

  SweepReport sweep(FaultSweepOptions options) {
    std::tie(options.side, options.fault) = GetParam();
    return sweep_faults(options);
  }
};

std::string name_of(const testing::TestParamInfo<std::tuple<CrashSide, StoreFault>>& info) {
  const auto [side, fault] = info.param;
  std::string name = side == CrashSide::server ? "Server_" : "Device_";
  for (const char letter : to_string(fault)) name += letter == '-' ? '_' : letter;
  return name;
}

INSTANTIATE_TEST_SUITE_P(Faults, FaultSweepTest,
                         testing::Combine(testing::Values(CrashSide::server, CrashSide::device),
                                          testing::ValuesIn(store_faults)),
                         name_of);

TEST_P(FaultSweepTest, FailsCleanlyLosesNothingAndGoesOn) {
  const bool many = std::get<StoreFault>(GetParam()) == StoreFault::no_memory;
  const SweepReport report =
      sweep({.seed = 1, .steps = 9, .visit_every = 4, .stride = many ? 61U : 5U});
  EXPECT_THAT(report.violations, testing::IsEmpty());
  EXPECT_EQ(report.steps, 9U);
  EXPECT_GT(report.points, 10U);
}

}  // namespace
}  // namespace studiosync::e2e
