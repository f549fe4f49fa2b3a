// A folder of one test's own, removed with everything in it.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>

#include "core/base/check.hpp"

namespace studiosync {

class TemporaryFolder {
 public:
  // In memory where the machine has such a place: flushing a shared disk makes a test slow, not
  // better.
  TemporaryFolder() : path_("/dev/shm/studiosync-XXXXXX") {
    if (::mkdtemp(path_.data())) return;
    path_ = (std::filesystem::temp_directory_path() / "studiosync-XXXXXX").string();
    SS_CHECK(::mkdtemp(path_.data()) != nullptr);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const noexcept { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace studiosync
