#include "sqlite/vfs_file.hpp"

#include <sqlite3.h>

namespace studiosync::sqlite {

Result<bool> file_exists(const std::string& path, const std::string& vfs) {
  sqlite3_vfs* system = sqlite3_vfs_find(vfs.empty() ? nullptr : vfs.c_str());
  int found = 0;
  if (!system || system->xAccess(system, path.c_str(), SQLITE_ACCESS_EXISTS, &found) != SQLITE_OK)
    return fail(ErrorCode::store_error, "cannot tell whether " + path + " exists");
  return found != 0;
}

Result<> remove_file(const std::string& path, const std::string& vfs) {
  constexpr int and_sync_the_folder = 1;
  sqlite3_vfs* system = sqlite3_vfs_find(vfs.empty() ? nullptr : vfs.c_str());
  const int code =
      system ? system->xDelete(system, path.c_str(), and_sync_the_folder) : SQLITE_ERROR;
  if (code == SQLITE_OK || code == SQLITE_IOERR_DELETE_NOENT) return {};
  return fail(ErrorCode::store_error, "cannot remove " + path);
}

}  // namespace studiosync::sqlite
