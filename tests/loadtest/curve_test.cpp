#include "loadtest/curve.hpp"

#include <gtest/gtest.h>

#include "tests/loadtest/made_results.hpp"

namespace studiosync::load {
namespace {

// 200 edits, each of which costs the server so much and reaches so many other devices.
Results run_with(const std::string& dimension, std::uint64_t size, double change_us,
                 std::uint64_t pushes = 1) {
  Results run = made_results(2, 100, 900);
  run.options[dimension] = std::to_string(size);
  for (Interval& interval : run.intervals) interval.counts.applied = 100 * pushes;
  run.usage = Usage{.cpu_seconds = 200 * change_us / 1e6};
  return run;
}

TEST(Curve, TellsTheGrowthOfOneDoubling) {
  const auto curve = curve_of(
      {run_with("users", 400, 1210), run_with("users", 100, 1000), run_with("users", 200, 1100)});
  ASSERT_TRUE(curve.has_value()) << curve.error().message;
  EXPECT_EQ(curve->dimension, "users");
  ASSERT_EQ(curve->points.size(), 3U);
  EXPECT_EQ(curve->points[0].size, 100U);
  EXPECT_FALSE(curve->points[0].growth.has_value());
  EXPECT_NEAR(curve->points[0].change_us, 1000, 1e-6);
  EXPECT_NEAR(curve->points[1].growth.value(), 0.1, 1e-6);
  EXPECT_NEAR(curve->growth, 0.1, 1e-6);
  EXPECT_FALSE(curve->points[1].push_us.has_value());
  EXPECT_FALSE(curve->push_growth.has_value());
}

TEST(Curve, OfDevicesTellsWhatAFurtherPushCosts) {
  const auto curve = curve_of({run_with("devices", 2, 110, 1), run_with("devices", 4, 130, 3),
                               run_with("devices", 8, 174, 7)});
  ASSERT_TRUE(curve.has_value()) << curve.error().message;
  EXPECT_NEAR(curve->points[1].push_us.value(), 10, 1e-6);
  EXPECT_FALSE(curve->points[1].push_growth.has_value());
  EXPECT_NEAR(curve->points[2].push_us.value(), 11, 1e-6);
  EXPECT_NEAR(curve->points[2].push_growth.value(), 0.1, 1e-6);
  EXPECT_NEAR(curve->push_growth.value(), 0.1, 1e-6);
  EXPECT_NEAR(curve->points[2].growth.value(), 174.0 / 130 - 1, 1e-6);
}

TEST(Curve, SaysNothingAboutTheGrowthOfAPushThatCostNothing) {
  const auto curve = curve_of({run_with("devices", 2, 110, 1), run_with("devices", 4, 105, 3),
                               run_with("devices", 8, 125, 7)});
  ASSERT_TRUE(curve.has_value()) << curve.error().message;
  EXPECT_NEAR(curve->points[1].push_us.value(), -2.5, 1e-6);
  EXPECT_FALSE(curve->points[2].push_growth.has_value());
  EXPECT_FALSE(curve->push_growth.has_value());
}

TEST(Curve, OfDevicesNeedsPushesAndThreeRuns) {
  EXPECT_FALSE(curve_of({run_with("devices", 2, 110, 1), run_with("devices", 4, 130, 3)}));
  const auto deaf = curve_of({run_with("devices", 2, 110, 1), run_with("devices", 4, 130, 3),
                              run_with("devices", 8, 140, 3)});
  ASSERT_FALSE(deaf.has_value());
  EXPECT_EQ(deaf.error().message, "with 8 devices a change reached no more of them than with 4");
}

std::vector<CurveVerdict> verdicts(const std::vector<Results>& runs, const CurveRule& rule = {}) {
  std::vector<CurveVerdict> all;
  for (const CurveFinding& finding : judge(curve_of(runs).value(), rule)) {
    all.push_back(finding.verdict);
  }
  return all;
}

TEST(Curve, JudgesEachStepAgainstTheOneBefore) {
  using enum CurveVerdict;
  const std::vector<Results> knee{run_with("users", 100, 172), run_with("users", 200, 178),
                                  run_with("users", 400, 177), run_with("users", 800, 220)};
  EXPECT_EQ(verdicts(knee), (std::vector{ok, ok, failed, ok}));
  const std::vector<Results> hint{run_with("users", 100, 172), run_with("users", 200, 178),
                                  run_with("users", 400, 177), run_with("users", 800, 196)};
  EXPECT_EQ(verdicts(hint), (std::vector{ok, ok, within_noise, ok}));
  EXPECT_EQ(verdicts(hint, {.noise = 0}), (std::vector{ok, ok, failed, ok}));
}

TEST(Curve, HasNoAllowanceForWhatAllStepsTogetherCost) {
  using enum CurveVerdict;
  EXPECT_EQ(verdicts({run_with("users", 100, 100), run_with("users", 200, 112),
                      run_with("users", 400, 125)}),
            (std::vector{within_noise, within_noise, failed}));
}

TEST(Curve, OfDevicesJudgesThePushesAndTellsTheWhole) {
  using enum CurveVerdict;
  const std::vector<Results> measured{
      run_with("devices", 2, 516, 1), run_with("devices", 4, 539, 3),
      run_with("devices", 8, 576, 7), run_with("devices", 16, 678, 15)};
  EXPECT_EQ(verdicts(measured), (std::vector{ok, within_noise, ok, told}));
  const auto findings = judge(curve_of(measured).value(), {});
  EXPECT_EQ(findings[1].text,
            "a further push costs 13 µs with 16 devices, 9 µs with 8: 37.84 % a doubling");
  EXPECT_EQ(findings[3].text,
            "one change costs 678 µs with 16 devices, 576 µs with 8: 17.71 % a doubling, not "
            "judged: it has more pushes to send");
  EXPECT_EQ(verdicts({run_with("devices", 2, 500, 1), run_with("devices", 4, 540, 3),
                      run_with("devices", 8, 580, 7), run_with("devices", 16, 760, 15)}),
            (std::vector{ok, failed, ok, told}));
}

TEST(Curve, CountsDoublingsWhereSizesLieFurtherApart) {
  const auto curve = curve_of({run_with("records", 10, 1000), run_with("records", 160, 2000)});
  ASSERT_TRUE(curve.has_value()) << curve.error().message;
  EXPECT_NEAR(curve->growth, 0.1892, 1e-4);  // the fourth root of two
}

TEST(Curve, RefusesRunsThatDifferInSomethingElse) {
  Results other = run_with("users", 200, 1000);
  other.options["seed"] = "2";
  const auto curve = curve_of({run_with("users", 100, 1000), other});
  ASSERT_FALSE(curve.has_value());
  EXPECT_NE(curve.error().message.find("seed, users"), std::string::npos) << curve.error().message;
  EXPECT_FALSE(curve_of({run_with("users", 100, 1000), run_with("users", 100, 1100)}).has_value());
  EXPECT_FALSE(curve_of({run_with("users", 100, 1000)}).has_value());
}

TEST(Curve, RefusesRunsThatSayNothingAboutTheServer) {
  Results invalid = run_with("users", 200, 1000);
  invalid.self.valid = false;
  EXPECT_FALSE(curve_of({run_with("users", 100, 1000), invalid}).has_value());
  EXPECT_FALSE(curve_of({run_with("users", 100, 1000), Results{}}).has_value());
  Results silent = run_with("users", 200, 1000);
  silent.usage->cpu_seconds.reset();
  EXPECT_FALSE(curve_of({run_with("users", 100, 1000), silent}).has_value());
}

}  // namespace
}  // namespace studiosync::load
