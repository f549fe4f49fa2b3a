#include "client/cli/exit_code.hpp"

#include <gtest/gtest.h>

#include <map>

namespace studiosync::client {
namespace {

TEST(ExitCode, FollowsFromWhatAScriptCanDoAboutTheError) {
  const std::map<ErrorCode, int> expected{
      {ErrorCode::bad_request, exit_usage},
      {ErrorCode::validation_error, exit_usage},
      {ErrorCode::already_exists, exit_usage},
      {ErrorCode::connection_refused, exit_network},
      {ErrorCode::network_error, exit_network},
      {ErrorCode::rate_limited, exit_network},
      {ErrorCode::server_error, exit_network},
      {ErrorCode::service_unavailable, exit_network},
      {ErrorCode::unauthorized, exit_auth},
      {ErrorCode::token_expired, exit_auth},
      {ErrorCode::forbidden, exit_auth},
      {ErrorCode::device_revoked, exit_auth},
      {ErrorCode::version_conflict, exit_conflicts},
      {ErrorCode::credential_leaked, exit_rejected},
      {ErrorCode::quota_exceeded, exit_rejected},
      {ErrorCode::store_error, exit_store},
      {ErrorCode::store_locked, exit_store},
      {ErrorCode::not_found, exit_not_found},
      {ErrorCode::timeout, exit_timeout},
      {ErrorCode::method_not_allowed, exit_internal},
  };
  for (const auto& [code, exit] : expected) {
    EXPECT_EQ(exit_code_of(Error{.code = code}), exit) << to_string(code);
  }
}

TEST(ExitCode, OfAnErrorIsNeverTheOneOfSuccessOrOfAMissingSetup) {
  for (int code = 0; code <= static_cast<int>(ErrorCode::store_locked); ++code) {
    const int exit = exit_code_of(Error{.code = static_cast<ErrorCode>(code)});
    EXPECT_NE(exit, exit_fine) << code;
    EXPECT_NE(exit, exit_not_set_up) << code;
  }
}

}  // namespace
}  // namespace studiosync::client
