#include "os/resident_memory.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace studiosync::os {
namespace {

TEST(ResidentMemory, GrowsByWhatIsTouched) {
  constexpr std::size_t touched = 32U << 20;
  const std::size_t before = resident_memory();
  const std::vector<char> block(touched, 'x');
  EXPECT_GT(before, 0U);
  EXPECT_GE(resident_memory(), before + touched / 2) << block.back();
}

}  // namespace
}  // namespace studiosync::os
