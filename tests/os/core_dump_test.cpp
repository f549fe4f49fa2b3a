#include "os/core_dump.hpp"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace studiosync::os {
namespace {

// Runs `act` in a process of its own, and waits for its end.
template <class Act>
int status_of(Act act) {
  const pid_t child = ::fork();
  if (child == 0) {
    act();
    ::_exit(0);
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return status;
}

TEST(CoreDump, IsForbiddenFromThenOn) {
  const int status = status_of([] {
    forbid_core_dumps();
    rlimit limit{1, 1};
    const bool known = ::getrlimit(RLIMIT_CORE, &limit) == 0;
    const bool forbidden = known && limit.rlim_cur == 0 && ::prctl(PR_GET_DUMPABLE) == 0;
    ::_exit(forbidden ? 42 : 1);
  });
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 42);
}

TEST(CoreDump, IsNotLeftByACrash) {
  const int status = status_of([] {
    forbid_core_dumps();
    std::signal(SIGABRT, SIG_DFL);
    ::raise(SIGABRT);
  });
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_FALSE(WCOREDUMP(status));
}

}  // namespace
}  // namespace studiosync::os
