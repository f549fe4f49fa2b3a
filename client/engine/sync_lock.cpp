#include "client/engine/sync_lock.hpp"

#include "core/base/json.hpp"

namespace studiosync::client {
namespace {

std::string path_in(const std::string& folder) {
  return folder + "/sync.lock";
}

std::string text_of(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  return value != nullptr && value->is_string() ? value->as_string() : std::string();
}

LinkState state_from(std::string_view name) {
  for (auto state = LinkState::stopped; state <= LinkState::halted;
       state = static_cast<LinkState>(static_cast<int>(state) + 1)) {
    if (to_string(state) == name) return state;
  }
  return LinkState::stopped;
}

}  // namespace

Result<SyncLock> SyncLock::take(const std::string& folder) {
  SS_ASSIGN(os::FileLock lock, os::FileLock::take(path_in(folder)));
  return SyncLock(std::move(lock));
}

void SyncLock::tell(const EngineStatus& status) {
  Json line = Json::object().set("state", to_string(status.state));
  if (status.last_error && status.state != LinkState::live) {
    line.set("code", to_string(status.last_error->code));
    line.set("message", status.last_error->message);
  }
  std::string text = line.dump();
  if (text == told_) return;
  lock_.tell(text);
  told_ = std::move(text);
}

std::optional<SyncingProcess> syncing_process(const std::string& folder) {
  const auto lock = os::FileLock::take(path_in(folder));
  if (lock || lock.error().code != ErrorCode::store_locked) return std::nullopt;
  SyncingProcess process;
  const auto line = parse_json(os::FileLock::told(path_in(folder)));
  if (!line || !line->is_object()) return process;
  process.state = state_from(text_of(*line, "state"));
  if (const std::string code = text_of(*line, "code"); !code.empty()) {
    process.error = {.code = error_code_from(code), .message = text_of(*line, "message")};
  }
  return process;
}

}  // namespace studiosync::client
