#include "e2e/shrink/ddmin.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace studiosync::e2e {
namespace {

using Indices = std::vector<std::size_t>;
using testing::ElementsAre;
using testing::IsEmpty;

struct Search {
  Indices needed;
  std::size_t runs = 0;
  Indices of(std::size_t count) {
    return ddmin(count, [this](const Indices& left) {
      ++runs;
      return std::ranges::includes(left, needed);
    });
  }
};

TEST(Ddmin, FindsTheTwoThatAreNeededInFewRuns) {
  Search search{{3, 17}};
  EXPECT_THAT(search.of(100), ElementsAre(3, 17));
  EXPECT_LE(search.runs, 40U);
}

TEST(Ddmin, FindsTwoOfThousandsInLogarithmicTime) {
  Search search{{1234, 7777}};
  EXPECT_THAT(search.of(10'000), ElementsAre(1234, 7777));
  EXPECT_LE(search.runs, 80U);
}

TEST(Ddmin, KeepsEverythingWhenEverythingIsNeeded) {
  Search search{{0, 1, 2, 3, 4, 5, 6}};
  EXPECT_THAT(search.of(7), ElementsAre(0, 1, 2, 3, 4, 5, 6));
}

TEST(Ddmin, KeepsNothingWhenNothingIsNeeded) {
  Search search;
  EXPECT_THAT(search.of(1000), IsEmpty());
  EXPECT_EQ(search.runs, 1U);
  EXPECT_THAT(Search{}.of(0), IsEmpty());
}

// Each thing needs the one before it: only taking from the end works.
TEST(Ddmin, TakesWhatDependsOnEachOtherFromTheEnd) {
  const auto found = ddmin(50, [](const Indices& left) {
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (left[i] != i) return false;
    }
    return left.size() >= 4;
  });
  EXPECT_THAT(found, ElementsAre(0, 1, 2, 3));
}

// Not monotonous: an odd number of things fails. No single one of the result can be taken away.
TEST(Ddmin, EndsWhereNoSingleThingCanBeTakenAway) {
  const auto odd = [](const Indices& left) { return left.size() % 2 == 1; };
  const auto found = ddmin(31, odd);
  EXPECT_TRUE(odd(found));
  EXPECT_FALSE(odd(Indices(found.begin() + 1, found.end())));
}

}  // namespace
}  // namespace studiosync::e2e
