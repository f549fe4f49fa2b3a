#include "e2e/real/real_world.hpp"

#include <csignal>
#include <filesystem>
#include <memory>
#include <set>

#include "e2e/process/server_process.hpp"
#include "e2e/real/real_device.hpp"
#include "e2e/real/server_state.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::e2e {
namespace {

namespace fs = std::filesystem;

// What is measured is what happens, not how fast, and nothing may be refused for its rate.
const std::vector<std::string> server_settings{"auth.bcrypt_cost=4",
                                               "limits.uploads_per_minute=0",
                                               "limits.downloads_per_minute=0",
                                               "limits.conflicts_per_minute=0",
                                               "limits.logins_per_minute=0",
                                               "limits.ws_changes_per_second=0"};

// Everybody settles what is theirs, then everybody reads what the others settled; what comes of
// that (a refused change that is pushed again) is settled in a third round.
constexpr int settle_rounds = 3;

class RealWorld {
 public:
  RealWorld(const Scenario& scenario, const RealOptions& options)
      : scenario_(scenario),
        options_(options),
        server_(options.programs + "/syncd", options.folder, server_settings) {}

  Result<RealRun> run() {
    SS_TRY(server_.start());
    note("server", {.what = Turned::What::started});
    for (const DeviceSpec& spec : scenario_.devices) SS_TRY(add_device(spec));
    for (const Step& step : scenario_.steps) SS_TRY(perform(step));
    SS_TRY(heal_everything());
    SS_TRY(settle(everybody()));
    SS_TRY(write_states());
    return std::move(run_);
  }

 private:
  using Devices = std::vector<RealDevice*>;

  void note(const std::string& lane, Happening what) {
    run_.history.push_back({run_.history.size(), os::wall_now(), lane, std::move(what)});
  }
  void note(const std::string& lane, Turned turned) { note(lane, Happening(std::move(turned))); }

  Result<> add_device(const DeviceSpec& spec) {
    const std::string folder = options_.folder + "/" + spec.name;
    fs::create_directory(folder);
    SS_ASSIGN(auto device,
              RealDevice::set_up(spec, {.syncctl = options_.programs + "/syncctl",
                                        .folder = folder,
                                        .server_port = server_.port(),
                                        .first_of_user = users_.insert(spec.user).second}));
    devices_.push_back(std::move(device));
    note(spec.name, {.what = Turned::What::started, .user = spec.user});
    return {};
  }

  // The one that a step names; all where it names none.
  Devices named(const Step& step) {
    Devices found;
    for (const auto& device : devices_) {
      if (step.device.empty() || device->name() == step.device) found.push_back(device.get());
    }
    return found;
  }
  Devices everybody() { return named({}); }

  Result<> perform(const Step& step) {
    if (belongs_to_server(step.what)) return perform_on_server(step);
    if (step.what == Do::settle) return settle(those_that_can());
    for (RealDevice* device : named(step)) SS_TRY(perform_on(*device, step));
    return {};
  }

  static bool belongs_to_server(Do what) {
    switch (what) {
      case Do::server_crash:
      case Do::server_start:
      case Do::server_backup:
      case Do::server_restore:
      case Do::server_drain:
        return true;
      default:
        return false;
    }
  }

  Result<> perform_on_server(const Step& step) {
    switch (step.what) {
      case Do::server_crash:
        server_.kill_now();
        server_.reap();
        note("server", {.what = Turned::What::crashed});
        return {};
      case Do::server_start:
        return start_server();
      case Do::server_backup:
        return back_up_server();
      case Do::server_restore:
        return restore_server();
      default:
        SS_TRY(server_.stop());
        note("server", {.what = Turned::What::stopped});
        return start_server();
    }
  }

  Result<> start_server() {
    if (server_.running()) return {};
    SS_TRY(server_.start());
    note("server", {.what = Turned::What::started});
    return {};
  }

  std::string backup_folder() const { return options_.folder + "/server.backup"; }

  Result<> back_up_server() {
    if (!server_.running()) return {};
    fs::remove_all(backup_folder());
    SS_ASSIGN(auto process, os::ChildProcess::start({server_.program(), "backup", "--data",
                                                     server_.data(), "--to", backup_folder()}));
    SS_ASSIGN(const int code, process.wait(options_.patience));
    if (code != 0) return fail(ErrorCode::server_error, "syncd backup failed");
    note("server", {.what = Turned::What::backed_up});
    return {};
  }

  Result<> restore_server() {
    if (!fs::exists(backup_folder())) return {};
    server_.kill_now();
    server_.reap();
    fs::remove_all(server_.data());
    fs::copy(backup_folder(), server_.data(), fs::copy_options::recursive);
    note("server", {.what = Turned::What::restored});
    return start_server();
  }

  Result<> perform_on(RealDevice& device, const Step& step) {
    switch (step.what) {
      case Do::put:
        return edit(device, device.put(step.type, step.id, step.data));
      case Do::remove:
        return edit(device, device.remove(step.type, step.id));
      case Do::resolve:
        return device.resolve(step.type, step.id, step.text);
      case Do::retry_rejected:
        return device.retry_rejected();
      case Do::discard_rejected:
        return device.discard_rejected();
      case Do::policy:
        return ignore(device.run({"policy", std::string(to_string(step.type)), step.text}));
      case Do::confirm:
        SS_TRY(device.offline());
        SS_TRY(device.run({"sync", "--confirm-sweep", "--timeout", "30s"}));
        return device.online();
      case Do::online:
      case Do::start:
        return device.online();
      case Do::offline:
        return device.offline();
      case Do::crash:
        device.crash();
        note(device.name(), {.what = Turned::What::crashed, .user = device.user()});
        return {};
      case Do::backup:
        note(device.name(), {.what = Turned::What::backed_up, .user = device.user()});
        return device.backup();
      case Do::restore:
        SS_TRY(device.restore());
        note(device.name(), {.what = Turned::What::restored, .user = device.user()});
        return {};
      case Do::clone:
        return clone(device, step.text);
      case Do::login:
        return device.log_in();
      case Do::slow:
        step.ms.count > 0 ? device.pause() : device.resume();
        return {};
      default:
        return disturb(device, step);
    }
  }

  Result<> disturb(RealDevice& device, const Step& step) {
    Proxy& proxy = device.proxy();
    switch (step.what) {
      case Do::partition:
        if (step.text != "in") proxy.hold(Way::to_server);
        if (step.text != "out") proxy.hold(Way::to_device);
        note(device.name(), {.what = Turned::What::partitioned, .detail = step.text});
        return {};
      case Do::heal:
        proxy.heal();
        note(device.name(), {.what = Turned::What::healed});
        return {};
      case Do::cut:
        proxy.cut_after(step.text == "down" ? Way::to_device : Way::to_server,
                        static_cast<std::size_t>(step.number));
        return {};
      case Do::delay:
        proxy.delay(step.ms);
        return {};
      default:
        run_.skipped.push_back(std::string(to_string(step.what)) + " of " + device.name());
        return {};
    }
  }

  static Result<> ignore(const Result<int>& ran) {
    if (!ran) return Unexpected(ran.error());
    return {};
  }

  Result<> edit(const RealDevice& device, Result<std::vector<Edited>> edits) {
    if (!edits) return Unexpected(std::move(edits).error());
    for (Edited& edited : *edits) note(device.name(), Happening(std::move(edited)));
    return {};
  }

  Result<> clone(RealDevice& original, const std::string& name) {
    SS_ASSIGN(auto device, RealDevice::clone(name, original, options_.folder + "/" + name));
    note(name, {.what = Turned::What::cloned, .user = original.user(), .detail = original.name()});
    devices_.push_back(std::move(device));
    return {};
  }

  // Who has a way to a server that runs.
  Devices those_that_can() {
    Devices able;
    for (RealDevice* device : everybody()) {
      if (server_.running() && device->syncing()) able.push_back(device);
    }
    return able;
  }

  Result<> settle(const Devices& devices) {
    for (int round = 0; round < settle_rounds; ++round) {
      for (RealDevice* device : devices) SS_TRY(device->wait_synced(options_.patience));
    }
    return {};
  }

  Result<> heal_everything() {
    SS_TRY(start_server());
    for (RealDevice* device : everybody()) {
      device->proxy().heal();
      device->resume();
      SS_TRY(device->online());
    }
    return {};
  }

  // The server's data is read from its files, so it stops first.
  Result<> write_states() {
    for (RealDevice* device : everybody()) {
      SS_ASSIGN(DeviceState state, device->state());
      note(device->name(), Happening(std::move(state)));
    }
    for (RealDevice* device : everybody()) SS_TRY(device->offline());
    SS_TRY(server_.stop());
    for (const std::string& user : users_) {
      SS_ASSIGN(ServerState state, server_state(server_.data(), user));
      note("server", Happening(std::move(state)));
    }
    return {};
  }

  const Scenario& scenario_;
  const RealOptions& options_;
  ServerProcess server_;
  std::vector<std::unique_ptr<RealDevice>> devices_;
  std::set<std::string> users_;
  RealRun run_;
};

}  // namespace

Result<RealRun> run_real(const Scenario& scenario, const RealOptions& options) {
  return RealWorld(scenario, options).run();
}

}  // namespace studiosync::e2e
