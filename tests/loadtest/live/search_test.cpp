// The search for the highest rate, against servers that do not serve.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/loadtest/live/load_fixture.hpp"

namespace studiosync::load {
namespace {

RunOptions search_on(const std::string& url, double first) {
  RunOptions options = short_run(url, "steady");
  options.records = 0;
  options.duration = std::chrono::seconds(2);
  options.rate = first;
  options.objective = "sync_latency.p95<1m";
  return options;
}

TEST(Search, FindsNoRateAtWhichAServerRefusesEveryEditHoweverFast) {
  server::Config config = without_limits();
  config.limits.bytes_per_user = server::Bytes{1};
  test::LiveServer server{config};
  Meddler nobody;
  const auto results = run_load(search_on(server.url(), 4), nobody);
  ASSERT_TRUE(results.has_value()) << results.error().message;
  EXPECT_EQ(results->capacity->trials.front().missed, "error_rate<1%");
  EXPECT_EQ(results->capacity->rate, 0);
  EXPECT_FALSE(results->passed);
}

}  // namespace
}  // namespace studiosync::load
