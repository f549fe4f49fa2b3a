#include "os/core_dump.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace studiosync::os {

void forbid_core_dumps() noexcept {
  // The soft limit alone: child processes may want their dumps, and can raise theirs again.
  rlimit limit{};
  if (::getrlimit(RLIMIT_CORE, &limit) == 0) {
    limit.rlim_cur = 0;
    ::setrlimit(RLIMIT_CORE, &limit);
  }
  // Dumps that the kernel pipes to a collector ignore the limit.
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace studiosync::os
