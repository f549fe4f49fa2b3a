// One owner among processes, until it lets go or ends, however it ends (flock, so nothing stays
// behind).
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace studiosync::os {

class FileLock {
 public:
  // Creates the file when needed (0600). `store_locked` at once when another process holds it.
  static Result<FileLock> take(const std::string& path);
  // Waits for it.
  static Result<FileLock> wait(const std::string& path);

  // One short line that others may read while this one is held: how its owner fares. Only good to
  // know: a failure is no trouble, and a reader may come too early and see nothing.
  void tell(std::string_view line) noexcept;
  // What the present owner told last.
  static std::string told(const std::string& path);

  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  ~FileLock();

 private:
  explicit FileLock(int file) noexcept : file_(file) {}
  static Result<FileLock> open(const std::string& path, int operation);

  int file_ = -1;
};

}  // namespace studiosync::os
