#include <gtest/gtest.h>

#include <set>

#include "e2e/history/history_file.hpp"
#include "e2e/sim/world.hpp"
#include "e2e/workloads/workload.hpp"

namespace studiosync::e2e {
namespace {

WorkloadOptions small() {
  return {.devices = 3, .users = 1, .operations = 40};
}

// Every edit comes to be.
WorkloadOptions without_faults() {
  WorkloadOptions options = small();
  options.mixed_faults = false;
  return options;
}

std::size_t some_edit(const Scenario& scenario, std::size_t from) {
  for (std::size_t i = from; i < scenario.steps.size(); ++i) {
    const Step& step = scenario.steps[i];
    if (step.what == Do::put && step.data.find("query") != nullptr) return i;
  }
  ADD_FAILURE() << "no edit of a query";
  return 0;
}

TEST(Determinism, TheSameSeedGivesTheSameRunBitForBit) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const Scenario scenario = make_scenario(seed, small());
    const RunResult first = run_scenario(scenario);
    const RunResult second = run_scenario(scenario);
    EXPECT_EQ(first.trace_hash, second.trace_hash);
    EXPECT_EQ(first.history.size(), second.history.size());
    EXPECT_EQ(first.virtual_time, second.virtual_time);
  }
}

TEST(Determinism, ASeedGivesTheSameScenarioEveryTime) {
  const std::string text = to_json_text(make_scenario(7, small()));
  EXPECT_EQ(text, to_json_text(make_scenario(7, small())));
  EXPECT_NE(text, to_json_text(make_scenario(8, small())));
}

TEST(Determinism, AScenarioThatWasWrittenDownRunsAsTheSeedDid) {
  const Scenario scenario = make_scenario(5, small());
  const auto read = parse_scenario(to_json_text(scenario));
  ASSERT_TRUE(read) << read.error().path << ": " << read.error().message;
  EXPECT_EQ(run_scenario(scenario).trace_hash, run_scenario(*read).trace_hash);
}

TEST(Determinism, EverySeedHasARunOfItsOwn) {
  std::set<std::uint64_t> hashes;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    hashes.insert(run_scenario(make_scenario(seed, small())).trace_hash.value());
  }
  EXPECT_EQ(hashes.size(), 20U);
}

TEST(Determinism, OneEditThatDiffersChangesTheHash) {
  Scenario scenario = make_scenario(3, without_faults());
  const auto hash = run_scenario(scenario).trace_hash;
  scenario.steps[some_edit(scenario, 0)].data.set("query", "SELECT 'another'");
  EXPECT_NE(run_scenario(scenario).trace_hash, hash);
}

TEST(Determinism, OneEditLessChangesTheHash) {
  Scenario scenario = make_scenario(3, without_faults());
  const auto hash = run_scenario(scenario).trace_hash;
  scenario.steps.erase(scenario.steps.begin() +
                       static_cast<std::ptrdiff_t>(some_edit(scenario, 0)));
  EXPECT_NE(run_scenario(scenario).trace_hash, hash);
}

TEST(Determinism, WritingDownEveryFrameDoesNotChangeTheRun) {
  const Scenario scenario = make_scenario(9, small());
  const RunResult brief = run_scenario(scenario);
  const RunResult detailed = run_scenario(scenario, {.detail = Detail::frames});
  EXPECT_EQ(brief.trace_hash, detailed.trace_hash);
  EXPECT_GT(detailed.history.size(), brief.history.size());
}

TEST(Determinism, WithoutTheHashTheRunIsTheSame) {
  const Scenario scenario = make_scenario(9, small());
  const RunResult hashed = run_scenario(scenario);
  const RunResult unhashed = run_scenario(scenario, {.hashed = false});
  EXPECT_FALSE(unhashed.trace_hash.has_value());
  ASSERT_EQ(unhashed.history.size(), hashed.history.size());
  for (std::size_t i = 0; i < hashed.history.size(); ++i) {
    ASSERT_EQ(to_json_line(unhashed.history[i]), to_json_line(hashed.history[i]));
  }
}

TEST(TraceHash, DependsOnEveryByteAndOnTheirOrder) {
  std::set<std::uint64_t> hashes;
  for (const std::string_view text :
       {"", "a", "b", "ab", "ba", "abcdefgh", "abcdefgi", "abcdefghi"}) {
    TraceHash hash;
    hash.add(text);
    hashes.insert(hash.value());
  }
  TraceHash divided;
  divided.add("a");
  divided.add("b");
  hashes.insert(divided.value());
  EXPECT_EQ(hashes.size(), 9U);
}

}  // namespace
}  // namespace studiosync::e2e
