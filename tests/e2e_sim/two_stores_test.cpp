// The simulation's two kinds of disks are held to one behaviour: values in memory, and the
// product's SQLite stores on simulated disks.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "e2e/checkers/check.hpp"
#include "e2e/sim/world.hpp"
#include "e2e/workloads/workload.hpp"
#include "tests/e2e_sim/converged.hpp"

namespace studiosync::e2e {
namespace {

namespace fs = std::filesystem;

WorkloadOptions with(std::vector<std::string> faults) {
  return {.devices = 3,
          .users = 2,
          .operations = 60,
          .faults = std::move(faults),
          .mixed_faults = false};
}

RunResult run_on(StoreKind store, Scenario scenario) {
  scenario.store = store;
  return run_scenario(scenario);
}

std::string violations(const History& history) {
  std::string text;
  for (const Violation& violation : check(history)) {
    text += violation.rule + " on " + violation.lane + ": " + violation.message + "\n";
  }
  return text;
}

// Faults of the disk itself: each store has its own.
bool harms_a_disk(const Step& step) {
  switch (step.what) {
    case Do::crash:
    case Do::server_crash:
    case Do::server_restore:
    case Do::disk_full:
    case Do::server_disk_full:
    case Do::commit_fails:
      return true;
    default:
      return false;
  }
}

std::vector<fs::path> kept_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(STUDIOSYNC_FIXTURES "/scenarios")) {
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

Scenario read_scenario(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return parse_scenario(std::string(std::istreambuf_iterator<char>(in), {})).value();
}

class KeptScenario : public testing::TestWithParam<fs::path> {};

TEST_P(KeptScenario, IsFineOnSqliteAndGoesAsInMemoryUnlessADiskIsHarmed) {
  const Scenario scenario = read_scenario(GetParam());
  const RunResult sqlite = run_on(StoreKind::sqlite, scenario);
  for (const Unmet& unmet : sqlite.unmet) {
    ADD_FAILURE() << "step " << unmet.step + 1 << ": " << unmet.message;
  }
  EXPECT_EQ(violations(sqlite.history), "");
  if (std::ranges::any_of(scenario.steps, harms_a_disk)) return;
  EXPECT_EQ(sqlite.trace_hash, run_on(StoreKind::memory, scenario).trace_hash);
}

INSTANTIATE_TEST_SUITE_P(Each, KeptScenario, testing::ValuesIn(kept_files()), [](const auto& file) {
  std::string name = file.param.stem().string();
  std::ranges::replace(name, '-', '_');
  return name;
});

TEST(TwoStores, OneSeedGivesOneRunOnBothWhileNoDiskIsHarmed) {
  const WorkloadOptions options =
      with({"offline", "cut", "repeat", "partition", "clone", "restore", "token", "slow", "drain",
            "collect", "reset", "old", "login", "quota"});
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const Scenario scenario = make_scenario(seed, options);
    const RunResult memory = run_on(StoreKind::memory, scenario);
    const RunResult sqlite = run_on(StoreKind::sqlite, scenario);
    EXPECT_EQ(memory.trace_hash, sqlite.trace_hash);
    EXPECT_EQ(memory.history.size(), sqlite.history.size());
  }
}

TEST(TwoStores, HarmedDisksLoseNothingThatWasPromised) {
  const WorkloadOptions options =
      with({"crash", "disk", "restore", "server_crash", "commit", "server_disk", "server_restore"});
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const RunResult run = run_on(StoreKind::sqlite, make_scenario(seed, options));
    EXPECT_EQ(violations(run.history), "");
    EXPECT_EQ(difference(run.history), "");
  }
}

TEST(TwoStores, OneSeedGivesOneRunOnHarmedDisksToo) {
  const WorkloadOptions options =
      with({"crash", "disk", "server_crash", "commit", "server_restore"});
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const Scenario scenario = make_scenario(seed, options);
    EXPECT_EQ(run_on(StoreKind::sqlite, scenario).trace_hash,
              run_on(StoreKind::sqlite, scenario).trace_hash);
  }
}

}  // namespace
}  // namespace studiosync::e2e
