// Coordinated omission: a server that stands still is charged for everybody who would have come.
#include <gtest/gtest.h>

#include <csignal>

#include "e2e/process/server_process.hpp"
#include "tests/loadtest/live/load_fixture.hpp"

namespace studiosync::load {
namespace {

// Stops the server's process after a second of the measurement, for another second.
class Staller final : public Watcher {
 public:
  explicit Staller(const e2e::ServerProcess& server) : server_(server) {}

  void entered(std::string_view) override { looks_ = 0; }
  void looked(const Snapshot& snapshot) override {
    if (snapshot.phase != measuring_phase) return;
    ++looks_;
    if (looks_ == 1) server_.signal(SIGSTOP);
    if (looks_ == 2) server_.signal(SIGCONT);
  }
  void counted(std::string_view, std::size_t, std::size_t) override {}

 private:
  const e2e::ServerProcess& server_;
  int looks_ = 0;
};

std::uint64_t slower_than(const Histogram& histogram, std::uint64_t microseconds) {
  std::uint64_t count = 0;
  for (const auto& bucket : histogram.buckets()) {
    if (bucket.microseconds > microseconds) count += bucket.count;
  }
  return count;
}

TEST(StalledServer, IsChargedForEveryEditThatWasMeantToBeMadeMeanwhile) {
  const TemporaryFolder folder;
  e2e::ServerProcess server(STUDIOSYNC_BIN "/syncd", folder.path(),
                            {"auth.bcrypt_cost=4", "limits.logins_per_minute=0"});
  ASSERT_TRUE(server.start().has_value());
  Staller staller(server);
  RunOptions options = short_run(server.url(), "steady");
  options.rate = 50;
  const auto results = run_load(options, staller);
  ASSERT_TRUE(results.has_value()) << results.error().message;
  EXPECT_EQ(results->total().offered, 150U);
  // Of the 50 that fell into the stall, those of its first four fifths at least. A tester that
  // waits for an answer before it goes on would have one a device.
  EXPECT_GE(slower_than(results->total(Timing::sync_latency), 200'000), 40U);
  EXPECT_TRUE(results->verification.lossless());
}

}  // namespace
}  // namespace studiosync::load
