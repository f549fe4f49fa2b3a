#include "os/child_process.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace studiosync::os {
namespace {

constexpr Millis patience{10'000};

TEST(ChildProcess, SpeaksInLinesAndEndsWithItsCode) {
  auto child = ChildProcess::start({"sh", "-c", "echo one; printf 'two\nrest'; exit 7"});
  ASSERT_TRUE(child);
  EXPECT_EQ(child->read_line(patience), "one");
  EXPECT_EQ(child->read_line(patience), "two");
  EXPECT_EQ(child->read_line(patience).error().code, ErrorCode::not_found);
  EXPECT_EQ(child->wait(patience), 7);
}

TEST(ChildProcess, IsWaitedForNoLongerThanAsked) {
  auto child = ChildProcess::start({"cat", "/dev/zero"});
  ASSERT_TRUE(child);
  EXPECT_EQ(child->wait(Millis{1}).error().code, ErrorCode::timeout);
}

TEST(ChildProcess, SaysWhichSignalEndedIt) {
  auto child = ChildProcess::start({"cat", "/dev/zero"});
  ASSERT_TRUE(child);
  child->signal(SIGTERM);
  EXPECT_EQ(child->wait(patience), 128 + SIGTERM);
}

TEST(ChildProcess, DoesNotOutliveItsOwner) {
  pid_t id = 0;
  {
    auto child = ChildProcess::start({"cat", "/dev/zero"});
    ASSERT_TRUE(child);
    id = child->id();
    EXPECT_EQ(::kill(id, 0), 0);
  }
  EXPECT_EQ(::kill(id, 0), -1);
}

TEST(ChildProcess, OfAProgramThatIsMissingEndsAsAShellWouldSay) {
  auto child = ChildProcess::start({"/nonexistent/program"});
  ASSERT_TRUE(child);
  EXPECT_EQ(child->wait(patience), 127);
}

}  // namespace
}  // namespace studiosync::os
