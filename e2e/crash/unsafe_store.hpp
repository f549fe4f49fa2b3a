// Makes every connection of this process flush nothing while it lives, whatever the store asks for.
#pragma once

namespace studiosync::e2e {

// One at a time, on the one thread that uses SQLite.
class UnsafeStore {
 public:
  UnsafeStore();
  ~UnsafeStore();
  UnsafeStore(const UnsafeStore&) = delete;
  UnsafeStore& operator=(const UnsafeStore&) = delete;
};

}  // namespace studiosync::e2e
