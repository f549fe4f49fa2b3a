#include "e2e/cli/zoo_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace studiosync::e2e {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr Bug shown{
    .name = "a_bug", .defect = "it is wrong", .rules = "lost-edit", .faults = "all"};
constexpr Bug unseen{.name = "b_bug",
                     .defect = "nobody sees it",
                     .faults = "all",
                     .habitat = Habitat::invisible,
                     .where = "Suite.Name: it breaks no rule"};

Hunt found_by(const char* rule) {
  return {.seeds = 2, .seconds = 0.5, .seed = 2, .rules = {rule}};
}

struct Told {
  std::string text;
  bool fine;
};
Told told(ReportStyle style, const Hunt& hunt, bool interrupted = false) {
  ::testing::internal::CaptureStdout();
  ZooReport report(style);
  report.hunted(shown, hunt, {});
  report.skipped(unseen);
  const bool fine = report.finish(interrupted);
  return {::testing::internal::GetCapturedStdout(), fine};
}

TEST(ZooReport, MarksABugThatOnlyAnotherRuleThanTheExpectedOnesFound) {
  const Hunt otherwise = found_by("diverged");
  EXPECT_THAT(told(ReportStyle::markdown, otherwise).text,
              HasSubstr("| a_bug | it is wrong | diverged (other than expected) | 2 | 0.50 |"));
  EXPECT_THAT(told(ReportStyle::text, otherwise).text,
              AllOf(HasSubstr("a_bug: diverged (other than expected) (seed 2"),
                    HasSubstr("; expected lost-edit"),
                    HasSubstr("1 found (100.0 %, 1 by other rules than expected)")));
  EXPECT_THAT(told(ReportStyle::json, otherwise).text,
              AllOf(HasSubstr(R"("expected":false)"), HasSubstr(R"("found_otherwise":1)")));
  EXPECT_TRUE(told(ReportStyle::text, otherwise).fine);
}

TEST(ZooReport, SaysThatItWasInterrupted) {
  const Hunt hunt = found_by("lost-edit");
  EXPECT_THAT(told(ReportStyle::text, hunt, true).text, HasSubstr("\ninterrupted: 2 bugs: "));
  EXPECT_THAT(told(ReportStyle::json, hunt, true).text, HasSubstr(R"("interrupted":true)"));
  EXPECT_THAT(told(ReportStyle::text, hunt).text, Not(HasSubstr("interrupted")));
  EXPECT_THAT(told(ReportStyle::json, hunt).text, HasSubstr(R"("interrupted":false)"));
}

TEST(ZooReport, MarksNothingWhereAnExpectedRuleIsAmongThoseThatFoundIt) {
  Hunt hunt = found_by("diverged");
  hunt.rules.emplace_back("lost-edit");
  for (const ReportStyle style : {ReportStyle::text, ReportStyle::markdown}) {
    EXPECT_THAT(told(style, hunt).text, Not(HasSubstr("expected")));
  }
}

TEST(ZooReport, TellsHowManyWereFoundMissedAndLeftToATest) {
  EXPECT_THAT(
      told(ReportStyle::text, found_by("lost-edit")).text,
      HasSubstr("2 bugs: of 1 that a history can show 1 found (100.0 %), 0 missed;\n1 judged "
                "by a test of their own"));
  const Told missed = told(ReportStyle::text, {.seeds = 300});
  EXPECT_THAT(missed.text, HasSubstr("of 1 that a history can show 0 found (0.0 %), 1 missed"));
  EXPECT_FALSE(missed.fine);
}

}  // namespace
}  // namespace studiosync::e2e
