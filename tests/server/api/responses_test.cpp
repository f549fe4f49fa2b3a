#include <gmock/gmock.h>

#include "server/api/router.hpp"
#include "tests/server/api/json_of.hpp"

namespace studiosync::server {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string header(const HttpResponse& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

TEST(ErrorResponse, CarriesCodeMessageAndPath) {
  const HttpResponse response = error_response(
      {.code = ErrorCode::validation_error, .message = "must be a text", .path = "$.email"});
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.content_type, "application/json");
  EXPECT_EQ(json_of(response.body),
            json_of(R"({"error":true,"code":"validation_error","message":"must be a text",
                        "path":"$.email"})"));
}

TEST(ErrorResponse, SaysWhenToComeBackInWholeSeconds) {
  const HttpResponse limited =
      error_response({.code = ErrorCode::rate_limited, .retry_after_ms = 6'001});
  EXPECT_EQ(limited.status, 429);
  EXPECT_EQ(header(limited, "Retry-After"), "7");
  EXPECT_EQ(header(error_response({.code = ErrorCode::service_unavailable}), "Retry-After"), "1");
  EXPECT_EQ(header(error_response({.code = ErrorCode::not_found}), "Retry-After"), "");
}

TEST(ErrorResponse, AsksForABearerToken) {
  EXPECT_EQ(header(error_response({.code = ErrorCode::token_expired}), "WWW-Authenticate"),
            "Bearer");
}

TEST(ErrorResponse, DoesNotEchoInternals) {
  for (const ErrorCode code : {ErrorCode::server_error, ErrorCode::store_error,
                               ErrorCode::store_locked, ErrorCode::network_error}) {
    const HttpResponse response = error_response({.code = code, .message = "near SELECT: /var/db"});
    EXPECT_GE(response.status, 500);
    EXPECT_THAT(response.body, Not(HasSubstr("SELECT")));
    EXPECT_THAT(response.body, Not(HasSubstr("store_")));
  }
}

// A path can hold a key of the client's.
TEST(ErrorResponse, RepeatsNoCredential) {
  const HttpResponse response = error_response({.code = ErrorCode::validation_error,
                                                .message = "no such thing: AKIA7QXN4ZJ2WVB3KDTP",
                                                .path = "$.policies.AKIA7QXN4ZJ2WVB3KDTP"});
  EXPECT_THAT(response.body, Not(HasSubstr("7QXN4ZJ2WVB3")));
  EXPECT_THAT(response.body, HasSubstr("$.policies.[REDACTED]"));
}

}  // namespace
}  // namespace studiosync::server
