#include "core/sanitizer/sql/statement_memo.hpp"

#include <gtest/gtest.h>

namespace studiosync {
namespace {

ReadingSet set_of(std::initializer_list<std::size_t> numbers) {
  ReadingSet set;
  for (const std::size_t number : numbers) set.add(number);
  return set;
}

TEST(StatementMemo, KnowsAStatementForTheReadingsThatTookPart) {
  StatementMemo memo;
  memo.make_room(1000);
  memo.add({.begin = 7, .end = 20, .readings = set_of({0, 2, 5})});
  memo.add({.begin = 7, .end = 30, .readings = set_of({1, 7}), .in_doubt = true});
  for (const std::size_t reading : {0U, 2U, 5U}) {
    ASSERT_NE(memo.find(7, reading), nullptr);
    EXPECT_EQ(memo.find(7, reading)->end, 20U);
    EXPECT_FALSE(memo.find(7, reading)->in_doubt);
  }
  for (const std::size_t reading : {1U, 7U}) {
    ASSERT_NE(memo.find(7, reading), nullptr);
    EXPECT_EQ(memo.find(7, reading)->end, 30U);
    EXPECT_TRUE(memo.find(7, reading)->in_doubt);
  }
  EXPECT_EQ(memo.find(7, 3), nullptr);
  EXPECT_EQ(memo.find(8, 0), nullptr);
}

TEST(StatementMemo, ForgetsRatherThanMistakes) {
  StatementMemo memo;
  memo.make_room(64);
  std::size_t known = 0;
  for (std::uint32_t begin = 0; begin < 1000; ++begin) {
    memo.add({.begin = begin, .end = begin + 1, .readings = ReadingSet::all()});
  }
  for (std::uint32_t begin = 0; begin < 1000; ++begin) {
    const ReadStatement* statement = memo.find(begin, 0);
    if (statement == nullptr) continue;
    ++known;
    EXPECT_EQ(statement->end, begin + 1);
  }
  EXPECT_GT(known, 0U);
  EXPECT_LT(known, 1000U);
}

TEST(ReadingSet, GoesThroughItsNumbersInOrder) {
  const ReadingSet set = set_of({6, 1, 3});
  EXPECT_EQ(set.first(), 1U);
  EXPECT_EQ(set.next(1), 3U);
  EXPECT_EQ(set.next(2), 3U);
  EXPECT_EQ(set.next(3), 6U);
  EXPECT_EQ(set.next(6), sql_readings_max);
  EXPECT_EQ(ReadingSet::all().next(6), 7U);
  EXPECT_EQ(ReadingSet::all().next(7), sql_readings_max);
}

}  // namespace
}  // namespace studiosync
