#include "os/child_process.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>
#include <iterator>

#include "tests/support/temporary_folder.hpp"

namespace studiosync::os {
namespace {

constexpr Millis kPatience{20'000};

ChildProcess shell(const std::string& script, const std::string& error_file = {}) {
  return ChildProcess::start({"sh", "-c", script}, error_file).value();
}

// A process that goes on until it is told to stop, and has said that it runs. It follows no file:
// where /dev/null is an ordinary file, as in some containers, others' output is a line to it.
ChildProcess endless() {
  ChildProcess child = shell("echo ready; exec sleep infinity");
  EXPECT_EQ(child.read_line(kPatience).value_or(""), "ready");
  return child;
}

template <class T>
ErrorCode code_of(const Result<T>& result) {
  return result ? ErrorCode::server_error : result.error().code;
}

TEST(ChildProcess, ReadsOutputLineByLine) {
  ChildProcess child = shell("printf 'one\\n\\ntwo words\\n'");
  EXPECT_EQ(child.read_line(kPatience).value_or("?"), "one");
  EXPECT_EQ(child.read_line(kPatience).value_or("?"), "");
  EXPECT_EQ(child.read_line(kPatience).value_or("?"), "two words");
  EXPECT_EQ(code_of(child.read_line(kPatience)), ErrorCode::not_found);
}

TEST(ChildProcess, ReadsALineLongerThanAnyBuffer) {
  ChildProcess child = shell("head -c 100000 /dev/zero | tr '\\0' x; echo");
  EXPECT_EQ(child.read_line(kPatience).value_or("").size(), 100'000U);
}

TEST(ChildProcess, SaysThatNoLineCameInTime) {
  ChildProcess child = endless();
  EXPECT_EQ(code_of(child.read_line(Millis{10})), ErrorCode::timeout);
}

// The patience is for the line, not for each byte of it.
TEST(ChildProcess, SaysThatALineWasNotFinishedInTime) {
  ChildProcess child = shell("while :; do printf x; done");
  EXPECT_EQ(code_of(child.read_line(Millis{50})), ErrorCode::timeout);
}

TEST(ChildProcess, AnswersTheExitCode) {
  EXPECT_EQ(shell("exit 0").wait(kPatience).value_or(-1), 0);
  EXPECT_EQ(shell("exit 7").wait(kPatience).value_or(-1), 7);
}

TEST(ChildProcess, AnswersTheSignalThatEndedIt) {
  ChildProcess child = endless();
  child.signal(SIGTERM);
  EXPECT_EQ(child.wait(kPatience).value_or(-1), 128 + SIGTERM);
}

TEST(ChildProcess, SaysThatTheProcessGoesOn) {
  ChildProcess child = endless();
  EXPECT_EQ(code_of(child.wait(Millis{10})), ErrorCode::timeout);
  EXPECT_GT(child.id(), 0);
}

TEST(ChildProcess, CannotBeWaitedForTwice) {
  ChildProcess child = shell("exit 0");
  EXPECT_TRUE(child.wait(kPatience));
  EXPECT_EQ(code_of(child.wait(kPatience)), ErrorCode::not_found);
}

TEST(ChildProcess, ReportsAProgramThatDoesNotExistAsExitCode127) {
  auto child = ChildProcess::start({"/no/such/program"});
  ASSERT_TRUE(child);
  EXPECT_EQ(child->wait(kPatience).value_or(-1), 127);
}

TEST(ChildProcess, WritesErrorsIntoTheirFile) {
  const TemporaryFolder folder;
  ChildProcess child = shell("echo out; echo oops >&2", folder.file("errors"));
  EXPECT_EQ(child.read_line(kPatience).value_or("?"), "out");
  EXPECT_TRUE(child.wait(kPatience));
  std::ifstream errors(folder.file("errors"));
  const std::string text{std::istreambuf_iterator<char>(errors), {}};
  EXPECT_EQ(text, "oops\n");
}

// The other end would never hear that it was closed.
TEST(ChildProcess, InheritsNoFileOfItsParent) {
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe(pipe.data()), 0);  // not O_CLOEXEC
  const ChildProcess child = endless();
  ::close(pipe[1]);
  pollfd end{.fd = pipe[0], .events = POLLIN, .revents = 0};
  EXPECT_EQ(::poll(&end, 1, 10'000), 1);
  EXPECT_NE(end.revents & POLLHUP, 0);
  ::close(pipe[0]);
}

TEST(ChildProcess, LeavesNoProcessBehind) {
  pid_t id = 0;
  {
    const ChildProcess child = endless();
    id = child.id();
    EXPECT_EQ(::kill(id, 0), 0);
  }
  EXPECT_EQ(::kill(id, 0), -1);  // reaped as well: not even a zombie answers
}

TEST(ChildProcess, EndsWithTheOwnerItWasMovedTo) {
  ChildProcess first = endless();
  const pid_t id = first.id();
  {
    const ChildProcess second = std::move(first);
    EXPECT_EQ(second.id(), id);
    EXPECT_EQ(::kill(id, 0), 0);
  }
  EXPECT_EQ(::kill(id, 0), -1);
}

}  // namespace
}  // namespace studiosync::os
