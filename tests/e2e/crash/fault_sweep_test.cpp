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

std::size_t stride_of(StoreFault fault, std::size_t of_memory) {
  return fault == StoreFault::no_memory ? of_memory : 5;
}

TEST_P(FaultSweepTest, FailsCleanlyLosesNothingAndGoesOn) {
  const auto [side, fault] = GetParam();
  const SweepReport report =
      sweep({.seed = 1, .steps = 9, .visit_every = 4, .stride = stride_of(fault, 61)});
  EXPECT_THAT(report.violations, testing::IsEmpty());
  EXPECT_EQ(report.steps, 9U);
  EXPECT_EQ(report.visited, 3U);
  EXPECT_EQ(report.groups, side == CrashSide::server ? 2U : 0U);
  EXPECT_GT(report.points, 10U);
}

class ServerFaultSweepTest : public testing::TestWithParam<StoreFault> {
 protected:
  ServerFaultSweepTest() { MemoryFaults::install(); }
};

INSTANTIATE_TEST_SUITE_P(Faults, ServerFaultSweepTest, testing::ValuesIn(store_faults),
                         [](const testing::TestParamInfo<StoreFault>& fault) {
                           return name_of({{CrashSide::server, fault.param}, fault.index});
                         });

// With this seed step 35 is retention, a push and a reset; step 70 takes back what a restore lost,
// beside two pushes.
TEST_P(ServerFaultSweepTest, FailsCleanlyAlsoWhereMoreThanPushesWrite) {
  const SweepReport report = sweep_faults({.side = CrashSide::server,
                                           .seed = 49,
                                           .steps = 71,
                                           .visit_every = 35,
                                           .stride = stride_of(GetParam(), 97),
                                           .fault = GetParam()});
  EXPECT_THAT(report.violations, testing::IsEmpty());
  EXPECT_EQ(report.visited, 3U);
  EXPECT_EQ(report.groups, 2U);
}

}  // namespace
}  // namespace studiosync::e2e
