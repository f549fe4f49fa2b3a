// A run that waits for others is a part of theirs: nobody reads what it prints.
#include <gtest/gtest.h>

#include "loadtest/results_file.hpp"
#include "loadtest/run/workers.hpp"
#include "os/child_process.hpp"
#include "os/file_lock.hpp"
#include "tests/loadtest/live/load_fixture.hpp"

namespace studiosync::load {
namespace {

const std::string program = STUDIOSYNC_BIN "/syncload";
constexpr Millis patience{60'000};

TEST(GatedRun, SaysThatItIsReadyAndNothingElse) {
  test::LiveServer server{without_limits()};
  const TemporaryFolder folder;
  RunOptions options = short_run(server.url(), "steady");
  options.gate = folder.file("gate");
  std::optional<os::FileLock> gate = os::FileLock::take(options.gate).value();
  auto run =
      os::ChildProcess::start(worker_command(options, 1, 0, program, folder.file("results.json")));
  ASSERT_TRUE(run.has_value());
  EXPECT_EQ(run->read_line(patience).value(), "ready");
  gate.reset();
  const auto next = run->read_line(patience);
  ASSERT_FALSE(next.has_value()) << *next;
  EXPECT_EQ(next.error().code, ErrorCode::not_found);
  ASSERT_TRUE(run->wait(patience).has_value());
  const auto results = read_results(folder.file("results.json"));
  ASSERT_TRUE(results.has_value()) << results.error().message;
  EXPECT_EQ(results->total().started, 60U);
}

TEST(GatedRun, SeveralAreOne) {
  test::LiveServer server{without_limits()};
  const auto results = run_in_workers(short_run(server.url(), "steady"), 2, program);
  ASSERT_TRUE(results.has_value()) << results.error().message;
  EXPECT_EQ(results->users, 2U);
  EXPECT_EQ(results->total().started, 60U);
  EXPECT_TRUE(results->verification.done);
  EXPECT_TRUE(results->verification.lossless());
}

}  // namespace
}  // namespace studiosync::load
