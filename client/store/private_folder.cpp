#include "client/store/private_folder.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace studiosync::client {

namespace {

namespace fs = std::filesystem;

// Not fs::create_directories: a folder must never be open to others, not even for a moment.
std::error_code make_folder(const fs::path& folder) {
  if (folder.empty() || fs::is_directory(folder)) return {};
  if (const auto failed = make_folder(folder.parent_path())) return failed;
  if (::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return {};
  return {errno, std::generic_category()};
}

}  // namespace

Result<> make_private(const std::string& file) {
  if (const auto failed = make_folder(fs::path(file).parent_path())) {
    return fail(ErrorCode::store_error,
                "cannot make the folder of " + file + ": " + failed.message());
  }
  std::error_code failed;
  if (!fs::exists(file, failed)) return {};
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write, failed);
  if (failed)
    return fail(ErrorCode::store_error, "cannot protect " + file + ": " + failed.message());
  return {};
}

}  // namespace studiosync::client
