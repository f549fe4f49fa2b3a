#include "loadtest/scenarios/edits.hpp"

#include <gtest/gtest.h>

#include <set>

namespace studiosync::load {
namespace {

User::Nature nature(Contents contents) {
  return {.seed = 7, .now = {1'770'000'000'000}, .contents = contents};
}

TEST(NewRecord, SmallOnesHaveThreeToFiveHundredBytes) {
  User user({}, nature(Contents::small));
  for (int i = 0; i < 500; ++i) {
    const std::size_t bytes = new_record(user).data.dump().size();
    EXPECT_GE(bytes, 300U);
    EXPECT_LE(bytes, 500U);
  }
}

TEST(NewRecord, MixedOnesAreOfManyTypesAndSizes) {
  User user({}, nature(Contents::mixed));
  std::set<EntityType> types;
  std::size_t largest = 0;
  for (int i = 0; i < 500; ++i) {
    const Sample sample = new_record(user);
    types.insert(sample.type);
    largest = std::max(largest, sample.data.dump().size());
  }
  EXPECT_GE(types.size(), 5U);
  EXPECT_GT(largest, 1'500U);
}

TEST(Contents, AreReadAsTheyAreWritten) {
  for (const Contents contents : {Contents::mixed, Contents::small}) {
    EXPECT_EQ(parse_contents(to_string(contents)), contents);
  }
  EXPECT_EQ(parse_contents("large"), std::nullopt);
}

}  // namespace
}  // namespace studiosync::load
