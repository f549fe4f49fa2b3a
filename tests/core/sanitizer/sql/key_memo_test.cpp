#include "core/sanitizer/sql/key_memo.hpp"

#include <gtest/gtest.h>

namespace studiosync {
namespace {

TEST(KeyMemo, KnowsWhatItWasGiven) {
  KeyMemo memo;
  memo.make_room(1000);
  EXPECT_TRUE(memo.add(7));
  EXPECT_FALSE(memo.add(7));
  EXPECT_TRUE(memo.add(8));
  EXPECT_FALSE(memo.add(8));
}

TEST(KeyMemo, ForgetsRatherThanMistakes) {
  KeyMemo memo;
  memo.make_room(64);
  for (std::uint64_t key = 1; key <= 1000; ++key) EXPECT_TRUE(memo.add(key));
}

}  // namespace
}  // namespace studiosync
