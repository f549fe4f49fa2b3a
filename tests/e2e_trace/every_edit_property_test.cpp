// Histories of simulated runs as recordings: whatever users did there is in the scenario, or said
// not to be.
#include <gtest/gtest.h>

#include "e2e/sim/world.hpp"
#include "e2e/trace/replay.hpp"
#include "e2e/workloads/workload.hpp"

namespace studiosync::e2e {
namespace {

std::size_t edits_in(const History& history) {
  return static_cast<std::size_t>(std::ranges::count_if(
      history, [](const Event& event) { return std::holds_alternative<Edited>(event.what); }));
}

std::size_t edits_in(const Scenario& scenario) {
  return static_cast<std::size_t>(std::ranges::count_if(scenario.steps, [](const Step& step) {
    const bool edit = step.what == Do::put || step.what == Do::remove;
    return edit && !step.device.starts_with("elsewhere");
  }));
}

TEST(EveryEdit, IsAStepOrANote) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const WorkloadOptions some{.devices = 3, .users = 2, .operations = 60};
    const std::vector<Recording> recordings{
        {"run", run_scenario(make_scenario(seed, some)).history}};
    const auto made = replay_of(recordings);
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_GE(edits_in(made->scenario) + made->notes.size(), edits_in(recordings[0].history));
    const auto read = parse_scenario(to_json_text(made->scenario));
    ASSERT_TRUE(read) << read.error().path << ": " << read.error().message;
    EXPECT_GT(run_scenario(*read).operations, 0U);
  }
}

}  // namespace
}  // namespace studiosync::e2e
