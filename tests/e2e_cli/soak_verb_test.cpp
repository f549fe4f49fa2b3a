// `syncsim soak` that somebody waits for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "e2e/cli/exit_code.hpp"
#include "e2e/cli/files.hpp"
#include "e2e/cli/verbs.hpp"
#include "os/child_process.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::e2e {
namespace {

using ::testing::HasSubstr;

constexpr Millis patience{60'000};

// Children have the same standard output: it ends when all of them have.
void expect_no_more_lines(os::ChildProcess& process) {
  for (;;) {
    const auto line = process.read_line(patience);
    if (line) continue;
    EXPECT_EQ(line.error().code, ErrorCode::not_found);
    return;
  }
}

class Interrupted : public ::testing::TestWithParam<int> {};

TEST_P(Interrupted, EndsAllItsProcessesAndPrintsTheSum) {
  TemporaryFolder folder;
  auto soak = os::ChildProcess::start({STUDIOSYNC_BIN "/syncsim", "soak", "--seconds", "600",
                                       "--ops", "20", "--jobs", "2", "--json"},
                                      folder.file("log"));
  ASSERT_TRUE(soak);
  ASSERT_TRUE(soak->read_line(patience));
  soak->signal(GetParam());
  expect_no_more_lines(*soak);
  EXPECT_EQ(soak->wait(patience).value(), exit_by_signal + GetParam());
  EXPECT_THAT(read_file(folder.file("log")).value(), HasSubstr("interrupted: "));
}

INSTANTIATE_TEST_SUITE_P(SoakVerb, Interrupted, ::testing::Values(SIGINT, SIGTERM));

TEST(SoakVerb, TellsHowFarItIsWhereStandardErrorIsNoTerminal) {
  SoakOptions options{.seeds = "1..3", .faults = "none", .jobs = 1, .json = true};
  options.workload = {.devices = 2, .users = 1, .operations = 5};
  options.progress_every = {};
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(run_soak(options), exit_fine);
  std::fflush(stdout);
  (void)::testing::internal::GetCapturedStdout();
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("seed 3, 0 with violations, "));
}

}  // namespace
}  // namespace studiosync::e2e
