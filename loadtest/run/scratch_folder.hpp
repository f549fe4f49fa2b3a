// A folder for what several processes of one run tell each other.
#pragma once

#include <string>

#include "core/base/result.hpp"

namespace studiosync::load {

// Only its owner may look into it. Removed with everything in it.
class ScratchFolder {
 public:
  // `store_error` where none can be made.
  static Result<ScratchFolder> make();
  ScratchFolder(ScratchFolder&& other) noexcept;
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ~ScratchFolder();

  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  ScratchFolder() = default;
  std::string path_;
};

}  // namespace studiosync::load
