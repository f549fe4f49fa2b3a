#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/sanitizer/evaluate/bounds.hpp"
#include "tests/core/sanitizer/evaluate/report.hpp"

namespace studiosync::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr Rule rule{.id = "test.rule", .title = "A rule", .why = "", .example = ""};

Hits hits_at(std::initializer_list<Span> ranges) {
  Hits hits;
  for (const Span& range : ranges) add_hit(hits, rule, range.begin, range.end);
  return hits;
}

SanitizerFixture fixture_with(std::vector<Span> spans, std::vector<Span> may = {}) {
  return {.id = "case",
          .as = TextAs::sql,
          .group = "uri",
          .dialect = "any",
          .text = std::string(40, 'x'),
          .spans = std::move(spans),
          .may = std::move(may)};
}

TEST(SanitizerJudge, RecallsASpanThatIsOneHit) {
  const Verdict verdict = judge_hits(fixture_with({{5, 9}}), hits_at({{5, 9}}));
  EXPECT_TRUE(verdict.recalled);
  EXPECT_TRUE(verdict.exact);
  EXPECT_EQ(verdict.right_hits, 1U);
}

TEST(SanitizerJudge, RecallsASpanWithinAWiderHitThoughNotExactly) {
  const Verdict verdict = judge_hits(fixture_with({{5, 9}}), hits_at({{4, 12}}));
  EXPECT_TRUE(verdict.recalled);
  EXPECT_FALSE(verdict.exact);
}

TEST(SanitizerJudge, RecallsASpanThatTwoHitsCoverTogether) {
  EXPECT_TRUE(judge_hits(fixture_with({{5, 9}}), hits_at({{4, 7}, {7, 12}})).recalled);
}

TEST(SanitizerJudge, MissesASpanOfWhichOneByteRemains) {
  for (const Hits& hits : {hits_at({{6, 9}}), hits_at({{5, 8}}), hits_at({{5, 6}, {7, 9}})}) {
    EXPECT_FALSE(judge_hits(fixture_with({{5, 9}}), hits).recalled);
  }
}

TEST(SanitizerJudge, MissesATextOfTwoSecretsWhenOneRemains) {
  EXPECT_FALSE(judge_hits(fixture_with({{5, 9}, {20, 30}}), hits_at({{5, 9}})).recalled);
}

TEST(SanitizerJudge, CallsAHitWrongThatOverlapsNothingPlanted) {
  const Verdict verdict = judge_hits(fixture_with({{5, 9}}), hits_at({{5, 9}, {9, 12}}));
  EXPECT_EQ(verdict.right_hits, 1U);
  EXPECT_EQ(verdict.wrong_hits.size(), 1U);
}

TEST(SanitizerJudge, CallsAHitNeitherRightNorWrongWhereEitherWouldDo) {
  const Verdict verdict = judge_hits(fixture_with({{5, 9}}, {{12, 15}}), hits_at({{12, 15}}));
  EXPECT_EQ(verdict.right_hits, 0U);
  EXPECT_THAT(verdict.wrong_hits, IsEmpty());
}

Tallies enough_of_everything() {
  Tallies tallies;
  for (const std::string_view group : hard_classes) {
    SanitizerFixture positive = fixture_with({{5, 9}});
    positive.group = group;
    for (std::size_t i = 0; i < positives_min; ++i) tallies.add(positive, {.right_hits = 1});
  }
  SanitizerFixture negative = fixture_with({});
  negative.group = "ddl";
  for (std::size_t i = 0; i < sql_negatives_min; ++i) tallies.add(negative, {});
  return tallies;
}

TEST(SanitizerBounds, HoldWhenNothingIsMissedAndNothingFoundWrongly) {
  EXPECT_THAT(broken_bounds(enough_of_everything()), IsEmpty());
}

TEST(SanitizerBounds, BreakOverOneMissedUri) {
  Tallies tallies = enough_of_everything();
  tallies.add(fixture_with({{5, 9}}), {.recalled = false});
  EXPECT_THAT(broken_bounds(tallies), Contains(HasSubstr("recall of uri")));
}

TEST(SanitizerBounds, AllowOneMissOfAHundredInOtherClasses) {
  Tallies tallies = enough_of_everything();
  SanitizerFixture chat = fixture_with({{5, 9}});
  chat.group = "chat";
  for (int i = 0; i < 99; ++i) tallies.add(chat, {});
  tallies.add(chat, {.recalled = false});
  EXPECT_THAT(broken_bounds(tallies), IsEmpty());
  tallies.add(chat, {.recalled = false});
  EXPECT_THAT(broken_bounds(tallies), Contains(HasSubstr("recall of chat")));
}

TEST(SanitizerBounds, BreakOverOneFindingInOrdinarySql) {
  Tallies tallies = enough_of_everything();
  tallies.add(fixture_with({}), {.wrong_hits = hits_at({{1, 2}})});
  EXPECT_THAT(broken_bounds(tallies), Contains(HasSubstr("ordinary SQL")));
}

TEST(SanitizerBounds, BreakWhenTooManyHitsAreWrong) {
  Tallies tallies = enough_of_everything();
  SanitizerFixture prose = fixture_with({});
  prose.as = TextAs::text;
  for (int i = 0; i < 60; ++i) tallies.add(prose, {.wrong_hits = hits_at({{1, 2}})});
  EXPECT_THAT(broken_bounds(tallies), Contains(HasSubstr("precision")));
}

TEST(SanitizerBounds, BreakWhenTheValidatorRefusesOrRedactingChangesARedactedText) {
  Tallies tallies = enough_of_everything();
  tallies.add(fixture_with({}), {.idempotent = false, .accepted = false});
  EXPECT_EQ(broken_bounds(tallies).size(), 2U);
}

TEST(SanitizerBounds, BreakOverAnEmptyCorpus) {
  EXPECT_THAT(broken_bounds({}), Contains(HasSubstr("no fixture of pem")));
}

TEST(SanitizerReport, RoundsDownSoThatAHundredPercentMeansAll) {
  EXPECT_EQ(percent(1), "100.00 %");
  EXPECT_EQ(percent(0.99999), "99.99 %");
}

TEST(SanitizerFixtures, AreRefusedWithALineThatSaysLessOrMoreThanAFixture) {
  const std::string good =
      R"({"id":"a","as":"sql","class":"uri","dialect":"any","text":"abc","spans":[[0,3]]})";
  EXPECT_TRUE(parse_fixtures(good + "\n"));
  for (const char* bad : {
           "{}",
           R"({"id":"a","as":"sql","class":"uri","dialect":"any","text":"abc","spans":[[0,4]]})",
           R"({"id":"a","as":"sql","class":"uri","dialect":"any","text":"abc","spans":[[2,2]]})",
           R"({"id":"a","as":"css","class":"uri","dialect":"any","text":"abc","spans":[]})",
           R"({"id":"a","as":"sql","class":"uri","dialect":"any","text":"abc","spam":[]})",
       }) {
    const auto parsed = parse_fixtures(good + "\n" + bad);
    ASSERT_FALSE(parsed) << bad;
    EXPECT_THAT(parsed.error().message, HasSubstr("line 2"));
  }
}

}  // namespace
}  // namespace studiosync::testing
