// The sweep of faults is worth nothing if it does not see a group that keeps half of a failed task.
#include <gmock/gmock.h>

#include "e2e/crash/fault_sweep.hpp"
#include "e2e/disk/memory_faults.hpp"
#include "e2e/zoo/planted.hpp"

namespace studiosync::e2e {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

// On a disk that fails SQLite gives up all of the group; where memory fails it does not always. The
// step is a group of two pushes.
constexpr FaultSweepOptions group_without_memory{
    .seed = 3, .steps = 1, .stride = 61, .fault = StoreFault::no_memory};

TEST(PlantedBug, FailedTaskThatIsNotRolledBackIsFoundInItsGroup) {
  MemoryFaults::install();
  const Planted planted("failed_task_is_not_rolled_back");
  const SweepReport report = sweep_faults(group_without_memory);
  EXPECT_EQ(report.groups, 1U);
  EXPECT_THAT(report.violations, Contains(HasSubstr("has done half of the task on part")));
}

TEST(PlantedBug, NothingIsFoundWhereNothingIsPlanted) {
  MemoryFaults::install();
  const SweepReport report = sweep_faults(group_without_memory);
  EXPECT_EQ(report.groups, 1U);
  EXPECT_THAT(report.violations, IsEmpty());
}

}  // namespace
}  // namespace studiosync::e2e
