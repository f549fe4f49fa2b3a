#include "server/app/backup.hpp"

#include <unistd.h>

#include <filesystem>
#include <vector>

#include "os/durable_folder.hpp"
#include "os/private_file.hpp"
#include "server/app/check.hpp"
#include "server/app/databases.hpp"
#include "server/app/key_file.hpp"
#include "server/app/key_paths.hpp"
#include "sqlite/backup.hpp"

namespace studiosync::server {
namespace {

namespace fs = std::filesystem;

// Removed with everything in it, unless it was published under its final name.
class UnfinishedFolder {
 public:
  // The process's own name, so that two backups do not meet in one folder.
  explicit UnfinishedFolder(const fs::path& target)
      : path_(target.string() + "." + std::to_string(::getpid()) + ".unfinished") {
    remove();  // left by a process that had our number and crashed
  }
  ~UnfinishedFolder() { remove(); }
  UnfinishedFolder(const UnfinishedFolder&) = delete;
  UnfinishedFolder& operator=(const UnfinishedFolder&) = delete;

  const std::string& path() const noexcept { return path_; }

 private:
  void remove() const {
    std::error_code unremovable;  // then it stays, under a name that tells what it is
    fs::remove_all(path_, unremovable);
  }

  std::string path_;
};

Result<> check_target(const fs::path& to) {
  std::error_code error;
  if (!fs::exists(to, error) && !error) return {};
  if (!error && fs::is_directory(to, error) && fs::is_empty(to, error)) return {};
  if (error) return fail(ErrorCode::store_error, to.string() + ": " + error.message());
  return fail(ErrorCode::already_exists, to.string() + " exists; nothing is overwritten");
}

Result<std::uint64_t> copy_database(const std::string& file, const std::string& name,
                                    const std::string& folder, const BackupView& view) {
  const std::string copy = folder + "/" + name;
  sqlite::BackupProgress progress;
  if (view) progress = [&](std::int64_t done, std::int64_t total) { view(name, done, total); };
  SS_ASSIGN(const auto db, sqlite::Database::open(file, {.create = false, .read_only = true}));
  SS_TRY(sqlite::back_up(*db, copy, progress));
  std::error_code error;
  const std::uint64_t bytes = fs::file_size(copy, error);
  if (error) return fail(ErrorCode::store_error, copy + ": " + error.message());
  return bytes;
}

// No bytes where the data folder has none.
Result<std::uint64_t> copy_password_key(const std::string& data, const std::string& folder) {
  SS_ASSIGN(const auto key, read_key_file(password_key_path(data)));
  if (!key) return 0;
  SS_TRY(os::write_private_file(password_key_path(folder), *key));
  return key->size();
}

// `DIR2/` names the folder, not something in it.
fs::path without_slash(const std::string& folder) {
  const fs::path path = fs::path(folder).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

}  // namespace

Result<BackupSummary> back_up_folder(const std::string& data, const std::string& to,
                                     const BackupView& view) {
  const fs::path target = without_slash(to);
  SS_TRY(check_target(target));
  // The accounts come last: user numbers are given out there. With older accounts than records, a
  // new account could be given the number, and so the records, of one that the copy has forgotten.
  SS_ASSIGN(const auto files, databases_of(data));
  const UnfinishedFolder unfinished(target);
  SS_TRY(os::make_private_folder(unfinished.path()));
  BackupSummary summary;
  for (const std::string& file : files) {
    const std::string name = fs::path(file).filename().string();
    const auto bytes = copy_database(file, name, unfinished.path(), view);
    if (!bytes) return fail(bytes.error().code, name + ": " + bytes.error().message);
    ++summary.files;
    summary.bytes += *bytes;
  }
  // After the accounts: a hash that is in the copy was made with a key that was there before it.
  SS_ASSIGN(const std::uint64_t key_bytes, copy_password_key(data, unfinished.path()));
  summary.files += key_bytes > 0 ? 1 : 0;
  summary.bytes += key_bytes;
  SS_TRY(os::publish_folder(unfinished.path(), target.string()));
  return summary;
}

Result<BackupSummary> restore_folder(const std::string& backup, const std::string& data,
                                     const BackupView& view) {
  SS_ASSIGN(const auto findings, check_folder(backup));
  if (!findings.empty()) return fail(ErrorCode::store_error, backup + ": " + findings.front());
  return back_up_folder(backup, data, view);
}

}  // namespace studiosync::server
