#include "core/base/duration.hpp"

#include <gtest/gtest.h>

namespace studiosync {
namespace {

TEST(Duration, ReadsAndWritesTheUnitsFromLargeToSmall) {
  for (const auto& [text, ms] : {std::pair{"0s", 0L},
                                 {"1ms", 1L},
                                 {"1m30s", 90'000L},
                                 {"60d", 5'184'000'000L},
                                 {"-5m", -300'000L},
                                 {"1d2h3m4s5ms", 93'784'005L}}) {
    EXPECT_EQ(duration_text(Millis{ms}), text);
    EXPECT_EQ(parse_duration(text), Millis{ms}) << text;
  }
}

TEST(Duration, ReadsMoreThanAUnitHolds) {
  EXPECT_EQ(parse_duration("90s"), Millis{90'000});
  EXPECT_EQ(duration_text(Millis{90'000}), "1m30s");
}

TEST(Duration, RefusesEverythingElse) {
  for (const char* text : {"", "-", "5", "s", "5 s", "1s1m", "1s1s", "1.5s", "+1s", "1s-", "--1s",
                           "1sec", "1w", "3652501d", "99999999999999999999s", "3652500d1ms"}) {
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace studiosync
