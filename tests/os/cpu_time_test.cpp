#include "os/cpu_time.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>

namespace studiosync::os {
namespace {

using std::chrono::milliseconds;

void compute_for(milliseconds time) {
  const auto begun = process_cpu_time();
  while (process_cpu_time() - begun < time) continue;
}

TEST(CpuTime, CountsThreadsThatHaveEnded) {
  const auto before = process_cpu_time();
  std::thread([] { compute_for(milliseconds{20}); }).join();
  EXPECT_GE(process_cpu_time() - before, milliseconds{20});
}

TEST(CpuTime, ReadsAProcessByItsId) {
  const auto before = process_cpu_time();
  EXPECT_GE(process_cpu_time(::getpid()), before);
  EXPECT_GT(before.count(), 0);
}

TEST(CpuTime, IsNothingWhereThereIsNoSuchProcess) {
  constexpr pid_t beyond_any = 1 << 23;  // proc(5): the kernel's ids end at half of it
  EXPECT_EQ(process_cpu_time(beyond_any).count(), 0);
}

}  // namespace
}  // namespace studiosync::os
