#include "client/cli/check.hpp"

#include <gtest/gtest.h>

namespace studiosync::client {
namespace {

TEST(Check, TakesAClockForFineThatIsSecondsOff) {
  EXPECT_EQ(judge_clock({0}).level, Check::Level::ok);
  EXPECT_EQ(judge_clock({5'000}).level, Check::Level::ok);
  EXPECT_EQ(judge_clock({-5'000}).level, Check::Level::ok);
}

TEST(Check, WarnsOfAClockThatIsMinutesOff) {
  EXPECT_EQ(judge_clock({5'001}).level, Check::Level::warn);
  EXPECT_EQ(judge_clock({-300'000}).level, Check::Level::warn);
  EXPECT_NE(judge_clock({-300'000}).text.find("behind"), std::string::npos);
}

TEST(Check, FailsAClockWhoseStampsTheServerMoves) {
  const Check check = judge_clock({300'001});
  EXPECT_EQ(check.level, Check::Level::fail);
  EXPECT_NE(check.text.find("300 s ahead"), std::string::npos);
  EXPECT_NE(check.code, exit_fine);
  EXPECT_NE(check.next, "");
}

TEST(Check, TellsADatabaseThatIsInUseFromOneThatIsDamaged) {
  const Error busy{.code = ErrorCode::store_locked, .message = "database is locked"};
  const Error damaged{.code = ErrorCode::store_error, .message = "disk image is malformed"};
  for (const Check& check : {unopened_store(busy), unread_store(busy)}) {
    EXPECT_NE(check.next.find("try again"), std::string::npos) << check.next;
  }
  EXPECT_NE(unopened_store(damaged).next.find("move the file away"), std::string::npos);
  EXPECT_NE(unread_store(damaged).next.find("syncctl export"), std::string::npos);
  EXPECT_EQ(unread_store(damaged).code, exit_store);
}

}  // namespace
}  // namespace studiosync::client
