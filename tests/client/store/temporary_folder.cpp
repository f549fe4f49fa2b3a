#include "tests/client/store/temporary_folder.hpp"

#include <cstdlib>
#include <system_error>

#include "core/base/check.hpp"

namespace studiosync::client::test {

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "studiosync-XXXXXX").string();
  SS_CHECK(::mkdtemp(name.data()) != nullptr);
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // a folder that stays behind is no reason to fail
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace studiosync::client::test
