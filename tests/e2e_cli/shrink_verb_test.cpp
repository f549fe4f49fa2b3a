// `syncsim shrink`: what is left shows the failure that there was, and no other one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <thread>

#include "e2e/cli/exit_code.hpp"
#include "e2e/cli/files.hpp"
#include "e2e/cli/judgement.hpp"
#include "e2e/cli/verbs.hpp"
#include "tests/e2e_cli/syncsim.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::e2e {
namespace {

using testing::Ran;
using testing::syncsim;

std::string scenario_with(const std::string& steps) {
  return R"({"name":"unmet","devices":[{"name":"laptop","user":"ann"},)"
         R"({"name":"phone","user":"ann"},{"name":"desk","user":"ann"}],"steps":[)" +
         steps + "]}";
}

std::string put(const std::string& at, const std::string& device, const std::string& id,
                const std::string& data) {
  return R"({"at":")" + at + R"(","do":"put","device":")" + device +
         R"(","type":"saved_query","id":")" + id + R"(","data":)" + data + "},";
}

std::string settle(const std::string& at) {
  return R"({"at":")" + at + R"(","do":"settle"},)";
}

std::string expect(const std::string& at, const std::string& what) {
  return R"({"at":")" + at + R"(","do":"expect","type":"saved_query",)" + what + "}";
}

Scenario shrunk(const std::string& text) {
  TemporaryFolder folder;
  EXPECT_TRUE(write_file(folder.file("unmet.json"), text));
  const Ran ran = syncsim({"shrink", folder.file("unmet.json")});
  EXPECT_EQ(ran.code, exit_fine) << ran.err;
  auto scenario = parse_scenario(ran.out);
  EXPECT_TRUE(scenario) << ran.out;
  return scenario ? std::move(*scenario) : Scenario();
}

std::string unmet_of(const Scenario& scenario) {
  const auto unmet = run_scenario(scenario).unmet;
  return unmet.empty() ? "" : unmet.front().message;
}

std::size_t count_of(const Scenario& scenario, Do what) {
  return static_cast<std::size_t>(std::ranges::count(scenario.steps, what, &Step::what));
}

std::string link(const std::string& at, const char* which) {
  return R"({"at":")" + at + R"(","do":")" + which + R"(","device":"phone"},)";
}

// Two devices in conflict, and somebody who expects that the text of the later one wins.
const std::string conflict =
    put("0s", "laptop", "orders", R"({"name":"O","query":"SELECT 1"})") +
    put("0s", "desk", "bills", R"({"name":"B","query":"SELECT 9"})") + settle("1s") +
    link("1s", "offline") + put("2s", "laptop", "orders", R"({"query":"SELECT 2"})") +
    put("2s", "phone", "orders", R"({"query":"SELECT 3"})") + link("5s", "online") + settle("9s") +
    expect("9s", R"("id":"orders","exists":true,"data":{"query":"SELECT 3"})");

TEST(ShrinkVerb, AnUnmetExpectationStaysUnmetInTheSameWay) {
  const Scenario small = shrunk(scenario_with(conflict));
  EXPECT_EQ(unmet_of(small), R"(the server: query is "SELECT 2", expected "SELECT 3")");
  EXPECT_EQ(small.devices.size(), 2U);
  EXPECT_TRUE(
      std::ranges::none_of(small.steps, [](const Step& step) { return step.id == "bills"; }));
}

TEST(ShrinkVerb, WhatIsExpectedIsStillWrittenAndEverybodyHasSettled) {
  const Scenario small = shrunk(scenario_with(conflict));
  EXPECT_TRUE(std::ranges::any_of(small.steps, [](const Step& step) {
    return step.device == "phone" && step.data == Json::object().set("query", "SELECT 3");
  }));
  ASSERT_GE(small.steps.size(), 2U);
  EXPECT_EQ(small.steps[small.steps.size() - 2].what, Do::settle);
}

TEST(ShrinkVerb, ARecordThatIsTooManyIsStillRemovedBySomebody) {
  const std::string removed = put("0s", "laptop", "orders", R"({"name":"O","query":"q"})") +
                              put("0s", "phone", "bills", R"({"name":"B","query":"q"})") +
                              settle("1s") +
                              R"({"at":"2s","do":"remove","device":"phone","type":"saved_query",)"
                              R"("id":"bills"},)" +
                              put("2s", "laptop", "notes", R"({"name":"N","query":"q"})") +
                              settle("3s") + expect("3s", R"("count":1)");
  const Scenario small = shrunk(scenario_with(removed));
  EXPECT_EQ(unmet_of(small), "the server: 2 records, expected 1");
  EXPECT_EQ(count_of(small, Do::remove), 1U);
}

TEST(ShrinkVerb, SaysThatItsTimeWasOver) {
  TemporaryFolder folder;
  const std::string file = folder.file("unmet.json");
  ASSERT_TRUE(write_file(file, scenario_with(conflict)));
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(run_shrink({.file = file, .out_file = folder.file("small"), .time_max = Millis{}}),
            exit_fine);
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), ::testing::HasSubstr("smaller yet"));
  EXPECT_EQ(syncsim({"shrink", file, "--out", folder.file("small")}).err, "");
}

// As a person who presses Ctrl-C as soon as it is only noted.
class Interrupter {
 public:
  Interrupter() : thread_([this] { interrupt(); }) {}
  ~Interrupter() {
    over_ = true;
    thread_.join();
  }

 private:
  void interrupt() {
    struct sigaction now {};
    while (!over_ && (::sigaction(SIGINT, nullptr, &now) != 0 || now.sa_handler == SIG_DFL)) {
      std::this_thread::yield();
    }
    if (!over_) ::kill(::getpid(), SIGINT);
  }

  std::atomic<bool> over_ = false;
  std::thread thread_;  // last: it uses the other
};

TEST(ShrinkVerb, WritesTheSmallestSoFarWhenItIsInterrupted) {
  std::string steps;
  for (int number = 0; number < 1000; ++number) {
    steps += put("0s", "desk", "bill-" + std::to_string(number), R"({"name":"B","query":"q"})");
  }
  const std::string text = scenario_with(steps + conflict);
  TemporaryFolder folder;
  ASSERT_TRUE(write_file(folder.file("unmet.json"), text));
  ::testing::internal::CaptureStderr();
  {
    const Interrupter person;
    EXPECT_EQ(run_shrink({.file = folder.file("unmet.json"), .out_file = folder.file("small")}),
              exit_by_signal + SIGINT);
  }
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), ::testing::HasSubstr("interrupted"));
  const auto small = parse_scenario(read_file(folder.file("small")).value());
  ASSERT_TRUE(small);
  EXPECT_EQ(unmet_of(*small), R"(the server: query is "SELECT 2", expected "SELECT 3")");
}

// Another expectation that fails by the way does not count.
TEST(ShrinkVerb, TheExpectationIsTheOneThatFailedFirst) {
  const std::string both = put("0s", "laptop", "orders", R"({"name":"O","query":"q"})") +
                           settle("1s") + expect("1s", R"("count":7)") + "," +
                           expect("2s", R"("id":"bills","exists":true)");
  const Scenario small = shrunk(scenario_with(both));
  EXPECT_EQ(unmet_of(small), "the server: 1 records, expected 7");
  EXPECT_EQ(count_of(small, Do::expect), 1U);
}

}  // namespace
}  // namespace studiosync::e2e
