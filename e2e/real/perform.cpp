// The steps of a scenario, as real processes perform them.
#include <utility>

#include "e2e/real/real_world.hpp"

namespace studiosync::e2e {
namespace {

// In the simulation, where nothing disturbs.
constexpr Millis time_to_sync{1'000};

bool belongs_to_server(Do what) {
  switch (what) {
    case Do::server_crash:
    case Do::server_start:
    case Do::server_backup:
    case Do::server_restore:
    case Do::server_drain:
    case Do::server_pause:
    case Do::server_resume:
      return true;
    default:
      return false;
  }
}

}  // namespace

// What a time like this is enough for happens before the next step: those that have a way settle,
// those that are cut off have begun to send.
Result<> RealWorld::pass_time(const Step& next) {
  const Millis at = step_ == 0 ? Millis{} : scenario_.steps[step_ - 1].at;
  if (options_.hit_traffic || next.at.count - at.count < time_to_sync.count) return {};
  Devices quick = those_that_can();
  std::erase_if(quick, [](const RealDevice* device) { return device->delayed(); });
  for (RealDevice* device : everybody()) {
    if (device->partitioned()) device->wait_until_sending(time_to_sync);
  }
  return settle_once(quick);
}

Result<> RealWorld::perform(const Step& step) {
  SS_TRY(pass_time(step));
  if (run_.left_out.steps.contains(step_)) return {};
  if (belongs_to_server(step.what)) return perform_on_server(step);
  if (step.what == Do::settle) return settle(those_that_can());
  if (step.what == Do::expect) return expect(step);
  for (RealDevice* device : named(step)) SS_TRY(perform_on(*device, step));
  return {};
}

Result<> RealWorld::perform_on_server(const Step& step) {
  switch (step.what) {
    case Do::server_crash:
      await_traffic(nullptr);
      server_.crash();
      note_turn("server", Turned::What::crashed);
      return {};
    case Do::server_start:
      return start_server();
    case Do::server_backup:
      if (!server_.running()) return {};
      SS_TRY(server_.backup());
      note_turn("server", Turned::What::backed_up);
      return {};
    case Do::server_restore: {
      SS_ASSIGN(const bool restored, server_.restore());
      restored_ = restored_ || restored;
      if (restored) note_turn("server", Turned::What::restored);
      return start_server();
    }
    case Do::server_pause:
      await_traffic(nullptr);
      server_.pause();
      return {};
    case Do::server_resume:
      server_.resume();
      return {};
    default:
      await_traffic(nullptr);
      server_.resume();
      SS_TRY(server_.stop());
      note_turn("server", Turned::What::stopped);
      return start_server();
  }
}

Result<> RealWorld::start_server() {
  server_.resume();
  if (server_.running()) return {};
  SS_TRY(server_.start());
  note_turn("server", Turned::What::started);
  return {};
}

Result<> RealWorld::perform_on(RealDevice& device, const Step& step) {
  switch (step.what) {
    case Do::put:
    case Do::remove:
    case Do::retry_rejected:
    case Do::discard_rejected:
      return edit(device, step);
    case Do::resolve:
    case Do::policy:
    case Do::confirm:
    case Do::login:
    case Do::revoke:
    case Do::reset:
      return decide(device, step);
    case Do::partition:
    case Do::heal:
    case Do::cut:
    case Do::delay:
    case Do::slow:
      return disturb(device, step);
    default:
      return live(device, step);
  }
}

Result<> RealWorld::edit(RealDevice& device, const Step& step) {
  RealDevice::Doings doings;
  if (step.what == Do::put) {
    SS_ASSIGN(doings, device.put(step.type, step.id, step.data));
  } else if (step.what == Do::remove) {
    SS_ASSIGN(doings, device.remove(step.type, step.id));
  } else if (step.what == Do::discard_rejected) {
    SS_ASSIGN(doings, device.discard_rejected());
  } else {
    SS_ASSIGN(doings, device.retry_rejected());
  }
  return note_happened(device, std::move(doings));
}

Result<> RealWorld::decide(RealDevice& device, const Step& step) {
  if (!server_.answers()) return {};
  switch (step.what) {
    case Do::resolve:
      return device.resolve(step.type, step.id, step.text);
    case Do::policy:
      return device.ask_server({"policy", std::string(to_string(step.type)), step.text});
    case Do::confirm:
      return device.confirm_sweep();
    case Do::login:
      return device.log_in();
    case Do::revoke:
      return revoke(device);
    default:
      return reset(device);
  }
}

Result<> RealWorld::revoke(RealDevice& device) {
  SS_TRY(device.revoke());
  if (device.revoked()) note_turn(device.name(), Turned::What::revoked, device.user());
  return {};
}

Result<> RealWorld::live(RealDevice& device, const Step& step) {
  switch (step.what) {
    case Do::online:
    case Do::start:
      return bring_online(device);
    case Do::offline:
      if (!device.syncing()) return {};
      SS_TRY(device.offline());
      note_turn(device.name(), Turned::What::stopped, device.user());
      return {};
    case Do::crash:
      await_traffic(&device);
      device.crash();
      SS_TRY(note_happened(device));
      note_turn(device.name(), Turned::What::crashed, device.user());
      return {};
    case Do::backup:
      return at_rest(device, [&]() -> Result<> {
        SS_TRY(device.backup());
        note_turn(device.name(), Turned::What::backed_up, device.user());
        return {};
      });
    case Do::restore:
      return at_rest(device, [&]() -> Result<> {
        SS_ASSIGN(const bool restored, device.restore());
        if (restored) note_turn(device.name(), Turned::What::restored, device.user());
        return {};
      });
    default:
      return clone(device, step.text);
  }
}

Result<> RealWorld::disturb(RealDevice& device, const Step& step) {
  switch (step.what) {
    case Do::partition:
      await_traffic(&device);
      device.partition(step.text);
      note_turn("network", Turned::What::partitioned, {}, device.name());
      return {};
    case Do::heal:
      return heal(device);
    case Do::cut:
      device.proxy().cut_after(step.text == "down" ? Way::to_device : Way::to_server,
                               static_cast<std::size_t>(step.number));
      return {};
    case Do::slow:
      if (step.ms.count > 0) await_traffic(&device);
      step.ms.count > 0 ? device.pause() : device.resume();
      return {};
    default:
      device.delay(step.ms);
      return {};
  }
}

Result<> RealWorld::heal(RealDevice& device) {
  const bool until_noticed = options_.hit_traffic && random_.below(2) == 0;
  if (until_noticed && device.partitioned() && device.has_unsent()) {
    SS_TRY(device.wait_for_lost_connection(options_.request_timeout + options_.request_timeout));
  }
  device.heal();
  note_turn("network", Turned::What::healed, {}, device.name());
  return {};
}

Result<> RealWorld::at_rest(RealDevice& device, const std::function<Result<>()>& work) {
  const bool was_syncing = device.syncing();
  SS_TRY(device.offline());
  SS_TRY(note_happened(device));
  SS_TRY(work());
  return was_syncing ? device.online() : Result<>();
}

Result<> RealWorld::clone(RealDevice& device, const std::string& name) {
  if (!named({.device = name}).empty()) return {};
  return at_rest(device, [&]() -> Result<> {
    SS_ASSIGN(auto twin, RealDevice::clone(name, device, options_.folder + "/" + name));
    note_turn(name, Turned::What::cloned, device.user(), device.name());
    devices_.push_back(std::move(twin));
    return {};
  });
}

Result<> RealWorld::reset(RealDevice& device) {
  SS_ASSIGN(const bool done, device.reset_account());
  if (done) note_turn("server", Turned::What::reset, device.user());
  return {};
}

Result<> RealWorld::expect(const Step& step) {
  std::string text;
  if (step.device.empty()) {
    SS_ASSIGN(const auto states, server_.state(users_));
    text = mismatch(step, states);
  } else {
    for (RealDevice* device : named(step)) {
      SS_ASSIGN(const DeviceState state, device->state());
      text = mismatch(step, state);
    }
  }
  ++run_.judged;
  if (!text.empty()) run_.unmet.push_back({step_, std::move(text), run_.history.size() - 1});
  return {};
}

}  // namespace studiosync::e2e
