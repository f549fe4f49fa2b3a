#include "e2e/real/real_server.hpp"

#include <csignal>
#include <filesystem>

#include "e2e/real/server_state.hpp"

namespace studiosync::e2e {
namespace {

namespace fs = std::filesystem;

constexpr Millis command_patience{30'000};

// What is looked at is what happens, not how fast, and nothing may be refused for its rate.
const std::vector<std::string> settings{"auth.bcrypt_cost=4",
                                        "limits.uploads_per_minute=0",
                                        "limits.downloads_per_minute=0",
                                        "limits.conflicts_per_minute=0",
                                        "limits.logins_per_minute=0",
                                        "limits.ws_changes_per_second=0"};

}  // namespace

RealServer::RealServer(const std::string& syncd, const std::string& folder)
    : process_(syncd, folder, settings),
      backup_(folder + "/server.backup"),
      copy_(folder + "/server.copy") {}

Result<> RealServer::start() {
  if (process_.start()) return {};
  return fail(ErrorCode::server_error, "server: syncd did not start");  // its log says why
}

void RealServer::crash() {
  process_.kill_now();
  process_.reap();
  paused_ = false;
}

Result<> RealServer::stop() {
  SS_ASSIGN(const int code, process_.stop());
  if (code != 0) {
    return fail(ErrorCode::server_error, "server: syncd ended with " + std::to_string(code));
  }
  return {};
}

void RealServer::pause() {
  process_.signal(SIGSTOP);
  paused_ = running();
}

void RealServer::resume() {
  if (std::exchange(paused_, false)) process_.signal(SIGCONT);
}

Result<> RealServer::run_syncd(std::vector<std::string> words) const {
  const std::string verb = words.front();
  words.insert(words.begin(), process_.program());
  SS_ASSIGN(auto process, os::ChildProcess::start(words, process_.data() + ".log"));
  SS_ASSIGN(const int code, process.wait(command_patience));
  if (code == 0) return {};
  return fail(ErrorCode::server_error,
              "server: syncd " + verb + " ended with " + std::to_string(code));
}

Result<> RealServer::back_up_to(const std::string& folder) const {
  fs::remove_all(folder);
  return run_syncd({"backup", "--data", process_.data(), "--to", folder});
}

Result<> RealServer::backup() const {
  return back_up_to(backup_);
}

// As docs/OPERATIONS.md has it: the old data folder aside, the copy in its place, and the key,
// which is in no backup.
Result<bool> RealServer::restore() {
  if (!fs::exists(backup_)) return false;
  crash();
  const std::string aside = process_.data() + ".aside";
  fs::remove_all(aside);
  fs::rename(process_.data(), aside);
  SS_TRY(run_syncd({"restore", backup_, "--data", process_.data()}));
  fs::copy_file(aside + "/jwt.key", process_.data() + "/jwt.key");
  return true;
}

Result<std::vector<ServerState>> RealServer::state(const std::set<std::string>& users) const {
  if (running()) SS_TRY(back_up_to(copy_));
  std::vector<ServerState> states;
  for (const std::string& user : users) {
    SS_ASSIGN(ServerState state, server_state(running() ? copy_ : process_.data(), user));
    states.push_back(std::move(state));
  }
  return states;
}

}  // namespace studiosync::e2e
