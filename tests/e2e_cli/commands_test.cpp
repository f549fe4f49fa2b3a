#include "e2e/cli/commands.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <vector>

#include "core/base/json.hpp"
#include "e2e/cli/exit_code.hpp"
#include "e2e/cli/files.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::e2e {
namespace {

struct Ran {
  int code;
  std::string out;
};

Ran syncsim(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "syncsim");
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const int code = run_command(static_cast<int>(argv.size()), argv.data());
  std::fflush(stdout);
  (void)testing::internal::GetCapturedStderr();
  return {code, testing::internal::GetCapturedStdout()};
}

std::vector<Json> lines_of(const std::string& text) {
  std::vector<Json> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(parse_json(line).value());
  return lines;
}

const std::vector<std::string> small{"--devices", "2",  "--users",  "1",
                                     "--ops",     "15", "--faults", "none"};

std::vector<std::string> with_small(std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), small.begin(), small.end());
  return arguments;
}

TEST(Syncsim, SoakPrintsOneJsonLineASeed) {
  const Ran ran = syncsim(with_small({"soak", "--seeds", "1..4", "--json"}));
  EXPECT_EQ(ran.code, exit_fine);
  const auto lines = lines_of(ran.out);
  ASSERT_EQ(lines.size(), 4U);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(lines[i].find("seed")->as_uint(), i + 1);
    EXPECT_EQ(lines[i].find("verdict")->as_string(), "ok");
    EXPECT_EQ(lines[i].find("trace_hash")->as_string().size(), 16U);
  }
}

TEST(Syncsim, RunOfASeedHasTheHashThatSoakPrinted) {
  const Ran soak = syncsim(with_small({"soak", "--seeds", "3", "--json"}));
  const Ran run = syncsim(with_small({"run", "--seed", "3", "--json"}));
  EXPECT_EQ(lines_of(soak.out).at(0), lines_of(run.out).at(0));
}

TEST(Syncsim, AScenarioAndAHistoryThatItWroteItReadsAgain) {
  TemporaryFolder folder;
  const std::string scenario = folder.file("seed.json");
  const std::string history = folder.file("seed.jsonl");
  EXPECT_EQ(syncsim(with_small({"run", "--seed", "2", "--scenario", scenario, "--history", history,
                                "--html", folder.file("seed.html")}))
                .code,
            exit_fine);
  EXPECT_EQ(syncsim({"run", scenario}).code, exit_fine);
  EXPECT_EQ(syncsim({"check", history}).code, exit_fine);
  EXPECT_NE(syncsim({"list", folder.path()}).out.find("seed.json"), std::string::npos);
  EXPECT_NE(read_file(folder.file("seed.html")).value().find("<html"), std::string::npos);
}

TEST(Syncsim, AnUnmetExpectationIsAViolation) {
  TemporaryFolder folder;
  const std::string file = folder.file("unmet.json");
  const std::string text =
      R"({"name":"unmet","devices":[{"name":"laptop","user":"ann"}],)"
      R"("steps":[{"at":"1s","do":"expect","device":"laptop","link":"halted"}]})";
  ASSERT_TRUE(write_file(file, text));
  const Ran ran = syncsim({"run", file, "--json"});
  EXPECT_EQ(ran.code, exit_violation) << ran.out;
}

TEST(Syncsim, WhatIsNoScenarioIsABadFile) {
  TemporaryFolder folder;
  const std::string file = folder.file("none.json");
  ASSERT_TRUE(write_file(file, "{}"));
  EXPECT_EQ(syncsim({"run", file}).code, exit_bad_file);
  EXPECT_EQ(syncsim({"run", folder.file("missing.json")}).code, exit_bad_file);
  EXPECT_EQ(syncsim({"check", folder.file("missing.jsonl")}).code, exit_bad_file);
  EXPECT_EQ(syncsim({"list", folder.file("missing")}).code, exit_bad_file);
}

TEST(Syncsim, WhatItDoesNotUnderstandIsUsage) {
  EXPECT_EQ(syncsim({"soak"}).code, exit_usage);
  EXPECT_EQ(syncsim({"soak", "--seeds", "9..1"}).code, exit_usage);
  EXPECT_EQ(syncsim({"soak", "--seeds", "1", "--faults", "earthquake"}).code, exit_usage);
  EXPECT_EQ(syncsim({"run"}).code, exit_usage);
  EXPECT_EQ(syncsim({"dance"}).code, exit_usage);
  EXPECT_EQ(syncsim({"--help"}).code, exit_fine);
}

}  // namespace
}  // namespace studiosync::e2e
