#include "server/store/sqlite/data_folder.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "os/private_file.hpp"
#include "sqlite/vfs_file.hpp"

namespace studiosync::server {
namespace {

// Only as shard_path() writes it: what else lies beside, as `shard-0.old.db`, is none.
bool is_shard_file(std::string_view name) {
  constexpr std::string_view before = "shard-";
  constexpr std::string_view after = ".db";
  if (name.size() <= before.size() + after.size()) return false;
  if (!name.starts_with(before) || !name.ends_with(after)) return false;
  name.remove_prefix(before.size());
  name.remove_suffix(after.size());
  return std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; }) &&
         (name == "0" || !name.starts_with('0'));
}

}  // namespace

Result<os::FileLock> lock_data_folder(const std::string& folder) {
  SS_TRY(os::make_private_folder(folder));
  auto lock = os::FileLock::take(folder + "/lock");
  if (!lock && lock.error().code == ErrorCode::store_locked) {
    return fail(ErrorCode::store_locked, "the data folder is in use by another syncd");
  }
  return lock;
}

std::string shard_name(std::uint32_t number) {
  return "shard-" + std::to_string(number);
}

std::string shard_path(const std::string& folder, std::uint32_t number) {
  return folder + "/" + shard_name(number) + ".db";
}

Result<std::uint32_t> count_shards(const std::string& folder) {
  std::error_code error;
  std::uint32_t count = 0;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error))
    if (is_shard_file(entry->path().filename().string())) ++count;
  if (error) return fail(ErrorCode::store_error, "cannot list " + folder + ": " + error.message());
  for (std::uint32_t number = 0; number < count; ++number)
    if (!std::filesystem::exists(shard_path(folder, number), error))
      return fail(ErrorCode::store_error, "shard " + std::to_string(number) + " is missing");
  return count;
}

Result<std::uint32_t> count_shards(const std::string& folder, const std::string& vfs) {
  for (std::uint32_t number = 0;; ++number) {
    SS_ASSIGN(const bool exists, sqlite::file_exists(shard_path(folder, number), vfs));
    if (!exists) return number;
  }
}

}  // namespace studiosync::server
