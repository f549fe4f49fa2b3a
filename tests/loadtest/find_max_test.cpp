#include "loadtest/run/find_max.hpp"

#include <gtest/gtest.h>

namespace studiosync::load {
namespace {

// A server that holds its objective up to `server` and a generator that reaches `generator`.
Capacity search(double server, double generator, double first) {
  return find_max(
      [&](double rate) {
        return Trial{
            .rate = rate, .measured = rate, .met = rate <= server, .valid = rate <= generator};
      },
      first);
}

TEST(FindMax, FindsTheRateFromBelowAndFromAbove) {
  for (const double first : {10.0, 700.0, 40'000.0}) {
    const Capacity capacity = search(700, 1e9, first);
    EXPECT_LE(capacity.rate, 700) << first;
    EXPECT_GE(capacity.rate, 700 / 1.06) << first;
  }
}

TEST(FindMax, DoesNotBelieveWhatTheGeneratorCouldNotMake) {
  EXPECT_LE(search(1e9, 500, 100).rate, 500);
}

TEST(FindMax, SaysThatItHoldsAtNoRate) {
  const Capacity capacity = search(0, 1e9, 100);
  EXPECT_EQ(capacity.rate, 0);
  EXPECT_LE(capacity.trials.size(), 12U);
}

}  // namespace
}  // namespace studiosync::load
