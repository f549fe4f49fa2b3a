// A folder of our own that goes away with the run.
#pragma once

#include <filesystem>
#include <string>

namespace studiosync::bench {

class Folder {
 public:
  // A new one in `parent`, which decides whose disk is measured.
  explicit Folder(const std::string& parent);
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::string& path() const noexcept { return path_; }

 private:
  std::string path_;
};

}  // namespace studiosync::bench
