#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

#include "e2e/scenario/check.hpp"
#include "e2e/shrink/shrink.hpp"
#include "tests/e2e/scenario/any_scenario.hpp"

namespace studiosync::e2e {
namespace {

std::map<Do, std::size_t> kinds_in(const Scenario& scenario) {
  std::map<Do, std::size_t> counts;
  for (const Step& step : scenario.steps) ++counts[step.what];
  return counts;
}

// The failure needs as many steps of some kinds as `needed` says.
bool has_all(const Scenario& scenario, const std::map<Do, std::size_t>& needed) {
  const auto there = kinds_in(scenario);
  return std::ranges::all_of(needed, [&](const auto& need) {
    const auto it = there.find(need.first);
    return it != there.end() && it->second >= need.second;
  });
}

// What some of the steps of a scenario are, so that the scenario itself has them all.
std::map<Do, std::size_t> some_of(const Scenario& scenario, Random& random) {
  std::map<Do, std::size_t> needed;
  for (const auto& [kind, count] : kinds_in(scenario)) {
    if (random.below(4) == 0) needed[kind] = 1 + random.below(count);
  }
  return needed;
}

RC_GTEST_PROP(Shrink, RunsOnlyWhatCanBeRunAndNothingTwice, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const Scenario whole = testing::any_scenario(random, 25);
  const auto needed = some_of(whole, random);
  std::set<std::string> seen{to_json_text(whole)};
  const Scenario smallest = shrink(whole,
                                   [&](const Scenario& candidate) {
                                     RC_ASSERT(check_scenario(candidate).has_value());
                                     RC_ASSERT(seen.insert(to_json_text(candidate)).second);
                                     return has_all(candidate, needed);
                                   },
                                   {.runs_max = 10'000, .clock = {}})
                                .scenario;
  RC_ASSERT(has_all(smallest, needed));
}

RC_GTEST_PROP(Shrink, LeavesNoStepThatCanBeTakenAway, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const Scenario whole = testing::any_scenario(random, 25);
  const auto needed = some_of(whole, random);
  const auto fails = [&](const Scenario& candidate) { return has_all(candidate, needed); };
  const Scenario smallest = shrink(whole, fails, {.runs_max = 10'000, .clock = {}}).scenario;
  for (std::size_t i = 0; i < smallest.steps.size(); ++i) {
    Scenario smaller = smallest;
    smaller.steps.erase(smaller.steps.begin() + static_cast<std::ptrdiff_t>(i));
    RC_ASSERT(!check_scenario(smaller) || !fails(smaller));
  }
  RC_ASSERT(shrink(whole, fails, {.runs_max = 10'000, .clock = {}}).scenario == smallest);
}

}  // namespace
}  // namespace studiosync::e2e
