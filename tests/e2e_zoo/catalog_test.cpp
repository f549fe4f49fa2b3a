#include "e2e/zoo/catalog.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "core/base/zoo.hpp"
#include "e2e/checkers/check.hpp"
#include "e2e/faults/fault.hpp"
#include "e2e/zoo/planted.hpp"

namespace studiosync::e2e {
namespace {

namespace fs = std::filesystem;

// Of all files below `folder` with this extension, one behind the other.
std::string text_of_all(const fs::path& folder, std::string_view extension) {
  std::string text;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension().string() != extension) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    text.append(std::istreambuf_iterator<char>(in), {});
  }
  return text;
}

// Without white space: the name of a test may stand on a line of its own.
const std::string& sources_of_tests() {
  static const std::string sources = [] {
    std::string text = text_of_all(STUDIOSYNC_SOURCE "/tests", ".cpp");
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    return text;
  }();
  return sources;
}

bool is_test(std::string_view suite, std::string_view name) {
  constexpr std::string_view macros[] = {"TEST", "TEST_F", "TEST_P", "RC_GTEST_PROP",
                                         "RC_GTEST_FIXTURE_PROP"};
  return std::ranges::any_of(macros, [&](std::string_view macro) {
    std::string head(macro);
    head.append("(").append(suite).append(",").append(name);
    return sources_of_tests().find(head + ")") != std::string::npos ||
           sources_of_tests().find(head + ",") != std::string::npos;
  });
}

// `name` is how the fixture's own begins.
bool is_conflict_case(std::string_view suite, std::string_view name) {
  std::string instance = "INSTANTIATE_TEST_SUITE_P(Fixtures,";
  std::string fixture = "\"name\": \"";
  return sources_of_tests().find(instance.append(suite) + ",") != std::string::npos &&
         text_of_all(STUDIOSYNC_FIXTURES "/conflicts", ".json").find(fixture.append(name)) !=
             std::string::npos;
}

// As `Suite.Name: why`, or `Fixtures/ConflictCases, name of the fixture: why`.
bool names_a_test(std::string_view where) {
  constexpr std::string_view of_fixtures = "Fixtures/";
  const std::string_view test = where.substr(0, where.find(':'));
  const bool fixture = test.starts_with(of_fixtures);
  const std::string_view separator = fixture ? ", " : ".";
  const std::size_t end = test.find(separator);
  if (end == std::string_view::npos) return false;
  const std::string_view name = test.substr(end + separator.size());
  return fixture ? is_conflict_case(test.substr(0, end).substr(of_fixtures.size()), name)
                 : is_test(test.substr(0, end), name);
}

TEST(Catalog, NamesEachBugOnceInOrder) {
  EXPECT_TRUE(std::ranges::is_sorted(bugs(), std::ranges::less_equal{}, &Bug::name));
  for (const Bug& bug : bugs()) EXPECT_EQ(find_bug(bug.name), &bug);
  EXPECT_EQ(find_bug("no_such_bug"), nullptr);
}

TEST(Catalog, ExpectsRulesThatTheCheckersHave) {
  for (const Bug& bug : bugs()) {
    SCOPED_TRACE(bug.name);
    EXPECT_EQ(bug.rules.empty(), bug.habitat == Habitat::invisible);
    std::istringstream expected{std::string(bug.rules)};
    for (std::string rule; expected >> rule;) {
      EXPECT_NE(std::ranges::find(rules(), rule, &RuleInfo::name), rules().end()) << rule;
      EXPECT_TRUE(expects(bug, rule));
    }
    EXPECT_FALSE(expects(bug, "no-such-rule"));
  }
}

TEST(Catalog, AsksForFaultsThatThereAre) {
  for (const Bug& bug : bugs()) {
    if (bug.faults == "all" || bug.faults == "none") continue;
    std::istringstream names{std::string(bug.faults)};
    for (std::string name; std::getline(names, name, ',');) {
      EXPECT_NE(find_fault(name), nullptr) << bug.name << ": " << name;
    }
  }
}

TEST(Catalog, SaysWhoJudgesWhatNoRuleSees) {
  for (const Bug& bug : bugs()) {
    EXPECT_EQ(bug.where.empty(), bug.habitat != Habitat::invisible) << bug.name;
  }
}

TEST(Catalog, NamesTestsThatThereAre) {
  for (const Bug& bug : bugs()) {
    EXPECT_EQ(names_a_test(bug.where), bug.habitat == Habitat::invisible) << bug.where;
  }
  EXPECT_FALSE(names_a_test("EngineSync.AHint: only the beginning of a name"));
  EXPECT_FALSE(names_a_test("EngineFault.AHintIsEnough: of another suite"));
  EXPECT_FALSE(names_a_test("Fixtures/ConflictCases, no such case: nothing"));
  EXPECT_FALSE(names_a_test("somebody"));
}

TEST(Planted, SwitchesOneBugOnWhileItLives) {
  {
    const Planted planted("copy_names_are_nested");
    EXPECT_TRUE(SS_ZOO(copy_names_are_nested));
    EXPECT_FALSE(SS_ZOO(page_begins_one_late));
  }
  EXPECT_FALSE(SS_ZOO(copy_names_are_nested));
}

}  // namespace
}  // namespace studiosync::e2e
