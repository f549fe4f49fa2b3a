#include "client/cli/database_file.hpp"

#include <filesystem>

#include "client/cli/device.hpp"
#include "os/durable_folder.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::client {

namespace {

// The last connection that closes a database removes -wal and -shm. The log goes first: where this
// is cut, a database without its log is not taken for a whole one in the new place.
constexpr const char* suffixes[] = {"-wal", "-shm", ""};

Result<> remove_database(const std::string& path) {
  for (const char* suffix : suffixes) {
    std::error_code failed;
    std::filesystem::remove(path + suffix, failed);
    if (failed) return fail(ErrorCode::store_error, "cannot remove " + path + suffix);
  }
  return {};
}

bool holds_anything(SqliteDeviceStore& store) {
  for (const EntitySpec& spec : registry()) {
    if (!store.list(spec.type, {}, 1).empty()) return true;
  }
  return !store.originals().empty() || !store.rejected().empty();
}

}  // namespace

Result<> move_database(const std::string& from, const std::string& to) {
  for (const char* suffix : suffixes) {
    if (exists(to + suffix)) return fail(ErrorCode::store_error, to + suffix + " is in the way");
  }
  for (const char* suffix : suffixes) {
    if (exists(from + suffix)) SS_TRY(os::move_file(from + suffix, to + suffix));
  }
  return {};
}

Result<bool> has_records(const std::string& path) {
  if (!exists(path)) return false;
  SS_ASSIGN(auto store, open_database(path, host_name()));
  const bool any = holds_anything(*store);
  SS_TRY(store->take_error());
  return any;
}

Result<std::string> keep_aside(const std::string& path) {
  if (!exists(path)) return std::string();
  if (const auto any = has_records(path); any && !*any) {
    SS_TRY(remove_database(path));
    return std::string();
  }
  const std::string stem = path.substr(0, path.rfind(".db"));
  const std::string aside = stem + "-" + std::to_string(os::wall_now().unix_ms) + ".db";
  SS_TRY(move_database(path, aside));
  return aside;
}

}  // namespace studiosync::client
