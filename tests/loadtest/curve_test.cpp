#include "loadtest/curve.hpp"

#include <gtest/gtest.h>

#include "tests/loadtest/made_results.hpp"

namespace studiosync::load {
namespace {

Results run_with(const std::string& dimension, std::uint64_t size, std::uint64_t latency_us) {
  Results run = made_results(2, 100, latency_us);
  run.options[dimension] = std::to_string(size);
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
  EXPECT_NEAR(curve->points[1].growth.value(), 0.1, 0.01);
  EXPECT_NEAR(curve->growth, 0.1, 0.01);
}

TEST(Curve, CountsDoublingsWhereSizesLieFurtherApart) {
  const auto curve = curve_of({run_with("records", 10, 1000), run_with("records", 160, 2000)});
  ASSERT_TRUE(curve.has_value()) << curve.error().message;
  EXPECT_NEAR(curve->growth, 0.189, 0.01);  // the fourth root of two
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
}

}  // namespace
}  // namespace studiosync::load
