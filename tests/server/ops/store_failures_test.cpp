#include "server/ops/store_failures.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "server/ops/logging.hpp"

namespace studiosync::server {
namespace {

using testing::HasSubstr;
using testing::Pair;
using testing::UnorderedElementsAre;

class StoreFailuresTest : public testing::Test {
 protected:
  StoreFailuresTest() { start_logging({.out = &out_}); }
  ~StoreFailuresTest() override { stop_logging(); }

  void fail(std::string_view database) { failures_.failed(database, 13, "the disk is full"); }
  // What was logged since the last look.
  std::string logged() {
    std::string text = out_.str();
    out_.str("");
    return text;
  }

  std::ostringstream out_;
  WallTime now_{1'800'000'000'000};
  StoreFailures failures_{[this] { return now_; }};
};

TEST_F(StoreFailuresTest, LogsTheDatabaseAndItsOwnCodeAndMessage) {
  fail("shard-2");
  EXPECT_THAT(
      logged(),
      HasSubstr(R"(store_failed database=shard-2 code=13 message="the disk is full" failures=1)"));
}

TEST_F(StoreFailuresTest, LogsOnceAMinuteAndDatabaseHowManyThereWere) {
  fail("shard-0");
  logged();
  for (int i = 0; i < 5; ++i) {
    now_ = now_ + Millis{11'000};
    fail("shard-0");
    EXPECT_EQ(logged(), "");
  }
  fail("shard-1");
  EXPECT_THAT(logged(), HasSubstr("database=shard-1"));
  now_ = now_ + Millis{5'000};
  fail("shard-0");
  EXPECT_THAT(logged(), HasSubstr("failures=6"));
  now_ = now_ + Millis{-3'600'000};
  fail("shard-0");
  EXPECT_THAT(logged(), HasSubstr("failures=1")) << "a clock that goes backwards ends no silence";
}

TEST_F(StoreFailuresTest, CountsEachFailureOfEachDatabase) {
  failures_.watch("shard-0");
  failures_.watch("accounts");
  fail("accounts");
  fail("accounts");
  EXPECT_THAT(failures_.counts(), UnorderedElementsAre(Pair("accounts", 2), Pair("shard-0", 0)));
}

}  // namespace
}  // namespace studiosync::server
