#include "e2e/real/real_world.hpp"

#include <algorithm>
#include <filesystem>

#include "client/cli/exit_code.hpp"
#include "core/sync/engine_types.hpp"
#include "e2e/process/end_of_log.hpp"
#include "e2e/real/leaks.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::e2e {
namespace {

// Everybody settles what is theirs, then everybody reads what the others settled; what comes of
// that (a refused change that is pushed again) is settled in a third round.
constexpr int settle_rounds = 3;
constexpr Millis glance{50};
// Of a command, beyond the patience that it was given.
constexpr Millis end_patience{10'000};

// About a push with its answer, or a handshake.
constexpr std::uint64_t traffic_bytes_max = 4'000;
// A little longer than a syncing process takes to notice an edit of another one.
constexpr Millis traffic_patience{300};

bool is_settled(int code) {
  return code == client::exit_fine || code == client::exit_conflicts ||
         code == client::exit_rejected;
}

bool is_halted(const RealDevice& device) {
  return device.link() == to_string(LinkState::halted);
}

}  // namespace

RealWorld::RealWorld(const Scenario& scenario, const RealOptions& options)
    : scenario_(scenario),
      options_(options),
      random_(scenario.seed),
      server_(options.programs + "/syncd", options.folder) {
  run_.left_out = left_out_of(scenario);
}

RealRun RealWorld::run() {
  if (const auto done = run_all(); !done) run_.failures.push_back(failure_of(done.error()));
  return std::move(run_);
}

bool RealWorld::is_lane(const std::string& name) const {
  const auto is_clone = [&](const Step& step) {
    return step.what == Do::clone && step.text == name;
  };
  return name == "server" || std::ranges::count(scenario_.devices, name, &DeviceSpec::name) > 0 ||
         std::ranges::any_of(scenario_.steps, is_clone);
}

// Where an error says whose it is, that is in front of its colon.
RealFailure RealWorld::failure_of(const Error& error) const {
  const auto colon = error.message.find(": ");
  const bool named = colon != std::string::npos && is_lane(error.message.substr(0, colon));
  RealFailure failure{.lane = named ? error.message.substr(0, colon) : busy_,
                      .message = named ? error.message.substr(colon + 2) : error.message};
  const std::string log =
      options_.folder + "/" + (failure.lane == "server" ? "syncd" : failure.lane);
  failure.message += "; " + end_of_log(log + ".log");
  return failure;
}

Result<> RealWorld::run_all() {
  SS_TRY(start_server());
  for (const DeviceSpec& spec : scenario_.devices) {
    busy_ = spec.name;
    SS_TRY(add_device(spec));
  }
  run_.began = true;
  for (step_ = 0; step_ < scenario_.steps.size(); ++step_) {
    const Step& step = scenario_.steps[step_];
    busy_ = step.device.empty() ? "server" : step.device;
    SS_TRY(perform(step));
    SS_TRY(take_events());
  }
  SS_TRY(heal_everything());
  return write_states();
}

void RealWorld::note(const std::string& lane, Happening what) {
  run_.history.push_back({run_.history.size(), os::wall_now(), lane, std::move(what)});
}

void RealWorld::note_turn(const std::string& lane, Turned::What what, const std::string& user,
                          const std::string& detail) {
  note(lane, Turned{.what = what, .user = user, .detail = detail});
}

Result<> RealWorld::note_happened(RealDevice& device, RealDevice::Doings doings) {
  SS_ASSIGN(auto happened, device.happened(std::move(doings)));
  for (Happening& what : happened) note(device.name(), std::move(what));
  return {};
}

Result<> RealWorld::add_device(const DeviceSpec& spec) {
  const std::string folder = options_.folder + "/" + spec.name;
  std::filesystem::create_directory(folder);
  SS_ASSIGN(auto device, RealDevice::set_up(spec, {.syncctl = options_.programs + "/syncctl",
                                                   .folder = folder,
                                                   .server_port = server_.port(),
                                                   .first_of_user = users_.insert(spec.user).second,
                                                   .request_timeout = options_.request_timeout}));
  devices_.push_back(std::move(device));
  note_turn(spec.name, Turned::What::started, spec.user);
  return {};
}

Result<> RealWorld::bring_online(RealDevice& device) {
  if (device.syncing()) return {};
  SS_TRY(device.online());
  note_turn(device.name(), Turned::What::started, device.user());
  return {};
}

RealWorld::Devices RealWorld::named(const Step& step) {
  Devices found;
  for (const auto& device : devices_) {
    if (step.device.empty() || device->name() == step.device) found.push_back(device.get());
  }
  return found;
}

Result<> RealWorld::take_events() {
  for (const auto& device : devices_) {
    SS_TRY(device->take_events());
    SS_TRY(note_happened(*device));
  }
  return {};
}

bool RealWorld::can_send(RealDevice& device) {
  return server_.answers() && device.syncing() && device.reaches_server() && device.has_unsent();
}

void RealWorld::await_traffic(RealDevice* device) {
  if (!options_.hit_traffic) return;
  const std::size_t bytes = 1 + random_.below(traffic_bytes_max);
  const Devices all = device != nullptr ? Devices{device} : everybody();
  const auto sender = std::ranges::find_if(all, [&](auto* one) { return can_send(*one); });
  if (sender != all.end()) (*sender)->proxy().wait_for_traffic(bytes, traffic_patience);
}

// Who has a way to a server that runs.
RealWorld::Devices RealWorld::those_that_can() {
  Devices able;
  for (RealDevice* device : everybody()) {
    const bool can = server_.answers() && device->syncing() && device->reaches_server();
    if (can && !device->revoked()) able.push_back(device);
  }
  return able;
}

Result<> RealWorld::settle(const Devices& devices) {
  for (int round = 0; round < settle_rounds; ++round) SS_TRY(settle_once(devices));
  return {};
}

Result<> RealWorld::settle_once(const Devices& devices) {
  std::vector<os::ChildProcess> waiting;
  for (RealDevice* device : devices) {
    SS_ASSIGN(auto process, device->start_waiting(options_.patience));
    waiting.push_back(std::move(process));
  }
  for (std::size_t i = 0; i < devices.size(); ++i) SS_TRY(wait_settled(*devices[i], waiting[i]));
  return {};
}

// A device that asks or is refused does not come into sync by waiting.
Result<> RealWorld::wait_settled(RealDevice& device, os::ChildProcess& waiting) {
  const WallTime end = os::wall_now() + options_.patience + end_patience;
  while (os::wall_now() < end && !is_halted(device)) {
    const auto code = waiting.wait(glance);
    SS_TRY(take_events());
    if (code && is_settled(*code)) return {};
    if (code) {
      return fail(ErrorCode::server_error, device.name() + ": not in sync; its link is " +
                                               device.link() + ", syncctl wait ended with " +
                                               std::to_string(*code));
    }
  }
  if (is_halted(device)) return {};
  return fail(ErrorCode::timeout, device.name() + ": syncctl wait hangs");
}

Result<> RealWorld::heal_everything() {
  SS_TRY(start_server());
  for (RealDevice* device : everybody()) {
    device->heal();
    device->proxy().leave_alone();
    device->resume();
    if (device->revoke_unanswered()) SS_TRY(revoke(*device));
    // A session that is younger than the backup is gone; its user is told to log in again.
    if (restored_ && !device->revoked()) SS_TRY(device->log_in());
    if (!device->revoked()) SS_TRY(bring_online(*device));
    note_turn("network", Turned::What::healed, {}, device->name());
  }
  SS_TRY(settle(those_that_can()));
  bool confirmed = false;
  for (RealDevice* device : those_that_can()) {
    if (!is_halted(*device)) continue;
    SS_TRY(device->confirm_sweep());
    confirmed = true;
  }
  return confirmed ? settle(those_that_can()) : Result<>();
}

Result<> RealWorld::write_states() {
  for (RealDevice* device : everybody()) {
    SS_TRY(note_happened(*device));
    SS_ASSIGN(DeviceState state, device->state());
    note(device->name(), std::move(state));
  }
  for (RealDevice* device : everybody()) SS_TRY(device->offline());
  SS_TRY(server_.stop());
  SS_ASSIGN(std::vector<ServerState> states, server_.state(users_));
  for (ServerState& state : states) note("server", std::move(state));
  for (Leaked& leak : leaks_in(options_.folder)) note("server", std::move(leak));
  return {};
}

RealRun run_real(const Scenario& scenario, const RealOptions& options) {
  return RealWorld(scenario, options).run();
}

}  // namespace studiosync::e2e
