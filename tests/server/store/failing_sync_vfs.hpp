// The operating system with a disk that stops flushing on command.
#pragma once

#include <cstdint>
#include <string>

namespace studiosync::server {

// A VFS of SQLite for one test at a time; registered while it lives.
class FailingSyncVfs {
 public:
  FailingSyncVfs();
  ~FailingSyncVfs();
  FailingSyncVfs(const FailingSyncVfs&) = delete;
  FailingSyncVfs& operator=(const FailingSyncVfs&) = delete;

  static std::string name() { return "failing-sync"; }
  void fail(bool on);
  std::uint64_t syncs() const;  // that succeeded
};

}  // namespace studiosync::server
