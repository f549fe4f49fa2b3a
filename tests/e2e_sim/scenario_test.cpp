// Single faults in small scenarios, each with what must be seen of it.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "e2e/history/history_file.hpp"
#include "e2e/sim/world.hpp"
#include "tests/e2e_sim/converged.hpp"

namespace studiosync::e2e {
namespace {

class SmallWorld : public testing::TestWithParam<LinkKind> {
 protected:
  SmallWorld() {
    scenario_.name = "small";
    scenario_.link = GetParam();
    scenario_.devices = {{.name = "laptop", .user = "ann"}, {.name = "tablet", .user = "ann"}};
  }

  Step& at(std::int64_t ms, Do what, const std::string& device = {}) {
    scenario_.steps.push_back({.at = {ms}, .what = what, .device = device});
    return scenario_.steps.back();
  }
  void put(std::int64_t ms, const std::string& device, const std::string& id,
           const std::string& name) {
    Step& step = at(ms, Do::put, device);
    step.type = EntityType::saved_query;
    step.id = id;
    step.data = Json::object().set("name", name).set("query", "SELECT 1");
  }
  void expect_name(std::int64_t ms, const std::string& device, const std::string& id,
                   const std::string& name) {
    Step& step = at(ms, Do::expect, device);
    step.type = EntityType::saved_query;
    step.id = id;
    step.expectation = Expectation{.exists = true, .data = Json::object().set("name", name)};
  }
  void expect_missing(std::int64_t ms, const std::string& device, const std::string& id) {
    Step& step = at(ms, Do::expect, device);
    step.type = EntityType::saved_query;
    step.id = id;
    step.expectation = Expectation{.exists = false};
  }

  RunResult run() {
    RunResult result = run_scenario(scenario_, {.detail = Detail::frames});
    for (const Unmet& unmet : result.unmet) {
      ADD_FAILURE() << "step " << unmet.step << ": " << unmet.message;
    }
    EXPECT_EQ(difference(result.history), "");
    return result;
  }
  template <class What>
  static std::vector<Event> events(const RunResult& result) {
    std::vector<Event> found;
    for (const Event& event : result.history) {
      if (std::holds_alternative<What>(event.what)) found.push_back(event);
    }
    return found;
  }
  static std::size_t sent(const RunResult& result, std::string_view frame) {
    std::size_t count = 0;
    for (const Event& event : events<Sent>(result)) {
      count += std::get<Sent>(event.what).frame == frame ? 1 : 0;
    }
    return count;
  }

  Scenario scenario_;
};

INSTANTIATE_TEST_SUITE_P(Over, SmallWorld, testing::Values(LinkKind::frames, LinkKind::bytes),
                         [](const auto& kind) {
                           return kind.param == LinkKind::frames ? "Frames" : "Bytes";
                         });

// A clone gives its original's places to other changes: the server knows which one it took.
TEST_P(SmallWorld, ARowIsToldToBeOfTheChangeThatWroteItWhoeverElseHasItsPlace) {
  at(1'000, Do::clone, "laptop").text = "twin";
  put(1'000, "laptop", "q1", "Laptop's");
  put(1'000, "twin", "q1", "Twin's");
  const RunResult result = run();
  std::map<ChangeId, std::string> lanes;
  for (const Event& event : events<FrozenEdit>(result)) {
    lanes.try_emplace(std::get<FrozenEdit>(event.what).change, event.lane);
  }
  ASSERT_EQ(lanes.size(), 2U);
  for (const Event& event : events<Committed>(result)) {
    const auto& committed = std::get<Committed>(event.what);
    if (committed.row.type == EntityType::conflict) continue;
    const bool of_the_twin = committed.row.content.find("Twin's") != std::string::npos;
    EXPECT_EQ(lanes.at(committed.change), of_the_twin ? "twin" : "laptop");
  }
}

TEST_P(SmallWorld, AnEditReachesTheOtherDevice) {
  put(1'000, "laptop", "q1", "Orders");
  expect_name(2'000, "tablet", "q1", "Orders");
  expect_name(2'000, "", "q1", "Orders");
  run();
}

TEST_P(SmallWorld, AnOfflineDeviceSeesItLater) {
  at(500, Do::offline, "tablet");
  put(1'000, "laptop", "q1", "Orders");
  expect_missing(5'000, "tablet", "q1");
  at(6'000, Do::online, "tablet");
  expect_name(8'000, "tablet", "q1", "Orders");
  run();
}

TEST_P(SmallWorld, AnUnmetExpectationIsReportedWithItsStep) {
  put(1'000, "laptop", "q1", "Orders");
  expect_name(2'000, "tablet", "q1", "Invoices");
  const RunResult result = run_scenario(scenario_);
  ASSERT_EQ(result.unmet.size(), 1U);
  EXPECT_EQ(result.unmet[0].step, 1U);
  EXPECT_EQ(result.unmet[0].message, "tablet: name is \"Orders\", expected \"Invoices\"");
}

TEST_P(SmallWorld, WhatADeviceRefusesIsToldWithItsStepAndBreaksNoRule) {
  put(1'000, "laptop", "has space", "Orders");
  put(1'000, "laptop", "q1", "Orders");
  scenario_.steps.back().data.set("query", 5);
  Step& gone = at(2'000, Do::remove, "laptop");
  gone.type = EntityType::saved_query;
  gone.id = "q2";
  at(3'000, Do::crash, "laptop");
  put(3'000, "laptop", "q3", "Orders");
  put(3'000, "tablet", "q4", "Orders");
  const RunResult result = run();
  EXPECT_EQ(result.operations, 1U);
  ASSERT_EQ(result.remarks.size(), 4U);
  EXPECT_EQ(result.remarks[0].step, 0U);
  EXPECT_NE(result.remarks[1].message.find("query"), std::string::npos);
  for (const Remark& remark : result.remarks) {
    EXPECT_TRUE(remark.message.starts_with("refused: ")) << remark.message;
  }
  EXPECT_EQ(result.remarks[3].message, "refused: the device does not run");
}

TEST_P(SmallWorld, ASettleThatGivesUpSaysSo) {
  at(500, Do::partition, "laptop").text = "both";
  put(1'000, "laptop", "q1", "Orders");
  at(1'000, Do::settle);
  at(2'000, Do::heal, "laptop");
  at(3'000, Do::settle);
  const RunResult result = run();
  ASSERT_EQ(result.remarks.size(), 1U);
  EXPECT_EQ(result.remarks[0].step, 2U);
  EXPECT_EQ(result.remarks[0].message, "not settled after 20m: laptop had something left to do");
}

TEST_P(SmallWorld, ARunThatMayTakeNoMoreTasksSaysSo) {
  put(1'000, "laptop", "q1", "Orders");
  at(600'000, Do::settle);
  EXPECT_TRUE(run_scenario(scenario_).unmet.empty());
  const RunResult result = run_scenario(scenario_, {.tasks_max = 20});
  ASSERT_EQ(result.unmet.size(), 1U);
  EXPECT_EQ(result.unmet[0].step, 1U);
  EXPECT_NE(result.unmet[0].message.find("all the tasks"), std::string::npos);
}

TEST(Tasks, AreAllowedByDevicesAndClones) {
  Scenario scenario;
  for (int i = 0; i < 5; ++i) scenario.devices.push_back({.name = "d", .user = "ann"});
  scenario.steps.resize(10, {.at = {3 * 86'400'000}, .what = Do::settle});
  const std::uint64_t of_five = tasks_allowed(scenario);
  for (int i = 0; i < 40; ++i) scenario.devices.push_back({.name = "d", .user = "ann"});
  for (int i = 0; i < 5; ++i) scenario.steps[static_cast<std::size_t>(i)].what = Do::clone;
  EXPECT_EQ(tasks_allowed(scenario), 10 * of_five);
}

TEST_P(SmallWorld, APartitionIsSilentAndItsEndIsNoticed) {
  at(500, Do::partition, "laptop").text = "both";
  put(1'000, "laptop", "q1", "Orders");
  expect_missing(60'000, "", "q1");
  at(70'000, Do::heal, "laptop");
  at(70'000, Do::settle);
  expect_name(70'000, "tablet", "q1", "Orders");
  const RunResult result = run();
  EXPECT_FALSE(events<Lost>(result).empty());
}

TEST_P(SmallWorld, ACutConnectionIsOpenedAgain) {
  Step& cut = at(1'000, Do::cut, "laptop");
  cut.text = "up";
  cut.number = 40;
  put(1'100, "laptop", "q1", "Orders");
  at(1'200, Do::settle);
  expect_name(1'200, "tablet", "q1", "Orders");
  const RunResult result = run();
  EXPECT_EQ(sent(result, "hello"), 3U);
}

TEST_P(SmallWorld, ARepeatedPushIsAppliedOnce) {
  at(500, Do::repeat, "laptop");
  put(1'000, "laptop", "q1", "Orders");
  at(10'000, Do::settle);
  EXPECT_EQ(events<Committed>(run()).size(), 1U);
}

TEST_P(SmallWorld, ARowThatWasGivenBackIsNoChangesWork) {
  at(1'000, Do::server_backup);
  put(2'000, "laptop", "q1", "Orders");
  at(3'000, Do::settle);
  at(5'000, Do::server_restore);
  at(6'000, Do::settle);
  const auto rows = events<Committed>(run());
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_FALSE(std::get<Committed>(rows[0].what).change.nil());
  EXPECT_TRUE(std::get<Committed>(rows[1].what).change.nil());
}

TEST_P(SmallWorld, ACrashOfTheServerBeforeTheFlushLosesThePushAndTheDeviceSendsItAgain) {
  put(1'000, "laptop", "q1", "Orders");
  for (std::int64_t ms = 1'001; ms < 1'100; ms += 3) {
    at(ms, Do::server_crash);
    at(ms, Do::server_start);
  }
  at(1'200, Do::settle);
  expect_name(1'200, "tablet", "q1", "Orders");
  const RunResult result = run();
  EXPECT_EQ(events<Committed>(result).size(), 1U);
  EXPECT_GT(sent(result, "push"), 1U);
}

TEST_P(SmallWorld, ACrashedDeviceKeepsItsEdit) {
  at(500, Do::partition, "laptop").text = "both";
  put(1'000, "laptop", "q1", "Orders");
  at(1'010, Do::crash, "laptop");
  at(2'000, Do::heal, "laptop");
  at(2'000, Do::start, "laptop");
  at(2'000, Do::settle);
  expect_name(2'000, "tablet", "q1", "Orders");
  run();
}

// Rows that came to `device`, which crashes at 5 s, in the last second before: in how many runs
// some of them are gone then. Whether they are is the seed's choice.
class RowsBeforeACrash : public SmallWorld {
 protected:
  std::size_t runs_that_lost(const std::string& device) {
    constexpr std::size_t rows = 10;
    for (std::size_t i = 0; i < rows; ++i) {
      put(4'000 + static_cast<std::int64_t>(i) * 50, "tablet", "q" + std::to_string(i), "Orders");
    }
    at(5'000, Do::crash, device);
    at(5'000, Do::start, device);
    Step& step = at(5'000, Do::expect, device);
    step.type = EntityType::saved_query;
    step.expectation = Expectation{.count = rows};
    std::size_t runs = 0;
    for (scenario_.seed = 1; scenario_.seed <= 12; ++scenario_.seed) {
      const RunResult result = run_scenario(scenario_);
      runs += result.unmet.size();
      EXPECT_EQ(difference(result.history), "");
    }
    return runs;
  }
};

INSTANTIATE_TEST_SUITE_P(Over, RowsBeforeACrash, testing::Values(LinkKind::frames),
                         [](const auto&) { return "Frames"; });

TEST_P(RowsBeforeACrash, MayBeGone) {
  EXPECT_GT(runs_that_lost("laptop"), 0U);
}

TEST_P(RowsBeforeACrash, MayBeGoneWhereTheDeviceHadStartedShortlyBefore) {
  at(3'000, Do::crash, "laptop");
  at(3'500, Do::start, "laptop");
  EXPECT_GT(runs_that_lost("laptop"), 0U);
}

TEST_P(RowsBeforeACrash, MayBeGoneWhereTheDeviceWasRestoredShortlyBefore) {
  at(3'000, Do::backup, "laptop");
  at(3'500, Do::restore, "laptop");
  EXPECT_GT(runs_that_lost("laptop"), 0U);
}

TEST_P(RowsBeforeACrash, MayBeGoneFromACloneOfShortlyBefore) {
  at(3'500, Do::clone, "laptop").text = "twin";
  EXPECT_GT(runs_that_lost("twin"), 0U);
}

TEST_P(SmallWorld, ACloneIsASecondDeviceWithARereadStream) {
  put(1'000, "laptop", "q1", "Orders");
  at(2'000, Do::clone, "laptop").text = "laptop-2";
  put(3'000, "laptop", "q2", "By the original");
  put(3'000, "laptop-2", "q3", "By the clone");
  at(4'000, Do::settle);
  for (const std::string device : {"laptop", "laptop-2", "tablet"}) {
    expect_name(4'000, device, "q2", "By the original");
    expect_name(4'000, device, "q3", "By the clone");
  }
  run();
}

TEST_P(SmallWorld, WhatAUserGivesUpWithARefusedEditIsADecisionAndNoEdit) {
  constexpr int many = 24;
  for (int i = 0; i < many; ++i) put(1'000, "laptop", "q" + std::to_string(i), "Orders");
  at(5'000, Do::settle);
  at(6'000, Do::offline, "laptop");
  for (int i = 0; i < many; ++i) {
    Step& step = at(7'000, Do::remove, "laptop");
    step.type = EntityType::saved_query;
    step.id = "q" + std::to_string(i);
  }
  at(8'000, Do::online, "laptop");  // so many deletes are held
  at(9'000, Do::settle);
  at(10'000, Do::discard_rejected, "laptop");
  at(11'000, Do::settle);
  expect_name(11'000, "laptop", "q0", "Orders");
  const RunResult result = run();
  int shown_again = 0;
  for (const Event& event : events<Decided>(result)) {
    const auto& decided = std::get<Decided>(event.what);
    EXPECT_EQ(decided.what, Decided::What::discarded);
    shown_again += decided.before.empty() && !decided.after.empty() ? 1 : 0;
  }
  EXPECT_EQ(shown_again, many);
  EXPECT_EQ(events<Edited>(result).size(), static_cast<std::size_t>(many + many));
}

TEST_P(SmallWorld, AnExpiredTokenIsReplaced) {
  at(1'000, Do::expire_token, "laptop");
  put(1'100, "laptop", "q1", "Orders");
  at(1'200, Do::settle);
  expect_name(1'200, "tablet", "q1", "Orders");
  run();
}

// It hears of that only when everything has healed.
TEST_P(SmallWorld, ADeviceWhoseLoginEndedWhileItWasOfflineIsLoggedInInTheEnd) {
  at(1'000, Do::offline, "laptop");
  put(2'000, "laptop", "q1", "Orders");
  at(3'000, Do::expire_login, "laptop");
  const RunResult result = run();
  EXPECT_TRUE(result.quiet);
  for (const Event& event : events<DeviceState>(result)) {
    EXPECT_TRUE(std::get<DeviceState>(event.what).synced) << event.lane;
  }
  std::vector<std::string> turns;
  for (const Event& event : events<Turned>(result)) {
    if (event.lane == "laptop") turns.emplace_back(to_string(std::get<Turned>(event.what).what));
  }
  const auto ended = std::ranges::find(turns, "login_ended");
  const auto halted = std::ranges::find(turns, "halted");
  EXPECT_LT(ended, halted);
  EXPECT_LT(halted, std::ranges::find(turns, "logged_in"));
  EXPECT_EQ(std::ranges::count(turns, "logged_in"), 1);
}

TEST_P(SmallWorld, ARevokedDeviceStaysOutAndKeepsItsEdits) {
  at(1'000, Do::revoke, "laptop");
  put(2'000, "laptop", "q1", "Orders");
  at(3'000, Do::login, "laptop");
  at(4'000, Do::settle);
  expect_missing(4'000, "", "q1");
  expect_name(4'000, "laptop", "q1", "Orders");
  at(4'000, Do::expect, "laptop").expectation = Expectation{.link = "halted"};
  run();
}

TEST_P(SmallWorld, ASlowDeviceGetsHintsAndCatchesUp) {
  at(500, Do::slow, "tablet").ms = {2'000};
  const std::string wide = "SELECT " + std::string(3'000, 'x');
  for (int i = 0; i < 12; ++i) {
    put(1'000 + i * 50, "laptop", "q" + std::to_string(i), "Wide");
    scenario_.steps.back().data.set("query", wide);
  }
  at(2'000, Do::settle);
  const RunResult result = run();
  EXPECT_GT(sent(result, "changed"), 0U);
}

TEST_P(SmallWorld, ADrainedServerComesBackAndDevicesReturn) {
  at(1'000, Do::server_drain);
  put(1'500, "laptop", "q1", "Orders");
  at(2'000, Do::settle);
  expect_name(2'000, "tablet", "q1", "Orders");
  EXPECT_GT(sent(run(), "drain"), 0U);
}

TEST_P(SmallWorld, AServerThatCrashesWhileItDrainsStaysDown) {
  at(1'000, Do::server_drain);
  at(2'000, Do::server_crash);
  at(10'000, Do::expect).expectation = Expectation{.open_conflicts = 0};
  const RunResult result = run_scenario(scenario_);
  ASSERT_EQ(result.unmet.size(), 1U);
  EXPECT_EQ(result.unmet[0].message, "the server does not run");
}

TEST_P(SmallWorld, AServerThatStartedAgainWhileItDrainedGoesOn) {
  at(1'000, Do::server_drain);
  at(1'500, Do::server_crash);
  at(2'000, Do::server_start);
  at(10'000, Do::settle);
  std::size_t starts = 0;
  std::size_t stops = 0;
  for (const Event& event : events<Turned>(run())) {
    if (event.lane != "server") continue;
    starts += std::get<Turned>(event.what).what == Turned::What::started ? 1U : 0U;
    stops += std::get<Turned>(event.what).what == Turned::What::stopped ? 1U : 0U;
  }
  EXPECT_EQ(starts, 2U);
  EXPECT_EQ(stops, 0U);
}

}  // namespace
}  // namespace studiosync::e2e
