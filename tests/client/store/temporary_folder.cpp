#include "tests/client/store/temporary_folder.hpp"

#include <cstdlib>
#include <system_error>

#include "core/base/check.hpp"

namespace studiosync::client::test {

namespace {

// In memory where that is possible: a test then does not wait for a disk.
std::filesystem::path parent() {
  const std::filesystem::path memory = "/dev/shm";
  return std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string name = (parent() / "studiosync-XXXXXX").string();
  SS_CHECK(::mkdtemp(name.data()) != nullptr);
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // a folder that stays behind is no reason to fail
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace studiosync::client::test
