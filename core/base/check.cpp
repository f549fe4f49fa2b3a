#include "core/base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace studiosync {

void check_failed(const char* expression, const char* file, int line) noexcept {
  std::fprintf(stderr, "studiosync: check failed: %s (%s:%d)\n", expression, file, line);
  std::abort();
}

}  // namespace studiosync
