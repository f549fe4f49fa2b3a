#include "client/scan/finding.hpp"

#include <gtest/gtest.h>

namespace studiosync::client {
namespace {

constexpr Rule rule{.id = "test.rule"};

TEST(PlaceFindings, CountsLinesAndCharactersFromOne) {
  constexpr std::string_view text = "ab\nä secret\nx";
  Hits hits;
  add_hit(hits, rule, 0, 1);
  add_hit(hits, rule, 6, 12);
  add_hit(hits, rule, 10, 14);
  const auto findings = place_findings(text, hits);
  ASSERT_EQ(findings.size(), 3U);
  EXPECT_EQ(findings[0].line, 1U);
  EXPECT_EQ(findings[0].column, 1U);
  EXPECT_EQ(findings[1].line, 2U);
  EXPECT_EQ(findings[1].column, 3U);  // ä is one character of two bytes
  EXPECT_EQ(findings[1].end_column, 9U);
  EXPECT_EQ(findings[2].end_line, 3U);
  EXPECT_EQ(findings[2].end_column, 2U);
}

}  // namespace
}  // namespace studiosync::client
