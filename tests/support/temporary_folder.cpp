#include "tests/support/temporary_folder.hpp"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "core/base/check.hpp"

namespace studiosync {

// In memory where the machine has such a place: flushing a shared disk makes a test slow, not
// better.
TemporaryFolder::TemporaryFolder() : path_("/dev/shm/studiosync-XXXXXX") {
  if (::mkdtemp(path_.data()) != nullptr) return;
  path_ = (std::filesystem::temp_directory_path() / "studiosync-XXXXXX").string();
  SS_CHECK(::mkdtemp(path_.data()) != nullptr);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // a folder that stays behind is no reason to fail
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace studiosync
