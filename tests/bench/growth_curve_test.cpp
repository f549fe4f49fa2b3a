#include "bench/stack/growth_curve.hpp"

#include <gtest/gtest.h>

namespace studiosync::bench {
namespace {

// Sizes that double, each with the costs of its rounds.
std::vector<CostAt> curve(std::vector<std::vector<double>> costs) {
  std::vector<CostAt> sizes;
  std::size_t records = 1'000;
  for (auto& rounds : costs) {
    sizes.push_back({records, std::move(rounds)});
    records *= 2;
  }
  return sizes;
}

std::vector<bool> met(const std::vector<CostAt>& sizes) {
  std::vector<bool> all;
  for (const Headline& headline : growth_headlines(sizes)) all.push_back(headline.met());
  return all;
}

// The steps, and the whole at last.
using Met = std::vector<bool>;

TEST(GrowthCurve, MayGrowByATenthADoubling) {
  EXPECT_EQ(met(curve({{100}, {109}, {119}, {130}})), (Met{true, true, true, true}));
  EXPECT_EQ(met(curve({{100}, {50}, {50}, {50}})), (Met{true, true, true, true}));
}

// Measured once: 4.5 % a doubling over all, and yet the last one costs 10.7 %.
TEST(GrowthCurve, MissesAKneeAtItsEnd) {
  EXPECT_EQ(met(curve({{172}, {178}, {177}, {196}})), (Met{true, true, false, true}));
}

TEST(GrowthCurve, AllowsAStepTheScatterOfItsRounds) {
  // A scatter of 2 % at each of the two sizes, which allow 14 %.
  const std::vector<double> before{98, 98, 100, 102, 102};
  EXPECT_EQ(met(curve({before, {111, 111, 113, 115.5, 115.5}})), Met{true});
  EXPECT_EQ(met(curve({before, {113, 113, 115, 117.5, 117.5}})), Met{false});
}

TEST(GrowthCurve, AllowsNoMoreThanATwentiethForScatter) {
  const std::vector<double> before{50, 80, 100, 120, 150};
  EXPECT_EQ(met(curve({before, {60, 90, 114, 130, 160}})), Met{true});
  EXPECT_EQ(met(curve({before, {60, 90, 116, 130, 160}})), Met{false});
}

TEST(GrowthCurve, MissesScatterThatAddsUp) {
  const auto around = [](double cost) {
    return std::vector<double>{cost * 0.98, cost * 0.98, cost, cost * 1.02, cost * 1.02};
  };
  EXPECT_EQ(met(curve({around(100), around(113), around(127.7), around(144.3)})),
            (Met{true, true, true, false}));
}

}  // namespace
}  // namespace studiosync::bench
