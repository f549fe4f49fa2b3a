#include "e2e/real/real_device.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>

#include "client/cli/device.hpp"
#include "client/cli/exit_code.hpp"
#include "client/cli/wait_for.hpp"
#include "client/engine/auth_file.hpp"
#include "client/http/http_client.hpp"
#include "client/store/texts.hpp"
#include "core/sync/engine_types.hpp"
#include "e2e/history/device_state.hpp"
#include "os/wall_clock.hpp"

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

// All texts of the databases that the device has set aside.
Result<std::vector<DeviceRecord>> records_aside(const std::string& folder) {
  std::vector<DeviceRecord> aside;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.find(".db.aside-") == std::string::npos || name.find("-wal") != std::string::npos ||
        name.find("-shm") != std::string::npos || name.find(".unfinished") != std::string::npos) {
      continue;
    }
    SS_ASSIGN(auto store, client::open_device_store(entry.path().string(), os::wall_now()));
    for (DeviceRecord& text : client::texts_of(*store)) aside.push_back(std::move(text));
  }
  return aside;
}

}  // namespace

Result<std::unique_ptr<RealDevice>> RealDevice::set_up(const DeviceSpec& spec, const Place& place) {
  SS_ASSIGN(auto proxy, Proxy::start(place.server_port));
  std::unique_ptr<RealDevice> device(
      new RealDevice(spec, Syncctl(place.syncctl, place.folder), std::move(proxy)));
  device->server_port_ = place.server_port;
  device->request_timeout_ = place.request_timeout;
  std::ofstream(password_file(place.folder)) << password;
  SS_TRY(device->join(place.first_of_user));
  SS_TRY(device->begin_stream());
  SS_TRY(device->online());
  return device;
}

std::string RealDevice::server_url() const {
  return "http://127.0.0.1:" + std::to_string(proxy_->port());
}

Result<> RealDevice::join(bool register_account) {
  std::vector<std::string> words{"setup",
                                 "--server",
                                 server_url(),
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

Result<std::unique_ptr<RealDevice>> RealDevice::clone(const std::string& name, RealDevice& original,
                                                      const std::string& folder) {
  SS_TRY(copy_folder(original.syncctl_.folder(), folder));
  DeviceSpec spec = original.spec_;
  spec.name = name;
  SS_ASSIGN(auto proxy, Proxy::start(original.server_port_));
  std::unique_ptr<RealDevice> device(
      new RealDevice(spec, original.syncctl_.in(folder), std::move(proxy)));
  device->server_port_ = original.server_port_;
  device->request_timeout_ = original.request_timeout_;
  std::ofstream(password_file(folder)) << password;
  SS_ASSIGN(auto login, client::load_login(folder));
  if (!login) return fail(ErrorCode::store_error, original.name() + " has no login to clone");
  login->server = device->server_url();
  SS_TRY(client::save_login(folder, *login));
  SS_TRY(device->begin_stream());
  SS_TRY(device->online());
  return device;
}

Result<RealDevice::Store> RealDevice::open() const {
  return client::open_device({syncctl_.folder()});
}

Result<> RealDevice::begin_stream() {
  SS_ASSIGN(const Store store, open());
  stream_.begin(*store);
  return {};
}

Result<> RealDevice::online() {
  if (watch_) return {};
  std::vector<std::string> words{"watch"};
  if (request_timeout_.count > 0) {
    words.insert(words.end(), {"--request-timeout", std::to_string(request_timeout_.count) + "ms"});
  }
  SS_ASSIGN(auto process, syncctl_.start(words));
  // Its first event: from then on it is the one that syncs the folder, and others wait for it.
  SS_ASSIGN(const std::string line, process.read_line(start_patience));
  watch_ = std::move(process);
  take_event(line);
  return {};
}

Result<> RealDevice::offline() {
  if (!watch_) return {};
  resume();
  watch_->signal(SIGTERM);
  SS_ASSIGN(const int code, watch_->wait(stop_patience));
  crash();
  if (code != client::exit_fine) return failed(name(), "watch", code);
  return {};
}

void RealDevice::crash() {
  watch_.reset();
  paused_ = false;
  link_ = to_string(LinkState::stopped);
}

void RealDevice::pause() {
  if (!watch_) return;
  watch_->signal(SIGSTOP);
  paused_ = true;
}

void RealDevice::resume() {
  if (watch_ && std::exchange(paused_, false)) watch_->signal(SIGCONT);
}

void RealDevice::take_event(const std::string& line) {
  const auto event = parse_json(line);
  const Json* state = event ? event->find("state") : nullptr;
  if (state != nullptr) link_ = state->as_string();
}

Result<> RealDevice::take_events() {
  while (watch_) {
    const auto line = watch_->read_line(Millis{0});
    if (line) {
      take_event(*line);
    } else if (line.error().code == ErrorCode::timeout) {
      return {};
    } else {
      const auto code = watch_->wait(stop_patience);
      crash();
      return failed(name(), "watch", code.value_or(-1));
    }
  }
  return {};
}

Result<bool> RealDevice::wait_for_lost_connection(Millis patience) {
  const auto lost = [this] { return link_ != to_string(LinkState::live); };
  const WallTime end = os::wall_now() + patience;
  while (watch_ && !lost() && os::wall_now() < end) {
    const auto line = watch_->read_line(end - os::wall_now());
    if (line) take_event(*line);
    if (!line && line.error().code != ErrorCode::timeout) SS_TRY(take_events());
  }
  return lost();
}

void RealDevice::partition(const std::string& direction) {
  if (direction != "in") proxy_->hold(Way::to_server);
  if (direction != "out") proxy_->hold(Way::to_device);
  partitioned_ = true;
}

void RealDevice::delay(Millis by) {
  proxy_->delay(by);
  delayed_ = by.count > 0;
}

void RealDevice::heal() {
  proxy_->heal();
  partitioned_ = false;
  delayed_ = false;
}

Result<int> RealDevice::run(const std::vector<std::string>& words) {
  SS_ASSIGN(const auto answer, syncctl_.run(words));
  return answer.exit_code;
}

Result<> RealDevice::ask_server(const std::vector<std::string>& words) {
  if (!reaches_server()) return {};
  SS_TRY(run(words));
  return {};
}

Result<> RealDevice::log_in() {
  return ask_server({"login", "--password-file", password_file(syncctl_.folder())});
}

Result<> RealDevice::revoke() {
  SS_ASSIGN(const auto login, client::load_login(syncctl_.folder()));
  if (!login || !reaches_server()) return {};
  SS_ASSIGN(const int code, run({"devices", "revoke", login->device_id}));
  // Who asks once more after an answer that was lost is a stranger already.
  const bool before = revoke_unanswered_ && code == client::exit_auth;
  revoked_ = revoked_ || before || code == client::exit_fine;
  revoke_unanswered_ = code == client::exit_network;
  return {};
}

Result<bool> RealDevice::reset_account() {
  SS_ASSIGN(const auto login, client::load_login(syncctl_.folder()));
  if (!login || !reaches_server()) return false;
  client::HttpClient http(login->server);
  const Json body = Json::object().set("confirm", "delete-all");
  return http.request("POST", "/api/sync/reset", &body, login->access_token).has_value();
}

Result<> RealDevice::confirm_sweep() {
  SS_TRY(offline());
  SS_TRY(ask_server({"sync", "--confirm-sweep", "--timeout", "30s"}));
  return online();
}

Result<os::ChildProcess> RealDevice::start_waiting(Millis patience) {
  return syncctl_.start(
      {"wait", "--until-synced", "--timeout", std::to_string(patience.count) + "ms"});
}

bool RealDevice::has_unsent() {
  const auto store = open();
  if (!store) return false;
  const QueueCounts counts = (*store)->counts();
  return counts.pending + counts.frozen > 0;
}

void RealDevice::wait_until_sending(Millis patience) {
  if (!syncing() || paused_ || link_ != to_string(LinkState::live)) return;
  const auto store = open();
  if (!store) return;
  (void)client::wait_for(patience, [&] {
    const QueueCounts counts = (*store)->counts();
    return counts.pending == 0 || counts.frozen > 0;
  });
}

Result<> RealDevice::backup() {
  const std::string folder = syncctl_.folder();
  return copy_folder(folder, folder + ".backup");
}

Result<bool> RealDevice::restore() {
  const std::string folder = syncctl_.folder();
  if (!fs::exists(folder + ".backup")) return false;
  SS_TRY(copy_folder(folder + ".backup", folder));
  SS_TRY(begin_stream());
  return true;
}

Result<std::vector<Happening>> RealDevice::happened(Doings doings) {
  SS_ASSIGN(const Store store, open());
  return stream_.read(*store, user(), std::move(doings));
}

Result<DeviceState> RealDevice::state() {
  SS_ASSIGN(const Store store, open());
  DeviceState state = device_state(*store);
  state.user = user();
  state.link = link_;
  state.synced =
      link_ == to_string(LinkState::live) && state.queue.pending + state.queue.frozen == 0;
  SS_ASSIGN(state.aside, records_aside(syncctl_.folder()));
  return state;
}

}  // namespace studiosync::e2e
