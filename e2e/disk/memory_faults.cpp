#include "e2e/disk/memory_faults.hpp"

#include <sqlite3.h>

#include "core/base/check.hpp"

namespace studiosync::e2e {

namespace {

// SQLite passes no object to its allocator.
struct Allocator {
  sqlite3_mem_methods original{};
  bool installed = false;
  bool armed = false;
  bool lasting = false;
  bool fired = false;
  std::uint64_t left = 0;

  bool refuse() noexcept {
    if (!armed) return false;
    if (left > 0) {
      --left;
      return false;
    }
    armed = lasting;
    fired = true;
    return true;
  }
} allocator;

void* allocate(int bytes) {
  return allocator.refuse() ? nullptr : allocator.original.xMalloc(bytes);
}

void* reallocate(void* memory, int bytes) {
  return allocator.refuse() ? nullptr : allocator.original.xRealloc(memory, bytes);
}

}  // namespace

void MemoryFaults::install() {
  if (allocator.installed) return;
  sqlite3_initialize();  // chooses the allocator that is to be asked for
  SS_CHECK(sqlite3_shutdown() == SQLITE_OK);
  SS_CHECK(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &allocator.original) == SQLITE_OK);
  sqlite3_mem_methods methods = allocator.original;
  methods.xMalloc = allocate;
  methods.xRealloc = reallocate;
  SS_CHECK(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) == SQLITE_OK);
  allocator.installed = true;
}

void MemoryFaults::fail_after(std::uint64_t allocations, bool lasting) noexcept {
  SS_CHECK(allocator.installed);
  allocator.left = allocations;
  allocator.lasting = lasting;
  allocator.fired = false;
  allocator.armed = true;
}

void MemoryFaults::disarm() noexcept {
  allocator.armed = false;
}

bool MemoryFaults::fired() noexcept {
  return allocator.fired;
}

}  // namespace studiosync::e2e
