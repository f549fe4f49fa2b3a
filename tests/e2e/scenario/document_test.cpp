// docs/SCENARIOS.md says what the code does: its examples are read, and no kind of step is left
// out.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "e2e/scenario/step_kind.hpp"

namespace studiosync::e2e {
namespace {

// The document's blocks of JSON, each as its text.
std::vector<std::string> examples() {
  std::ifstream in(STUDIOSYNC_SOURCE "/docs/SCENARIOS.md", std::ios::binary);
  std::vector<std::string> blocks;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("```")) {
      inside = line == "```json";
      if (inside) blocks.emplace_back();
    } else if (inside) {
      blocks.back() += line + "\n";
    }
  }
  return blocks;
}

// A block of single steps as the scenario that they could be part of; `backup` steps first, so that
// a restore has one.
std::string scenario_of_steps(const std::string& block) {
  std::string steps =
      R"({"at":"0s","do":"backup","device":"laptop"},{"at":"0s","do":"server_backup"})";
  std::istringstream lines(block);
  for (std::string line; std::getline(lines, line);) steps += ",\n" + line;
  return R"({"name":"example","devices":[{"name":"laptop","user":"ann"},)"
         R"({"name":"phone","user":"ann"}],"steps":[)" +
         steps + "]}";
}

TEST(ScenarioDocument, HasExamplesThatCanBeRun) {
  const auto blocks = examples();
  ASSERT_GT(blocks.size(), 10U);
  EXPECT_TRUE(parse_scenario(blocks[0]).has_value());
  for (std::size_t i = 1; i < blocks.size(); ++i) {
    const auto read = parse_scenario(scenario_of_steps(blocks[i]));
    EXPECT_TRUE(read.has_value()) << read.error().path << ": " << read.error().message << "\n"
                                  << blocks[i];
  }
}

TEST(ScenarioDocument, ShowsItsFirstExampleAsItWouldBeWritten) {
  const std::string text = examples().at(0);
  const auto read = parse_scenario(text);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(to_json_text(*read), text);
}

TEST(ScenarioDocument, HasAnExampleOfEveryKindOfStep) {
  std::set<std::string_view> shown;
  const auto blocks = examples();
  for (std::size_t i = 1; i < blocks.size(); ++i) {
    const auto read = parse_scenario(scenario_of_steps(blocks[i]));
    ASSERT_TRUE(read.has_value());
    const auto& steps = read->steps;
    for (std::size_t s = 2; s < steps.size(); ++s) shown.insert(to_string(steps[s].what));
  }
  for (const StepKind& kind : step_kinds()) EXPECT_TRUE(shown.contains(kind.name)) << kind.name;
}

}  // namespace
}  // namespace studiosync::e2e
