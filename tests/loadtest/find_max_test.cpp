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
  EXPECT_EQ(finding_of(capacity), "no rate with ");
}

TEST(FindMax, EndsWithWhatItKnowsWhereNoFurtherTrialCanBeMade) {
  int left = 2;
  const Capacity capacity = find_max(
      [&](double rate) -> std::optional<Trial> {
        if (left-- == 0) return std::nullopt;
        return Trial{.rate = rate, .met = true};
      },
      100);
  EXPECT_EQ(capacity.trials.size(), 2U);
  EXPECT_EQ(capacity.rate, 200);
  EXPECT_EQ(capacity.limited_by(), CapacityLimit::trials);
}

TEST(FindMax, SaysWhoseLimitItHasFound) {
  EXPECT_EQ(search(700, 1e9, 100).limited_by(), CapacityLimit::server);
  EXPECT_EQ(search(0, 1e9, 100).limited_by(), CapacityLimit::server);
  EXPECT_EQ(search(1e9, 500, 100).limited_by(), CapacityLimit::generator);
  EXPECT_EQ(search(1e9, 0, 100).limited_by(), CapacityLimit::generator);
  EXPECT_EQ(search(1e9, 1e9, 100).limited_by(), CapacityLimit::trials);
  // Seven doublings, and the rest are too few to come near.
  EXPECT_EQ(search(5'000, 1e9, 3).limited_by(), CapacityLimit::trials);
}

TEST(FindMax, TellsAnUpperBoundFromARate) {
  Capacity capacity{.objective = "sync_latency.p95<1s", .rate = 100, .trials = {}};
  capacity.trials = {{.rate = 100, .met = true}, {.rate = 104}};
  EXPECT_EQ(finding_of(capacity), "highest rate with sync_latency.p95<1s: 100.0/s");
  capacity.trials[1].valid = false;
  EXPECT_EQ(finding_of(capacity),
            "highest rate with sync_latency.p95<1s: 100.0/s or more: beyond it the generator was "
            "at its end");
  capacity.trials.pop_back();
  EXPECT_EQ(finding_of(capacity),
            "highest rate with sync_latency.p95<1s: 100.0/s or more: the search ended before it "
            "was found");
}

}  // namespace
}  // namespace studiosync::load
