#include "os/entropy.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "core/base/ids.hpp"

namespace studiosync::os {
namespace {

TEST(Entropy, FillsTheWholeBuffer) {
  std::vector<std::uint8_t> bytes(1000);
  fill_random(bytes);
  // 1,000 random bytes hold every nibble in both halves; a buffer that is filled in part does not.
  const auto halves = {bytes.begin(), bytes.begin() + 500};
  for (const auto half : halves) {
    std::set<int> nibbles;
    std::for_each(half, half + 500, [&](std::uint8_t b) { nibbles.insert(b & 0x0F); });
    EXPECT_EQ(nibbles.size(), 16U);
  }
}

TEST(Entropy, NeverRepeatsItself) {
  std::set<std::uint64_t> numbers;
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) {
    numbers.insert(random_u64());
    ids.insert(random_uuid());
  }
  EXPECT_EQ(numbers.size(), 1000U);
  EXPECT_EQ(ids.size(), 1000U);
}

TEST(Entropy, MarksIdsAsRandomOnes) {
  for (int i = 0; i < 100; ++i) {
    const std::string id = random_uuid();
    ASSERT_TRUE(uuid_bytes(id)) << id;
    EXPECT_EQ(id[14], '4') << id;                                          // the version
    EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos) << id;  // the variant
  }
}

}  // namespace
}  // namespace studiosync::os
