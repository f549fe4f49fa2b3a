#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>
#include <vector>

#include "core/base/json.hpp"
#include "e2e/cli/exit_code.hpp"
#include "e2e/cli/files.hpp"
#include "e2e/scenario/scenario.hpp"
#include "tests/e2e_cli/syncsim.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::e2e {
namespace {

using testing::Ran;
using testing::syncsim;

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

TEST(Syncsim, ASeedGoesOnSqliteAsInMemory) {
  const Ran memory = syncsim(with_small({"run", "--seed", "3", "--json"}));
  const Ran sqlite = syncsim(with_small({"run", "--seed", "3", "--json", "--store", "sqlite"}));
  EXPECT_EQ(sqlite.code, exit_fine);
  EXPECT_EQ(lines_of(memory.out).at(0), lines_of(sqlite.out).at(0));
}

TEST(Syncsim, AScenarioRunsInTheStoreThatIsAskedForWhateverItsFileSays) {
  TemporaryFolder folder;
  const std::string on_disks = folder.file("disks.json");
  ASSERT_EQ(
      syncsim(with_small({"run", "--seed", "2", "--store", "sqlite", "--scenario", on_disks})).code,
      exit_fine);
  EXPECT_NE(read_file(on_disks).value().find("\"store\": \"sqlite\""), std::string::npos);
  const std::string in_memory = folder.file("memory.json");
  ASSERT_EQ(syncsim({"run", on_disks, "--store", "memory", "--scenario", in_memory}).code,
            exit_fine);
  EXPECT_EQ(read_file(in_memory).value().find("\"store\""), std::string::npos);
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

// What the user wrote is made another text: then it is nowhere at the end.
TEST(Syncsim, CheckNamesRuleRecordAndWhatHappenedToIt) {
  TemporaryFolder folder;
  const std::string file = folder.file("lost.jsonl");
  EXPECT_EQ(syncsim(with_small({"run", "--seed", "2", "--history", file})).code, exit_fine);
  std::string text = read_file(file).value();
  const auto edited = text.find("\"kind\":\"edited\"");
  const auto at = text.find("SELECT v", edited);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 8, "SELECT w");
  ASSERT_TRUE(write_file(file, text));
  const Ran ran = syncsim({"check", file});
  EXPECT_EQ(ran.code, exit_violation);
  EXPECT_NE(ran.out.find("lost-edit at event "), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("  > #"), std::string::npos) << ran.out;
  const Json line = lines_of(syncsim({"check", file, "--json"}).out).at(0);
  EXPECT_FALSE(line.find("meaning")->as_string().empty());
  EXPECT_FALSE(line.find("story")->items().empty());
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

TEST(Syncsim, AnEditThatItsDeviceRefusesIsTold) {
  TemporaryFolder folder;
  const std::string file = folder.file("refused.json");
  const std::string text =
      R"({"name":"refused","devices":[{"name":"laptop","user":"ann"}],)"
      R"("steps":[{"at":"0s","do":"settle"},{"at":"1s","do":"put","device":"laptop",)"
      R"("type":"saved_query","id":"has space","data":{"name":"Orders","query":"SELECT 1"}}]})";
  ASSERT_TRUE(write_file(file, text));
  const Ran ran = syncsim({"run", file});
  EXPECT_EQ(ran.code, exit_fine) << ran.out;
  EXPECT_NE(ran.err.find("step 2: refused: "), std::string::npos) << ran.err;
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

TEST(Syncsim, AHistoryWithoutAnEventIsABadFile) {
  TemporaryFolder folder;
  const std::string file = folder.file("empty.jsonl");
  for (const char* text : {"", "\n\n"}) {
    ASSERT_TRUE(write_file(file, text));
    const Ran ran = syncsim({"check", file});
    EXPECT_EQ(ran.code, exit_bad_file);
    EXPECT_NE(ran.err.find("holds no event"), std::string::npos) << ran.err;
  }
}

TEST(Syncsim, AFolderIsABadFile) {
  TemporaryFolder folder;
  std::filesystem::create_directory(folder.file("folder.json"));
  const std::string file = folder.file("folder.json");
  for (const char* verb : {"run", "check", "from-trace", "shrink", "real"}) {
    const Ran ran = syncsim({verb, file});
    EXPECT_EQ(ran.code, exit_bad_file);
    EXPECT_NE(ran.err.find(file + ": cannot be read"), std::string::npos) << ran.err;
  }
  EXPECT_EQ(syncsim({"list", folder.path()}).code, exit_bad_file);
}

TEST(Syncsim, APlantedBugIsInTheScenarioThatIsWrittenAndIsPlantedAgain) {
  TemporaryFolder folder;
  const std::string file = folder.file("bug.json");
  const std::string page = folder.file("bug.html");
  const char* bug = "page_begins_one_late";
  const Ran first = syncsim({"run", "--seed", "1", "--bug", bug, "--scenario", file, "--json"});
  EXPECT_EQ(first.code, exit_violation);
  EXPECT_EQ(parse_scenario(read_file(file).value()).value().bug, bug);
  EXPECT_EQ(lines_of(first.out), lines_of(syncsim({"run", file, "--json"}).out));
  EXPECT_EQ(syncsim({"run", file, "--html", page}).code, exit_violation);
  EXPECT_NE(read_file(page).value().find(bug), std::string::npos);
  EXPECT_EQ(syncsim({"run", file, "--bug", "none"}).code, exit_fine);
}

TEST(Syncsim, ABugThatNobodyKnowsIsRefused) {
  TemporaryFolder folder;
  const std::string file = folder.file("bug.json");
  ASSERT_TRUE(write_file(file, R"({"name":"unknown","bug":"butterfly","devices":[)"
                               R"({"name":"laptop","user":"ann"}],"steps":[]})"));
  for (const char* verb : {"run", "shrink"}) {
    EXPECT_EQ(syncsim({verb, file}).code, exit_bad_file);
    EXPECT_EQ(syncsim({verb, file, "--bug", "moth"}).code, exit_usage);
  }
  EXPECT_EQ(syncsim({"run", file, "--bug", "none"}).code, exit_fine);
}

TEST(Syncsim, WhatItDoesNotUnderstandIsUsage) {
  EXPECT_EQ(syncsim({"soak"}).code, exit_usage);
  EXPECT_EQ(syncsim({"soak", "--seeds", "9..1"}).code, exit_usage);
  EXPECT_EQ(syncsim({"soak", "--seeds", "1", "--faults", "earthquake"}).code, exit_usage);
  EXPECT_EQ(syncsim({"run"}).code, exit_usage);
  EXPECT_EQ(syncsim(with_small({"run", "--seed", "1..3"})).code, exit_usage);
  EXPECT_EQ(syncsim(with_small({"run", "--seed", ""})).code, exit_usage);
  EXPECT_NE(syncsim(with_small({"shrink", "--seed", "1..3"})).err.find("one seed"),
            std::string::npos);
  EXPECT_EQ(syncsim({"dance"}).code, exit_usage);
  EXPECT_EQ(syncsim({"--help"}).code, exit_fine);
}

TEST(Syncsim, WhatASeedIsMadeOfIsNotAskedOfAFile) {
  for (const char* verb : {"run", "shrink", "real"}) {
    for (const char* option : {"--devices", "--users", "--ops", "--faults"}) {
      const Ran ran = syncsim({verb, "none.json", option, option[2] == 'f' ? "none" : "2"});
      EXPECT_EQ(ran.code, exit_usage) << verb << " " << option;
      EXPECT_NE(ran.err.find(option), std::string::npos) << ran.err;
    }
  }
  EXPECT_EQ(syncsim({"run", "none.json", "--link", "bytes"}).code, exit_usage);
  EXPECT_EQ(syncsim({"run", "none.json", "--store", "sqlite"}).code, exit_bad_file);
}

// The seeds are none, so that nothing begins where the number is taken.
TEST(Syncsim, ProcessesAreAsManyAsAMachineCanBear) {
  for (const char* jobs : {"-3", "0", "100000"}) {
    for (const char* verb : {"soak", "real"}) {
      const Ran ran = syncsim({verb, "--seeds", "9..1", "--jobs", jobs});
      EXPECT_EQ(ran.code, exit_usage);
      EXPECT_NE(ran.err.find("--jobs"), std::string::npos) << ran.err;
    }
    EXPECT_EQ(syncsim({"bugzoo", "--list", "--jobs", jobs}).code, exit_usage);
  }
}

}  // namespace
}  // namespace studiosync::e2e
