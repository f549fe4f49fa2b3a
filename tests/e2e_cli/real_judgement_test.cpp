#include "e2e/cli/real_judgement.hpp"

#include <gtest/gtest.h>

#include "e2e/cli/exit_code.hpp"

namespace studiosync::e2e {
namespace {

RealJudgement judged(std::size_t expectations, std::size_t left_out) {
  RealJudgement judgement{.run = {.began = true, .judged = expectations}};
  judgement.run.left_out.expectations = left_out;
  return judgement;
}

TEST(RealJudgement, OfAScenarioWhoseExpectationsWereAllLeftOutIsNoSuccess) {
  const RealJudgement judgement = judged(0, 4);
  EXPECT_EQ(judgement.verdict(), "unjudged");
  EXPECT_EQ(judgement.exit_code(), exit_unjudged);
}

TEST(RealJudgement, IsFineWhereSomethingWasJudgedOrNothingIsExpected) {
  EXPECT_EQ(judged(1, 3).exit_code(), exit_fine);
  EXPECT_EQ(judged(1, 3).verdict(), "ok");
  EXPECT_EQ(judged(0, 0).exit_code(), exit_fine);
}

TEST(RealJudgement, SaysABrokenRuleOrProcessesThatDidNotStartBeforeWhatWasNotJudged) {
  RealJudgement broken = judged(0, 4);
  broken.violations.push_back({.rule = "lost-edit"});
  EXPECT_EQ(broken.exit_code(), exit_violation);
  EXPECT_EQ(broken.verdict(), "violation");
  RealJudgement absent = judged(0, 4);
  absent.run.began = false;
  EXPECT_EQ(absent.exit_code(), exit_not_started);
}

TEST(RealJudgement, TellsInItsLineHowManyExpectationsWereJudged) {
  const Json line = to_json(1, {.name = "small"}, judged(1, 3));
  EXPECT_EQ(line.find("expectations_judged")->as_uint(), 1U);
  EXPECT_EQ(line.find("expectations_left_out")->as_uint(), 3U);
}

}  // namespace
}  // namespace studiosync::e2e
