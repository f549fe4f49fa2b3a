#include "sqlite/log_growth.hpp"

#include <gtest/gtest.h>

namespace studiosync::sqlite {
namespace {

TEST(LogGrowth, IsBeyondAfterMorePagesThanAllowed) {
  LogGrowth growth;
  EXPECT_FALSE(growth.beyond(100, 100));
  EXPECT_TRUE(growth.beyond(100, 101));
}

TEST(LogGrowth, CountsFromWhereItWasBeyondLast) {
  LogGrowth growth;
  EXPECT_TRUE(growth.beyond(100, 150));
  EXPECT_FALSE(growth.beyond(100, 250));
  EXPECT_TRUE(growth.beyond(100, 251));
}

TEST(LogGrowth, CountsFromNothingInALogThatBeganAnew) {
  LogGrowth growth;
  EXPECT_TRUE(growth.beyond(100, 5'000));
  EXPECT_FALSE(growth.beyond(100, 100));
  EXPECT_TRUE(growth.beyond(100, 101));
}

}  // namespace
}  // namespace studiosync::sqlite
