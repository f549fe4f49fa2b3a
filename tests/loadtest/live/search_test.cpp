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

// Stops the server after the first second that is measured.
class Outage final : public Watcher {
 public:
  explicit Outage(test::LiveServer& server) : server_(server) {}

  void entered(std::string_view) override {}
  void looked(const Snapshot& snapshot) override {
    acknowledged_ = snapshot.records;
    if (snapshot.phase == measuring_phase && !std::exchange(stopped_, true)) server_.stop();
  }
  void counted(std::string_view, std::size_t, std::size_t) override {}

  // Records, in all phases.
  std::size_t acknowledged() const { return acknowledged_; }

 private:
  test::LiveServer& server_;
  bool stopped_ = false;
  std::size_t acknowledged_ = 0;
};

TEST(Search, EndsWhereATrialLeftBehindWhatTheServerDoesNotTake) {
  test::LiveServer server{without_limits()};
  Outage outage(server);
  RunOptions options = search_on(server.url(), 20);
  options.settle_patience = std::chrono::seconds(1);
  options.verify = false;
  const auto results = run_load(options, outage);
  ASSERT_TRUE(results.has_value()) << results.error().message;
  EXPECT_EQ(results->capacity->trials.size(), 1U);
  EXPECT_EQ(results->capacity->rate, 0);
  const auto ended = std::ranges::count_if(results->remarks, [](const std::string& remark) {
    return remark.find("the search ended") != std::string::npos;
  });
  EXPECT_EQ(ended, 1);
}

TEST(Search, BeginsATrialOnceTheServerHasWhatTheOneBeforeLeftBehind) {
  test::LiveServer server{without_limits()};
  Outage outage(server);
  RunOptions options = search_on(server.url(), 20);
  options.settle_patience = std::chrono::seconds(1);
  LoadRun run(options, outage);
  ASSERT_TRUE(run.prepare().has_value());
  Results results = run.measure(20);
  const std::size_t before = outage.acknowledged();
  server.start();
  ASSERT_TRUE(run.catch_up().has_value());
  EXPECT_GT(outage.acknowledged(), before);
  run.verify(results);
  EXPECT_EQ(results.verification.acknowledged, outage.acknowledged());
  EXPECT_TRUE(results.verification.lossless());
}

}  // namespace
}  // namespace studiosync::load
