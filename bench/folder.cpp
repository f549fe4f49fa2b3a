#include "bench/folder.hpp"

#include <cstdlib>

#include "core/base/check.hpp"

namespace studiosync::bench {

Folder::Folder(const std::string& parent) : path_(parent + "/studiosync-bench-XXXXXX") {
  SS_CHECK(::mkdtemp(path_.data()) != nullptr);
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace studiosync::bench
