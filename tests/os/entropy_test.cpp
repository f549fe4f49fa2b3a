#include "os/entropy.hpp"

#include <gtest/gtest.h>

#include <array>

namespace studiosync::os {
namespace {

TEST(Entropy, MakesUuidsOfVersionFourThatDiffer) {
  const std::string id = random_uuid();
  EXPECT_EQ(id.size(), 36U);
  EXPECT_EQ(id[14], '4');
  EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos);
  EXPECT_NE(id, random_uuid());
}

TEST(Entropy, FillsEveryByte) {
  // A byte that stays 0 in 16 draws has a chance of 2^-128.
  std::array<std::uint8_t, 100> seen{};
  for (int draw = 0; draw < 16; ++draw) {
    std::array<std::uint8_t, 100> bytes{};
    fill_random(bytes);
    for (std::size_t i = 0; i < bytes.size(); ++i) seen[i] |= bytes[i];
  }
  for (const std::uint8_t byte : seen) EXPECT_NE(byte, 0);
}

}  // namespace
}  // namespace studiosync::os
