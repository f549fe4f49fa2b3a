#include "e2e/shrink/shrink.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace studiosync::e2e {
namespace {

using testing::ElementsAre;
using testing::Field;

Step put(const char* device, std::int64_t at, const std::string& id) {
  return {.at = Millis{at},
          .what = Do::put,
          .device = device,
          .type = EntityType::saved_query,
          .id = id,
          .data = Json::object().set("name", "Orders of today").set("query", "SELECT 1")};
}

// A put a second, in turn by four devices of two users; a fault between them now and then.
Scenario long_run() {
  Scenario scenario;
  scenario.name = "long";
  scenario.seed = 4711;
  scenario.link = LinkKind::bytes;
  scenario.store = StoreKind::sqlite;
  scenario.devices = {{.name = "a", .user = "ann"},
                      {.name = "b", .user = "ann", .skew = Millis{-90'000}},
                      {.name = "c", .user = "bob", .old_client = true},
                      {.name = "d", .user = "bob"}};
  const std::array names{"a", "b", "c", "d"};
  for (int i = 0; i < 60; ++i) {
    scenario.steps.push_back(put(names.at(i % 4U), 1000 * i, "q" + std::to_string(i)));
    if (i % 5 == 0) {
      scenario.steps.push_back({.at = Millis{1000 * i},
                                .what = i % 2 == 0 ? Do::slow : Do::disk_full,
                                .device = "a",
                                .ms = Millis{i % 2 == 0 ? 7'500 : 0}});
    }
  }
  return scenario;
}

const Step* find_put(const Scenario& scenario, std::string_view id) {
  const auto it = std::ranges::find(scenario.steps, id, &Step::id);
  return it == scenario.steps.end() ? nullptr : &*it;
}

// Counts the runs of a predicate.
struct Runs {
  StillFails still_fails;
  std::size_t count = 0;
  bool exhausted = false;
  Scenario shrink_of(const Scenario& scenario, std::size_t runs_max = 2000) {
    Smallest smallest = shrink(scenario,
                               [this](const Scenario& candidate) {
                                 ++count;
                                 return still_fails(candidate);
                               },
                               {.runs_max = runs_max, .clock = {}});
    exhausted = smallest.exhausted;
    return std::move(smallest.scenario);
  }
};

bool needs_two_puts(const Scenario& s) {
  return find_put(s, "q4") != nullptr && find_put(s, "q17") != nullptr;
}

TEST(Shrink, LeavesOnlyWhatTheFailureNeeds) {
  Runs runs{needs_two_puts};
  const Scenario smallest = runs.shrink_of(long_run());
  EXPECT_THAT(smallest.steps, ElementsAre(Field(&Step::id, "q4"), Field(&Step::id, "q17")));
  EXPECT_THAT(smallest.devices, ElementsAre(DeviceSpec{.name = "a", .user = "ann"},
                                            DeviceSpec{.name = "b", .user = "ann"}));
  EXPECT_EQ(smallest.link, LinkKind::frames);
  EXPECT_EQ(smallest.store, StoreKind::memory);
  EXPECT_EQ(smallest.seed, 1U);
  EXPECT_EQ(smallest.steps[1].at, Millis{0});
  EXPECT_EQ(smallest.steps[0].data, Json::object());
  EXPECT_LE(runs.count, 60U);
}

TEST(Shrink, KeepsEverySettingThatTheFailureNeeds) {
  Runs runs{[](const Scenario& s) {
    return s.store == StoreKind::sqlite && s.link == LinkKind::bytes && s.seed == 4711 &&
           s.devices.size() == 4 && s.devices[1].skew.count <= -20'000 && s.devices[2].old_client;
  }};
  const Scenario smallest = runs.shrink_of(long_run());
  EXPECT_TRUE(runs.still_fails(smallest));
  EXPECT_TRUE(smallest.steps.empty());
  EXPECT_EQ(smallest.devices[1].skew, Millis{-22'000});
}

TEST(Shrink, HalvesADelayUntilItIsTooShort) {
  Runs runs{[](const Scenario& s) {
    return needs_two_puts(s) && find_put(s, "q17")->at - find_put(s, "q4")->at >= Millis{3'000};
  }};
  const Scenario smallest = runs.shrink_of(long_run());
  ASSERT_EQ(smallest.steps.size(), 2U);
  EXPECT_EQ(smallest.steps[0].at, Millis{0});
  EXPECT_EQ(smallest.steps[1].at, Millis{3'000});
}

TEST(Shrink, DropsFieldsAndShortensTexts) {
  Runs runs{[](const Scenario& s) {
    const Step* step = find_put(s, "q8");
    const Json* name = step == nullptr ? nullptr : step->data.find("name");
    return name != nullptr && name->as_string().starts_with("Ord");
  }};
  const Scenario smallest = runs.shrink_of(long_run());
  EXPECT_EQ(smallest.steps.at(0).data, Json::object().set("name", "Ord"));
}

TEST(Shrink, CutsTextsBetweenCharacters) {
  Scenario scenario = long_run();
  scenario.steps[0].data = Json::object().set("name", "日本語日本");
  Runs runs{[](const Scenario& s) {
    const Json* name = s.steps.empty() ? nullptr : s.steps[0].data.find("name");
    EXPECT_TRUE(name == nullptr || valid_utf8(name->as_string()));
    return name != nullptr && name->as_string().starts_with("日");
  }};
  EXPECT_EQ(*runs.shrink_of(scenario).steps.at(0).data.find("name"), Json("日"));
}

TEST(Shrink, TakesAClonesStepsAwayWithIt) {
  Scenario scenario = long_run();
  scenario.steps.push_back(
      {.at = Millis{70'000}, .what = Do::clone, .device = "d", .text = "twin"});
  scenario.steps.push_back(put("twin", 71'000, "of the twin"));
  Runs runs{needs_two_puts};
  EXPECT_EQ(runs.shrink_of(scenario).steps.size(), 2U);
}

TEST(Shrink, StopsAtTheBudgetWithAFailingScenario) {
  for (std::size_t runs_max = 0; runs_max < 30; ++runs_max) {
    Runs runs{needs_two_puts};
    const Scenario smallest = runs.shrink_of(long_run(), runs_max);
    EXPECT_LE(runs.count, runs_max);
    EXPECT_TRUE(needs_two_puts(smallest));
    EXPECT_TRUE(runs.exhausted);
  }
}

TEST(Shrink, SaysWhetherTheBudgetWasEnough) {
  Runs enough{needs_two_puts};
  enough.shrink_of(long_run());
  EXPECT_FALSE(enough.exhausted);
  Runs just_enough{needs_two_puts};
  just_enough.shrink_of(long_run(), enough.count);
  EXPECT_FALSE(just_enough.exhausted);
  Runs too_few{needs_two_puts};
  too_few.shrink_of(long_run(), enough.count - 1);
  EXPECT_TRUE(too_few.exhausted);
}

TEST(Shrink, StopsWhenTheTimeIsOver) {
  Millis now{0};
  std::size_t runs = 0;
  const Smallest smallest = shrink(long_run(),
                                   [&](const Scenario& s) {
                                     ++runs;
                                     now = now + Millis{400};  // a run takes that long
                                     return needs_two_puts(s);
                                   },
                                   {.time_max = Millis{2'000}, .clock = [&] { return now; }});
  EXPECT_EQ(runs, 5U);
  EXPECT_TRUE(needs_two_puts(smallest.scenario));
  EXPECT_TRUE(smallest.exhausted);
}

TEST(Shrink, StopsWhenItIsTold) {
  std::size_t runs = 0;
  const Smallest smallest = shrink(long_run(),
                                   [&](const Scenario& s) {
                                     ++runs;
                                     return needs_two_puts(s);
                                   },
                                   {.stopped = [&] { return runs == 3; }});
  EXPECT_EQ(runs, 3U);
  EXPECT_TRUE(needs_two_puts(smallest.scenario));
  EXPECT_TRUE(smallest.exhausted);
}

TEST(Shrink, TellsOfEverySuccess) {
  std::vector<std::size_t> steps;
  shrink(long_run(), needs_two_puts, {.clock = {}},
         [&](const ShrinkProgress& progress) { steps.push_back(progress.steps); });
  ASSERT_FALSE(steps.empty());
  EXPECT_TRUE(std::ranges::is_sorted(steps, std::greater()));
  EXPECT_EQ(steps.back(), 2U);
}

TEST(Shrink, ReturnsTheScenarioWhenNothingSmallerFails) {
  const Scenario whole = long_run();
  EXPECT_EQ(shrink(whole, [](const Scenario&) { return false; }, {.clock = {}}).scenario, whole);
}

}  // namespace
}  // namespace studiosync::e2e
