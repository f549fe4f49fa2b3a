#include "e2e/real/real_device.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>

#include "client/cli/device.hpp"
#include "client/cli/exit_code.hpp"
#include "core/protocol/codec.hpp"
#include "e2e/history/device_state.hpp"
#include "e2e/history/user_edit.hpp"

namespace studiosync::e2e {
namespace {

namespace fs = std::filesystem;

constexpr Millis start_patience{20'000};
constexpr Millis stop_patience{20'000};
constexpr const char* password = "correct horse battery staple";

std::string password_file(const std::string& folder) {
  return folder + ".password";
}

Unexpected failed(const std::string& device, const std::string& what, int code) {
  return fail(ErrorCode::server_error,
              device + ": syncctl " + what + " ended with " + std::to_string(code));
}

// Whole folders, databases with their logs.
Result<> copy_folder(const std::string& from, const std::string& to) {
  std::error_code error;
  fs::remove_all(to, error);
  fs::copy(from, to, fs::copy_options::recursive, error);
  if (error) return fail(ErrorCode::store_error, "copying " + from + ": " + error.message());
  return {};
}

}  // namespace

Result<std::unique_ptr<RealDevice>> RealDevice::set_up(const DeviceSpec& spec, const Place& place) {
  SS_ASSIGN(auto proxy, Proxy::start(place.server_port));
  std::unique_ptr<RealDevice> device(
      new RealDevice(spec, Syncctl(place.syncctl, place.folder), std::move(proxy)));
  device->server_port_ = place.server_port;
  std::ofstream(password_file(place.folder)) << password;
  SS_TRY(device->join(place.first_of_user));
  SS_TRY(device->online());
  return device;
}

Result<> RealDevice::join(bool register_account) {
  std::vector<std::string> words{"setup",
                                 "--server",
                                 "http://127.0.0.1:" + std::to_string(proxy_->port()),
                                 "--email",
                                 spec_.user + "@example.test",
                                 "--password-file",
                                 password_file(syncctl_.folder()),
                                 "--device-name",
                                 spec_.name};
  if (register_account) words.insert(words.end(), {"--register", "--username", spec_.user});
  SS_ASSIGN(const int code, run(words));
  if (code != client::exit_fine) return failed(name(), "setup", code);
  return {};
}

// The login names its server, so the clone shares the original's proxy: one network for both.
Result<std::unique_ptr<RealDevice>> RealDevice::clone(const std::string& name, RealDevice& original,
                                                      const std::string& folder) {
  SS_TRY(original.with_folder_at_rest(
      [&] { return copy_folder(original.syncctl_.folder(), folder); }));
  DeviceSpec spec = original.spec_;
  spec.name = name;
  SS_ASSIGN(auto proxy, Proxy::start(original.server_port_));
  std::unique_ptr<RealDevice> device(
      new RealDevice(spec, original.syncctl_.in(folder), std::move(proxy)));
  SS_TRY(device->online());
  return device;
}

Result<> RealDevice::online() {
  if (watch_) return {};
  SS_ASSIGN(auto process, syncctl_.start({"watch"}));
  // Its first event: from then on it is the one that syncs the folder, and others wait for it.
  SS_TRY(process.read_line(start_patience));
  watch_ = std::move(process);
  return {};
}

Result<> RealDevice::offline() {
  if (!watch_) return {};
  resume();
  watch_->signal(SIGTERM);
  SS_ASSIGN(const int code, watch_->wait(stop_patience));
  watch_.reset();
  if (code != client::exit_fine) return failed(name(), "watch", code);
  return {};
}

void RealDevice::crash() {
  watch_.reset();
  paused_ = false;
}

void RealDevice::pause() {
  if (!watch_) return;
  watch_->signal(SIGSTOP);
  paused_ = true;
}

void RealDevice::resume() {
  if (watch_ && std::exchange(paused_, false)) watch_->signal(SIGCONT);
}

// Nobody else reads what the process says, and it would stop at a full pipe.
void RealDevice::drain_events() {
  while (watch_ && watch_->read_line(Millis{0})) continue;
}

Result<int> RealDevice::run(const std::vector<std::string>& words) {
  drain_events();
  SS_ASSIGN(const auto answer, syncctl_.run(words));
  return answer.exit_code;
}

Result<std::string> RealDevice::shown(EntityType type, const std::string& id) {
  SS_ASSIGN(auto store, client::open_device({syncctl_.folder()}));
  return store->find(type, id).value_or(DeviceRecord{}).content;
}

Result<std::vector<Edited>> RealDevice::put(EntityType type, const std::string& id,
                                            const Json& data) {
  SS_ASSIGN(const std::string before, shown(type, id));
  const Json whole = edited_data(before, data);
  SS_ASSIGN(const auto answer,
            syncctl_.run({"put", std::string(to_string(type)), id, "--json", whole.dump()}));
  if (answer.exit_code != client::exit_fine) return std::vector<Edited>();
  const Json* given = answer.lines.empty() ? nullptr : answer.lines.back().find("id");
  const Json* local = answer.lines.empty() ? nullptr : answer.lines.back().find("local_only");
  if (given == nullptr || local == nullptr) return failed(name(), "put", answer.exit_code);
  Edited edited{.user = user(), .type = type, .id = given->as_string()};
  edited.local_only = local->as_bool();
  edited.before = edited.id == id ? before : std::string();
  edited.after = whole.canonical();
  return std::vector<Edited>{std::move(edited)};
}

Result<std::vector<Edited>> RealDevice::remove(EntityType type, const std::string& id) {
  std::vector<Edited> edits;
  {
    SS_ASSIGN(auto store, client::open_device({syncctl_.folder()}));
    edits = deletions(*store, type, id);
  }
  SS_ASSIGN(const int code, run({"delete", std::string(to_string(type)), id}));
  if (code != client::exit_fine) return std::vector<Edited>();
  for (Edited& edited : edits) edited.user = user();
  return edits;
}

Result<> RealDevice::resolve(EntityType type, const std::string& id, const std::string& choice) {
  std::optional<ConflictView> oldest;
  SS_ASSIGN(const DeviceState now, state());
  for (const DeviceRecord& record : now.records) {
    if (record.type != EntityType::conflict) continue;
    auto view = conflict_from_content(record.id, record.content);
    if (!view || view->resolved) continue;
    if (!id.empty() && (view->conflict.type != type || view->conflict.item_id != id)) continue;
    if (!oldest || view->detected_at < oldest->detected_at) oldest = std::move(*view);
  }
  if (!oldest) return {};
  // A refusal (moved meanwhile) leaves it open, as it would for a person.
  SS_TRY(run({"conflicts", "resolve", oldest->conflict.id, "--choose", choice}));
  return {};
}

Result<> RealDevice::each_rejected(const std::string& verb) {
  SS_ASSIGN(const DeviceState now, state());
  for (const RejectedChange& rejected : now.rejected) {
    SS_TRY(run({"rejected", verb, to_string(rejected.change.change)}));
  }
  return {};
}

Result<> RealDevice::retry_rejected() {
  return each_rejected("retry");
}

Result<> RealDevice::discard_rejected() {
  return each_rejected("discard");
}

Result<> RealDevice::log_in() {
  SS_TRY(run({"login", "--password-file", password_file(syncctl_.folder())}));
  return {};
}

Result<> RealDevice::wait_synced(Millis patience) {
  SS_ASSIGN(const int code,
            run({"wait", "--until-synced", "--timeout", std::to_string(patience.count) + "ms"}));
  const bool settled =
      code == client::exit_fine || code == client::exit_conflicts || code == client::exit_rejected;
  if (!settled) return failed(name(), "wait", code);
  return {};
}

Result<> RealDevice::with_folder_at_rest(const std::function<Result<>()>& work) {
  const bool was_syncing = syncing();
  SS_TRY(offline());
  SS_TRY(work());
  return was_syncing ? online() : Result<>();
}

Result<> RealDevice::backup() {
  const std::string folder = syncctl_.folder();
  return with_folder_at_rest([&] { return copy_folder(folder, folder + ".backup"); });
}

Result<> RealDevice::restore() {
  const std::string folder = syncctl_.folder();
  if (!fs::exists(folder + ".backup")) return {};
  return with_folder_at_rest([&] { return copy_folder(folder + ".backup", folder); });
}

Result<DeviceState> RealDevice::state() {
  SS_ASSIGN(auto store, client::open_device({syncctl_.folder()}));
  DeviceState state = device_state(*store);
  state.user = user();
  state.synced = state.queue.pending + state.queue.frozen == 0;
  state.link = std::string(to_string(syncing() ? LinkState::live : LinkState::stopped));
  return state;
}

}  // namespace studiosync::e2e
