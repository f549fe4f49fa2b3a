// `syncsim bugzoo` that somebody waits for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "e2e/cli/exit_code.hpp"
#include "os/child_process.hpp"

namespace studiosync::e2e {
namespace {

// A bug that was not found by then is none that was missed.
TEST(BugzooVerb, PrintsTheSumOfWhatItHasFoundWhenItIsInterrupted) {
  constexpr Millis patience{60'000};
  auto zoo = os::ChildProcess::start({STUDIOSYNC_BIN "/syncsim", "bugzoo", "--jobs", "2"});
  ASSERT_TRUE(zoo);
  ASSERT_TRUE(zoo->read_line(patience));
  zoo->signal(SIGINT);
  std::string said;
  for (auto line = zoo->read_line(patience); line; line = zoo->read_line(patience)) {
    said += *line + "\n";
  }
  EXPECT_EQ(zoo->wait(patience).value(), exit_by_signal + SIGINT);
  EXPECT_THAT(said, ::testing::HasSubstr("interrupted: "));
  EXPECT_THAT(said, ::testing::HasSubstr("0 missed"));
}

}  // namespace
}  // namespace studiosync::e2e
