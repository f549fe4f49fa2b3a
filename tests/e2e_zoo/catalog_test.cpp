#include "e2e/zoo/catalog.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "core/base/zoo.hpp"
#include "e2e/checkers/check.hpp"
#include "e2e/faults/fault.hpp"
#include "e2e/zoo/planted.hpp"

namespace studiosync::e2e {
namespace {

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
