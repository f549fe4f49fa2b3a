#include "os/standard_output.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

namespace studiosync::os {

Result<> finish_standard_output() {
  errno = 0;
  const bool flushed = std::fflush(stdout) == 0;
  if (flushed && std::ferror(stdout) == 0) return {};
  std::string message = "standard output does not hold all of the result";
  // An earlier write's reason is gone by now.
  if (!flushed && errno != 0) message += std::string(": ") + std::strerror(errno);
  return fail(ErrorCode::store_error, std::move(message));
}

}  // namespace studiosync::os
