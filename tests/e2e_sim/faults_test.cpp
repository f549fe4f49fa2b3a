#include "e2e/faults/fault.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "e2e/sim/world.hpp"
#include "e2e/workloads/workload.hpp"
#include "tests/e2e_sim/converged.hpp"

namespace studiosync::e2e {
namespace {

WorkloadOptions with(std::vector<std::string> faults) {
  return {.devices = 4,
          .users = 2,
          .operations = 80,
          .faults = std::move(faults),
          .mixed_faults = false};
}

template <class What>
std::size_t count(const History& history) {
  return static_cast<std::size_t>(std::ranges::count_if(
      history, [](const Event& event) { return std::holds_alternative<What>(event.what); }));
}

std::vector<std::string> fault_names() {
  std::vector<std::string> names;
  for (const Fault& fault : all_faults()) names.emplace_back(fault.name);
  return names;
}

class OneFault : public testing::TestWithParam<std::string> {};

TEST_P(OneFault, LeavesAWorldThatConverges) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const RunResult run = run_scenario(make_scenario(seed, with({GetParam()})));
    EXPECT_EQ(difference(run.history), "");
    EXPECT_EQ(count<Leaked>(run.history), 0U);
    EXPECT_GT(run.operations, 20U);
  }
}

INSTANTIATE_TEST_SUITE_P(Each, OneFault, testing::ValuesIn(fault_names()),
                         [](const auto& fault) { return fault.param; });

TEST(Faults, WithoutAnyNoFrameIsLost) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const RunResult run = run_scenario(make_scenario(seed, with({})), {.detail = Detail::frames});
    EXPECT_EQ(count<Lost>(run.history), 0U);
    EXPECT_EQ(count<Sent>(run.history), count<Arrived>(run.history));
    EXPECT_GT(count<Sent>(run.history), 100U);
    EXPECT_EQ(difference(run.history), "");
  }
}

TEST(Faults, CutConnectionsLoseFramesThroughWebSocketsToo) {
  WorkloadOptions options = with({"cut"});
  options.link = LinkChoice::bytes;
  std::size_t lost = 0;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const RunResult run = run_scenario(make_scenario(seed, options), {.detail = Detail::frames});
    lost += count<Lost>(run.history);
    EXPECT_EQ(difference(run.history), "");
  }
  EXPECT_GT(lost, 0U);
}

TEST(Faults, AnEndedLoginHaltsDevicesAndAFullAccountRefusesEdits) {
  std::size_t halted = 0;
  std::size_t refused = 0;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const RunResult run = run_scenario(make_scenario(seed, with({"login", "quota"})));
    for (const Event& event : run.history) {
      const auto* turned = std::get_if<Turned>(&event.what);
      const auto* answer = std::get_if<Acknowledged>(&event.what);
      halted += turned != nullptr && turned->what == Turned::What::halted ? 1U : 0U;
      refused += answer != nullptr && answer->error == ErrorCode::quota_exceeded ? 1U : 0U;
    }
  }
  EXPECT_GT(halted, 0U);
  EXPECT_GT(refused, 0U);
}

TEST(Faults, AreKnownByTheirNames) {
  for (const Fault& fault : all_faults()) EXPECT_EQ(find_fault(fault.name), &fault);
  EXPECT_EQ(find_fault("earthquake"), nullptr);
}

}  // namespace
}  // namespace studiosync::e2e
