#include "core/base/time.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace studiosync {
namespace {

std::int64_t us(std::string_view text) {
  const auto time = parse_rfc3339(text);
  return time ? time->unix_us : -1;
}

TEST(Rfc3339, WritesMillisecondsAndCommitTimesWithSixDecimals) {
  EXPECT_EQ(to_rfc3339(WallTime{1'700'000'000'123}), "2023-11-14T22:13:20.123Z");
  EXPECT_EQ(to_rfc3339(CommitTime{1'700'000'000'123'456}), "2023-11-14T22:13:20.123456Z");
  EXPECT_EQ(to_rfc3339(WallTime{}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(to_rfc3339(WallTime{-1}), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(to_rfc3339(CommitTime{1'000'001}), "1970-01-01T00:00:01.000001Z");
}

TEST(Rfc3339, WritesYearsThatHaveMoreOrFewerThanFourDigits) {
  EXPECT_EQ(to_rfc3339(WallTime{-62'135'596'800'000}), "0001-01-01T00:00:00.000Z");
  EXPECT_EQ(to_rfc3339(WallTime{-62'167'219'200'001}), "-001-12-31T23:59:59.999Z");
  EXPECT_EQ(to_rfc3339(WallTime{253'402'300'800'000}), "10000-01-01T00:00:00.000Z");
}

TEST(Rfc3339, ReadsTheSameMomentInAnyOffsetAndSeparator) {
  const std::int64_t moment = 1'700'000'000'000'000;
  for (const char* text : {"2023-11-14T22:13:20Z", "2023-11-14t22:13:20z", "2023-11-14 22:13:20Z",
                           "2023-11-15T00:13:20+02:00", "2023-11-14T16:43:20-05:30",
                           "2023-11-14T22:13:20.000000000Z"}) {
    EXPECT_EQ(us(text), moment) << text;
  }
}

TEST(Rfc3339, CutsDecimalsToMicroseconds) {
  EXPECT_EQ(us("1970-01-01T00:00:00.1Z"), 100'000);
  EXPECT_EQ(us("1970-01-01T00:00:00.123456789Z"), 123'456);
}

TEST(Rfc3339, KnowsLeapYears) {
  EXPECT_EQ(us("2000-02-29T00:00:00Z"), 951'782'400'000'000);
  EXPECT_FALSE(parse_rfc3339("1900-02-29T00:00:00Z"));
  EXPECT_FALSE(parse_rfc3339("2023-02-29T00:00:00Z"));
  EXPECT_TRUE(parse_rfc3339("2024-02-29T00:00:00Z"));
}

TEST(Rfc3339, RefusesDatesThatDoNotExistAndOtherTexts) {
  for (const char* text :
       {"", "2023-11-14", "2023-13-01T00:00:00Z", "2023-00-01T00:00:00Z", "2023-04-31T00:00:00Z",
        "2023-04-00T00:00:00Z", "2023-11-14T24:00:00Z", "2023-11-14T22:60:00Z",
        "2023-11-14T22:13:61Z", "2023-11-14T22:13:20", "2023-11-14T22:13:20.Z",
        "2023-11-14T22:13:20.0000000000Z", "2023-11-14T22:13:20+24:00", "2023-11-14T22:13:20Zx",
        "2023-1-14T22:13:20Z", "+023-11-14T22:13:20Z", "2023-11-14X22:13:20Z"}) {
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  }
}

RC_GTEST_PROP(Rfc3339Property, ReadsBackEveryCommitTimeOfFourDigitYears, ()) {
  const CommitTime time{
      *rc::gen::inRange<std::int64_t>(-62'167'219'200'000'000, 253'402'300'800'000'000)};
  RC_ASSERT(parse_rfc3339(to_rfc3339(time)) == time);
}

TEST(Millis, AddsAndSubtracts) {
  EXPECT_EQ(WallTime{5} + Millis{3}, WallTime{8});
  EXPECT_EQ(WallTime{5} - WallTime{3}, Millis{2});
}

}  // namespace
}  // namespace studiosync
