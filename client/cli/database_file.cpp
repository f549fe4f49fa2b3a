#include "client/cli/database_file.hpp"

#include <cstdio>

#include "client/cli/device.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::client {

// The last connection that closes a database removes -wal and -shm.
Result<> move_database(const std::string& from, const std::string& to) {
  for (const char* suffix : {"", "-wal", "-shm"}) {
    if (!exists(from + suffix)) continue;
    if (std::rename((from + suffix).c_str(), (to + suffix).c_str()) != 0) {
      return fail(ErrorCode::store_error, "cannot move " + from + suffix);
    }
  }
  return {};
}

Result<bool> has_records(const std::string& path) {
  if (!exists(path)) return false;
  SS_ASSIGN(auto store, open_database(path, host_name()));
  for (const EntitySpec& spec : registry()) {
    if (!store->list(spec.type, {}, 1).empty()) return true;
  }
  return false;
}

Result<std::string> keep_aside(const std::string& path) {
  SS_ASSIGN(const bool any, has_records(path));
  if (!any) return std::string();
  const std::string stem = path.substr(0, path.rfind(".db"));
  const std::string aside = stem + "-" + std::to_string(os::wall_now().unix_ms) + ".db";
  SS_TRY(move_database(path, aside));
  return aside;
}

}  // namespace studiosync::client
