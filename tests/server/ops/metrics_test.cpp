#include "server/ops/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace studiosync::server {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;

MetricsSample no_sample() {
  return {};
}

TEST(Metrics, CountsRequestsByRouteAndStatus) {
  Metrics metrics(no_sample);
  metrics.request({.method = "GET", .route = "/api/devices/{id}", .status = 200});
  metrics.request({.method = "GET", .route = "/api/devices/{id}", .status = 200});
  metrics.request({.method = "GET", .route = "/api/devices/{id}", .status = 404});
  const std::string text = metrics.render();
  const std::string series = R"(syncd_http_requests_total{method="GET",route="/api/devices/{id}")";
  EXPECT_THAT(text, HasSubstr(series + R"(,status="200"} 2)"));
  EXPECT_THAT(text, HasSubstr(series + R"(,status="404"} 1)"));
}

TEST(Metrics, PutsLatenciesIntoTheBucketsOfTheTargets) {
  Metrics metrics(no_sample);
  const auto measure = [&](milliseconds latency) {
    metrics.request({.method = "GET", .route = "/livez", .status = 200, .latency = latency});
  };
  measure(milliseconds{150});
  measure(milliseconds{400});
  const std::string text = metrics.render();
  EXPECT_THAT(text, HasSubstr(R"(le="0.1"} 0)"));
  EXPECT_THAT(text, HasSubstr(R"(le="0.2"} 1)"));
  EXPECT_THAT(text, HasSubstr(R"(le="0.5"} 2)"));
}

TEST(Metrics, PutsTheSizesOfBodiesIntoBuckets) {
  Metrics metrics(no_sample);
  metrics.request(
      {.method = "POST", .route = "/api/sync/upload", .status = 200, .body_bytes = 5'000});
  const std::string text = metrics.render();
  const std::string series = R"(syncd_http_request_bytes_bucket{route="/api/sync/upload",le=)";
  EXPECT_THAT(text, HasSubstr(series + R"("4000"} 0)"));
  EXPECT_THAT(text, HasSubstr(series + R"("16000"} 1)"));
}

TEST(Metrics, CountsChangesAndDecisions) {
  Metrics metrics(no_sample);
  metrics.changes("applied", 1);
  metrics.changes("conflict", 1);
  metrics.changes("conflict", 1);
  metrics.conflict_resolved();
  const std::string text = metrics.render();
  EXPECT_THAT(text, HasSubstr(R"(syncd_changes_total{status="conflict"} 2)"));
  EXPECT_THAT(text, HasSubstr("syncd_conflicts_resolved_total 1"));
}

TEST(Metrics, CountsTheErrorsOfDevicesByCode) {
  Metrics metrics(no_sample);
  metrics.device_error("server_error");
  metrics.device_error("server_error");
  EXPECT_THAT(metrics.render(), HasSubstr(R"(syncd_channel_errors_total{code="server_error"} 2)"));
}

TEST(Metrics, ShowsADatabaseThatNeverFailed) {
  Metrics metrics([] {
    MetricsSample sample;
    sample.store_failures = {{"accounts", 3}, {"shard-0", 0}};
    return sample;
  });
  const std::string text = metrics.render();
  EXPECT_THAT(text, HasSubstr("# TYPE syncd_store_failures_total counter\n"));
  EXPECT_THAT(text, HasSubstr(R"(syncd_store_failures_total{database="shard-0"} 0)"));
  EXPECT_THAT(text, HasSubstr(R"(syncd_store_failures_total{database="accounts"} 3)"));
}

TEST(Metrics, ReadsTheSampleAtTheMomentSomebodyLooks) {
  MetricsSample now;
  Metrics metrics([&] { return now; });
  EXPECT_THAT(metrics.render(), HasSubstr("syncd_store_commits_total 0"));
  now = {.commits = 7,
         .bytes_written = 1'234'567,
         .cpu_time = milliseconds{2'500},
         .queued_jobs = 3,
         .live_devices = 9,
         .resident_bytes = 4096};
  const std::string text = metrics.render();
  EXPECT_THAT(text, HasSubstr("# TYPE syncd_store_commits_total counter\n"));
  EXPECT_THAT(text, HasSubstr("syncd_store_commits_total 7\n"));
  EXPECT_THAT(text, HasSubstr("syncd_store_bytes_written_total 1234567\n"));
  EXPECT_THAT(text, HasSubstr("# TYPE process_cpu_seconds_total counter\n"));
  EXPECT_THAT(text, HasSubstr("process_cpu_seconds_total 2.5\n"));
  EXPECT_THAT(text, HasSubstr("# TYPE syncd_live_devices gauge\n"));
  EXPECT_THAT(text, HasSubstr("syncd_live_devices 9\n"));
  EXPECT_THAT(text, HasSubstr("process_resident_memory_bytes 4096\n"));
  EXPECT_THAT(text, HasSubstr("syncd_store_queued_jobs 3\n"));
}

}  // namespace
}  // namespace studiosync::server
