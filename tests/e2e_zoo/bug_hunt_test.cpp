#include "e2e/cli/bug_hunt.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "e2e/cli/smaller.hpp"

namespace studiosync::e2e {
namespace {

constexpr WorkloadOptions short_runs{.devices = 3, .users = 2, .operations = 80};
constexpr std::uint64_t seeds_max = 60;
constexpr std::size_t jobs = 2;

// A sample: one bug of each kind, all of which show in most runs. `syncsim bugzoo` runs them all.
class Sample : public testing::TestWithParam<const char*> {};

TEST_P(Sample, IsFoundByARuleThatIsExpectedToFindIt) {
  const Bug* bug = find_bug(GetParam());
  ASSERT_NE(bug, nullptr);
  const Hunt found = hunt(*bug, short_runs, seeds_max, jobs);
  ASSERT_TRUE(found.found());
  EXPECT_TRUE(std::ranges::any_of(found.rules,
                                  [&](const std::string& rule) { return expects(*bug, rule); }))
      << found.rules.front() << " with seed " << found.seed;
}

INSTANTIATE_TEST_SUITE_P(Zoo, Sample,
                         testing::Values("page_begins_one_late", "tombstones_stay_out_of_pages",
                                         "pull_overwrites_edits", "records_have_no_owner",
                                         "checked_outside_the_transaction",
                                         "private_records_are_pushed", "natural_keys_are_ignored",
                                         "copy_names_are_nested", "redacted_text_looks_edited",
                                         "stale_upsert_clears_a_tombstone"),
                         [](const auto& sample) { return std::string(sample.param); });

TEST(BugHunt, FindsNothingWhereNothingIsPlanted) {
  const Bug none{.name = "", .faults = "none"};
  const Hunt found = hunt(none, short_runs, 3, jobs);
  EXPECT_FALSE(found.found());
  EXPECT_EQ(found.seeds, 3U);
  EXPECT_EQ(found.unclean, 0U);
}

TEST(BugHunt, ShrinksWhatItFinds) {
  const Bug* bug = find_bug("page_begins_one_late");
  const Hunt found = hunt(*bug, short_runs, seeds_max, jobs);
  ASSERT_TRUE(found.found());
  Scenario failing = make_scenario(found.seed, workload_of(*bug, short_runs));
  failing.bug = bug->name;
  failing.breaks = found.rules.front();
  const Scenario small = smaller(failing).scenario;
  EXPECT_LT(small.steps.size(), failing.steps.size() / 4);
  EXPECT_EQ(small.bug, bug->name);
}

}  // namespace
}  // namespace studiosync::e2e
