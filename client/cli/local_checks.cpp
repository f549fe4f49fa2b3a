#include <algorithm>
#include <filesystem>

#include "client/cli/check.hpp"
#include "os/file_lock.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::client {
namespace {

namespace fs = std::filesystem;

constexpr const char* rescue =
    "syncctl export FILE saves what can be read; then set up a new folder";

bool others_may_look(const fs::path& path) {
  std::error_code failed;
  const fs::perms mode = fs::status(path, failed).permissions();
  return !failed && (mode & (fs::perms::group_all | fs::perms::others_all)) != fs::perms::none;
}

// The folder's files that hold records or secrets.
std::vector<std::string> open_files(const std::string& folder) {
  std::vector<std::string> open;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder, failed)) {
    const std::string name = entry.path().filename().string();
    const bool holds = name == "auth.json" || name.find(".db") != std::string::npos;
    if (holds && others_may_look(entry.path())) open.push_back(name);
  }
  std::sort(open.begin(), open.end());
  return open;
}

std::string token_text(const Login& login) {
  return login.expires < os::wall_now()
             ? "logged in as " + login.email + "; the token is renewed at the next sync"
             : "logged in as " + login.email + ", token until " + to_rfc3339(login.expires);
}

constexpr const char* begin_anew =
    "move the file away; syncctl setup and sync fetch what the server has";

std::string next_of(const Error& error, const char* damaged) {
  return error.code == ErrorCode::store_locked ? "stop other programs and try again" : damaged;
}

std::size_t held_deletes(SqliteDeviceStore& store) {
  std::size_t held = 0;
  for (const RejectedChange& rejected : store.rejected()) {
    held += rejected.error.code == ErrorCode::mass_delete_held ? 1U : 0U;
  }
  return held;
}

}  // namespace

Check check_modes(const Cli& cli) {
  const auto open = open_files(cli.folder);
  if (!open.empty()) {
    std::string names;
    for (const std::string& name : open) names += (names.empty() ? "" : ", ") + name;
    return failure("modes", "others may read " + names, "chmod 600 the files in " + cli.folder,
                   exit_store);
  }
  if (others_may_look(cli.folder)) {
    return warning("modes", "others may look into " + cli.folder, "chmod 700 " + cli.folder);
  }
  return good("modes", "only you may read what is here");
}

Check check_login(const Cli& cli) {
  const auto login = current_login(cli);
  if (!login) return failure("login", login.error(), "syncctl setup writes the file anew");
  if (!*login) return warning("login", "local only: not set up", "syncctl setup joins an account");
  if ((*login)->access_token.empty()) {
    return failure("login", "logged out: edits wait", "syncctl login", exit_auth);
  }
  return good("login", token_text(**login));
}

Check unopened_store(const Error& error) {
  return failure("store", error, next_of(error, begin_anew));
}

Check unread_store(const Error& error) {
  return failure("store", error, next_of(error, rescue));
}

Check check_store(SqliteDeviceStore& store) {
  const auto verdict = store.integrity();
  if (!verdict) return unread_store(verdict.error());
  if (*verdict == "ok") return good("store", "the database is whole");
  return failure("store", *verdict, rescue, exit_store);
}

Check check_queue(SqliteDeviceStore& store) {
  const QueueCounts counts = store.counts();
  const std::size_t held = held_deletes(store);
  const std::size_t open = open_conflicts(store);
  if (const auto read = store.take_error(); !read) return failure("queue", read.error(), rescue);
  if (const std::size_t refused = counts.rejected - held; refused > 0) {
    return warning("queue", counted(refused, "refused change"),
                   "syncctl rejected list");
  }
  if (held > 0) {
    return warning("queue", counted(held, "held delete"),
                   "syncctl rejected list; rejected retry --held confirms them");
  }
  if (open > 0) {
    return warning("queue", counted(open, "open conflict"), "syncctl conflicts list");
  }
  const std::size_t unsent = counts.pending + counts.frozen;
  if (unsent == 0) return good("queue", "nothing waits");
  return warning("queue", counted(unsent, "unsent edit"), "syncctl sync");
}

Check check_lock(const Cli& cli) {
  const auto lock = os::FileLock::take(cli.folder + "/sync.lock");
  if (lock) return good("lock", "no process syncs this folder now");
  if (lock.error().code == ErrorCode::store_locked) {
    return good("lock", "another process syncs this folder");
  }
  return failure("lock", lock.error(), "make the folder writable");
}

}  // namespace studiosync::client
