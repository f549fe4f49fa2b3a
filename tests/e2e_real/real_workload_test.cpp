#include "e2e/real/real_workload.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "e2e/faults/fault.hpp"
#include "e2e/real/left_out.hpp"

namespace studiosync::e2e {
namespace {

const WorkloadOptions few{.devices = 3, .users = 2, .operations = 60};

bool can_be_done(const Scenario& scenario) {
  const bool plain = std::ranges::all_of(scenario.devices, [](const DeviceSpec& device) {
    return device.skew == Millis{} && !device.old_client;
  });
  return plain && std::ranges::all_of(scenario.steps, [](const Step& step) {
           return real_processes_can(step.what);
         });
}

TEST(RealWorkload, HasOnlyStepsThatRealProcessesCanDo) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    EXPECT_TRUE(can_be_done(make_real_scenario(seed, few))) << "seed " << seed;
  }
}

// Each fault that is said to be impossible has a step, on some seed, that is.
TEST(RealWorkload, LeavesOutOnlyFaultsThatRealProcessesCannotDo) {
  for (const Fault& fault : all_faults()) {
    WorkloadOptions options = few;
    options.mixed_faults = false;
    options.faults = {std::string(fault.name)};
    bool always = true;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      always = always && can_be_done(make_scenario(seed, options));
    }
    EXPECT_EQ(always, real_processes_can(fault.name)) << fault.name;
  }
}

TEST(RealWorkload, HasTheFaultsThatAreNamed) {
  WorkloadOptions options = few;
  options.mixed_faults = false;
  options.faults = {"server_pause"};
  const Scenario scenario = make_real_scenario(1, options);
  EXPECT_TRUE(std::ranges::any_of(scenario.steps,
                                  [](const Step& step) { return step.what == Do::server_pause; }));
}

}  // namespace
}  // namespace studiosync::e2e
