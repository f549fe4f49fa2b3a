#include "core/base/error.hpp"

#include <gtest/gtest.h>

#include "core/base/check.hpp"
#include "core/base/result.hpp"

namespace studiosync {
namespace {

constexpr auto last_code = static_cast<int>(ErrorCode::sweep_unconfirmed);

TEST(ErrorCode, IsFoundAgainByItsName) {
  for (int i = 0; i <= last_code; ++i) {
    const auto code = static_cast<ErrorCode>(i);
    EXPECT_EQ(error_code_from(to_string(code)), code) << to_string(code);
  }
}

TEST(ErrorCode, OfAnUnknownNameIsAServerError) {
  EXPECT_EQ(error_code_from("teapot"), ErrorCode::server_error);
}

TEST(ErrorCode, HasTheStatusAndRetryOfTheTable) {
  EXPECT_EQ(traits(ErrorCode::rate_limited).http_status, 429);
  EXPECT_TRUE(traits(ErrorCode::rate_limited).retryable);
  EXPECT_EQ(traits(ErrorCode::credential_leaked).http_status, 422);
  EXPECT_FALSE(traits(ErrorCode::credential_leaked).retryable);
  EXPECT_EQ(traits(ErrorCode::network_error).http_status, 0);
  EXPECT_TRUE(traits(ErrorCode::network_error).retryable);
}

Result<int> doubled(Result<int> given) {
  SS_ASSIGN(const int value, std::move(given));
  return value * 2;
}

Result<> passed_on(Result<> given) {
  SS_TRY(std::move(given));
  return {};
}

TEST(Result, IsPassedOnByTheMacros) {
  EXPECT_EQ(doubled(21).value(), 42);
  EXPECT_EQ(doubled(fail(ErrorCode::timeout, "late", "$.x")).error().path, "$.x");
  EXPECT_TRUE(passed_on({}));
  EXPECT_EQ(passed_on(fail(ErrorCode::timeout, "late")).error().code, ErrorCode::timeout);
}

TEST(CheckDeathTest, NamesTheExpressionAndThePlace) {
  EXPECT_DEATH(SS_CHECK(1 + 1 == 3), "check failed: 1 \\+ 1 == 3 \\(.*error_test.cpp:[0-9]+\\)");
}

}  // namespace
}  // namespace studiosync
