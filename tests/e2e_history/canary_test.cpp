#include "e2e/history/canary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace studiosync::e2e {
namespace {

TEST(Canary, IsFoundBetweenAnyBytes) {
  const std::string bytes = std::string("\0\xff", 2) + "'canary-1-3f0a' canary-2-00";
  EXPECT_THAT(canaries_in(bytes), testing::ElementsAre("canary-1-3f0a", "canary-2-00"));
}

TEST(Canary, IsNotWhatWasRedacted) {
  EXPECT_THAT(canaries_in("IDENTIFIED BY '[REDACTED]', a canary"), testing::IsEmpty());
}

}  // namespace
}  // namespace studiosync::e2e
