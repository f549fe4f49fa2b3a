#include "os/resident_memory.hpp"

#include <unistd.h>

#include <cstdio>

namespace studiosync::os {

// proc(5): the second number of statm counts pages.
std::size_t resident_memory() noexcept {
  std::FILE* file = std::fopen("/proc/self/statm", "re");
  if (file == nullptr) return 0;
  unsigned long pages = 0;
  const bool read = std::fscanf(file, "%*u %lu", &pages) == 1;
  std::fclose(file);
  return read ? pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)) : 0;
}

}  // namespace studiosync::os
