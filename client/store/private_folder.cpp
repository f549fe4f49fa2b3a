#include "client/store/private_folder.hpp"

#include <filesystem>
#include <system_error>

#include "os/private_file.hpp"

namespace studiosync::client {

namespace fs = std::filesystem;

Result<> make_private(const std::string& file) {
  SS_TRY(os::make_private_folder(fs::path(file).parent_path().string()));
  std::error_code failed;
  if (!fs::exists(file, failed)) return {};
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write, failed);
  if (failed)
    return fail(ErrorCode::store_error, "cannot protect " + file + ": " + failed.message());
  return {};
}

}  // namespace studiosync::client
