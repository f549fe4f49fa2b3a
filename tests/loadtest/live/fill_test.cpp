// What a run does before it measures: accounts are full when it says so.
#include <gtest/gtest.h>

#include "tests/loadtest/live/load_fixture.hpp"

namespace studiosync::load {
namespace {

RunOptions fill_of(const std::string& url, std::size_t records) {
  RunOptions options = short_run(url, "download");
  options.users = 1;
  options.devices = 1;
  options.records = records;
  options.rate = 1;
  options.contents = Contents::small;
  return options;
}

TEST(Fill, GoesOnWhenAServerThatRefusedForNowHasTimeAgain) {
  server::Config config = without_limits();
  config.limits.ws_changes_per_second = 400;
  test::LiveServer server{config};
  Meddler nobody;
  const auto results = run_load(fill_of(server.url(), 1'000), nobody);
  ASSERT_TRUE(results.has_value()) << results.error().message;
  EXPECT_EQ(results->fill->records, 1'000U);
  EXPECT_EQ(results->verification.found, 1'000U);
  EXPECT_TRUE(results->verification.lossless());
}

TEST(Fill, ThatTheServerDoesNotTakeEndsTheRunWithItsReason) {
  server::Config config = without_limits();
  config.limits.bytes_per_user = server::Bytes{20'000};
  test::LiveServer server{config};
  Meddler nobody;
  const auto results = run_load(fill_of(server.url(), 500), nobody);
  ASSERT_FALSE(results.has_value());
  EXPECT_EQ(results.error().code, ErrorCode::quota_exceeded);
}

}  // namespace
}  // namespace studiosync::load
