// A load test's history is judged by the rules that judge simulated runs.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "e2e/checkers/check.hpp"
#include "e2e/history/history_file.hpp"
#include "tests/loadtest/live/load_fixture.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::load {
namespace {

using e2e::Event;
using e2e::History;

template <class Kind>
std::size_t count_of(const History& history) {
  return static_cast<std::size_t>(std::ranges::count_if(
      history, [](const Event& event) { return std::holds_alternative<Kind>(event.what); }));
}

class RunHistory : public testing::Test {
 protected:
  History run(const std::string& scenario) {
    RunOptions options = short_run(server_.url(), scenario);
    options.threads = 2;
    options.history_file = folder_.file("run.jsonl");
    Meddler nobody;
    const auto results = run_load(options, nobody);
    EXPECT_TRUE(results.has_value() && results->verification.lossless() &&
                results->remarks.empty());
    std::ostringstream text;
    text << std::ifstream(options.history_file, std::ios::binary).rdbuf();
    auto history = e2e::parse_history(text.str());
    if (history) return std::move(*history);
    ADD_FAILURE() << history.error().message;
    return {};
  }

  TemporaryFolder folder_;
  test::LiveServer server_{without_limits()};
};

class EveryHistory : public RunHistory, public testing::WithParamInterface<std::string> {};

TEST_P(EveryHistory, BreaksNoRule) {
  const History history = run(GetParam());
  const auto violations = e2e::check(history);
  EXPECT_TRUE(violations.empty()) << violations.front().rule << ": " << violations.front().message;
  EXPECT_EQ(count_of<e2e::ServerState>(history), 2U);
  EXPECT_EQ(count_of<e2e::DeviceState>(history), 4U);
  EXPECT_GE(count_of<e2e::Edited>(history), 40U);
  EXPECT_EQ(count_of<e2e::FrozenEdit>(history), count_of<e2e::Acknowledged>(history));
}

INSTANTIATE_TEST_SUITE_P(All, EveryHistory, testing::Values("steady", "conflict", "reconnect"),
                         [](const auto& scenario) { return scenario.param; });

TEST_F(RunHistory, TellsOfARowThatIsLost) {
  History history = run("steady");
  const auto end = std::ranges::find_if(
      history, [](const Event& e) { return std::holds_alternative<e2e::ServerState>(e.what); });
  ASSERT_NE(end, history.end());
  auto& rows = std::get<e2e::ServerState>(end->what).rows;
  ASSERT_FALSE(rows.empty());
  const std::string lost = rows.back().id;
  rows.pop_back();
  const auto violations = e2e::check(history);
  EXPECT_TRUE(std::ranges::any_of(violations, [&](const e2e::Violation& violation) {
    return violation.rule == "lost-edit" && violation.id == lost;
  }));
}

}  // namespace
}  // namespace studiosync::load
