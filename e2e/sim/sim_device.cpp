#include "e2e/sim/sim_device.hpp"

#include <algorithm>
#include <utility>

#include "core/base/check.hpp"
#include "core/protocol/codec.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::uint64_t refresh_ms_max = 500;
constexpr Millis answer_takes{1'000};
// Short pages, so that what a device missed takes several of them.
constexpr EngineOptions short_pages{.page_rows = 8};

}  // namespace

SimDevice::SimDevice(const Parts& parts, const DeviceSpec& spec,
                     std::unique_ptr<DeviceStorage> storage)
    : parts_(parts),
      spec_(spec),
      device_{"device-" + (spec.beside.empty() ? spec.name : spec.beside)},
      random_(parts.seed),
      storage_(std::move(storage)),
      path_(parts.network.add(*this, spec.name, parts.encoding)),
      watch_(parts.recorder, spec.name, spec.user),
      skew_(spec.skew),
      token_(parts.gate.log_in(spec.user, device_)) {
  set_up();
  boot();
}

SimDevice::SimDevice(const Parts& parts, const std::string& name, SimDevice& original)
    : parts_(parts),
      spec_(original.spec_),
      device_(original.device_),
      random_(parts.seed),
      storage_(original.storage_->clone()),
      path_(parts.network.add(*this, name, parts.encoding)),
      watch_(parts.recorder, name, original.spec_.user),
      skew_(original.skew_),
      token_(original.token_) {
  spec_.name = name;
  note(Turned::What::cloned, original.name());
  boot();
}

void SimDevice::note(Turned::What what, std::string detail) {
  parts_.recorder.note(name(), Turned{.what = what, .user = user(), .detail = std::move(detail)});
}

void SimDevice::set_up() {
  DeviceStore& store = storage_->open();
  SS_CHECK(store.begin().has_value());
  DeviceMeta meta = store.meta();
  meta.device = device_;
  meta.device_name = name();
  meta.user_id = user();
  meta.replica = {uuid_v7(clock().unix_ms, random_)};
  store.set_meta(meta);
  SS_CHECK(store.commit().has_value());
  storage_->close();
}

void SimDevice::boot() {
  store_ = &storage_->open();
  engine_.emplace(*store_, short_pages, Random(random_.next()));
  note(Turned::What::started);
  turn(nullptr, [this] { return engine_->token_changed(token_, clock()); });
  if (wants_online_) turn(nullptr, [this] { return engine_->start(clock()); });
}

void SimDevice::end_process() {
  engine_.reset();
  store_ = nullptr;
  wake_.reset();
  parts_.network.close(path_);
}

void SimDevice::start() {
  if (!running()) boot();
}

void SimDevice::crash() {
  if (!running()) return;
  note(Turned::What::crashed);
  end_process();
  storage_->crash();
}

void SimDevice::online() {
  if (!std::exchange(wants_online_, true)) note(Turned::What::went_online);
  if (running() && status().state == LinkState::stopped) {
    turn(nullptr, [this] { return engine_->start(clock()); });
  }
}

void SimDevice::offline() {
  if (std::exchange(wants_online_, false)) note(Turned::What::went_offline);
  if (running()) turn(nullptr, [this] { return engine_->stop(clock()); });
}

void SimDevice::backup() {
  storage_->backup();
  note(Turned::What::backed_up);
}

void SimDevice::restore() {
  if (running()) {
    end_process();
    storage_->close();
  }
  if (storage_->restore()) note(Turned::What::restored);
  boot();
}

void SimDevice::set_skew(Millis skew) {
  skew_ = skew;
  note(Turned::What::clock_changed, std::to_string(skew.count) + " ms");
}

void SimDevice::set_disk_full(bool full) {
  storage_->set_full(full);
  note(full ? Turned::What::disk_failed : Turned::What::disk_healed);
}

void SimDevice::turn(const Frame* frame, const std::function<Effects()>& event) {
  watch_.before(*store_, frame);
  Effects effects = event();
  watch_.after(*store_, frame);
  perform(std::move(effects));
}

void SimDevice::link_opened(Connection connection) {
  turn(nullptr, [&] { return engine_->opened(connection, clock()); });
}

void SimDevice::link_closed(Connection connection, const Error& error) {
  turn(nullptr, [&] { return engine_->closed(connection, error, clock()); });
}

void SimDevice::link_received(Connection connection, const std::string& payload) {
  const auto frame = decode(payload, parts_.encoding);
  if (!frame) return link_closed(connection, frame.error());
  turn(&*frame, [&] { return engine_->received(connection, *frame, clock()); });
}

void SimDevice::perform(Effects effects) {
  if (effects.disconnect) parts_.network.close(path_);
  if (effects.connect) parts_.network.open(path_, *effects.connect);
  for (const Frame& frame : effects.send) parts_.network.send(path_, frame);
  wake_at(effects.wake_at);
  for (const Notice& notice : effects.notices) take(notice);
}

// One task waits at a time, though the engine names a new moment at every event.
void SimDevice::wake_at(std::optional<WallTime> device_time) {
  wake_.reset();
  if (!device_time) return;
  wake_ = std::max(*device_time - skew_, parts_.scheduler.now());
  if (armed_ && *armed_ <= *wake_) return;
  armed_ = wake_;
  parts_.scheduler.at(*wake_, [this] { wake(); });
}

void SimDevice::wake() {
  const WallTime now = parts_.scheduler.now();
  if (armed_ && *armed_ <= now) armed_.reset();
  if (!running() || !wake_) return;
  if (*wake_ <= now) {
    wake_.reset();
    turn(nullptr, [this] { return engine_->timer(clock()); });
  } else if (!armed_) {
    armed_ = wake_;
    parts_.scheduler.at(*wake_, [this] { wake(); });
  }
}

void SimDevice::take(const Notice& notice) {
  if (notice.kind == Notice::Kind::token_needed) refresh_token();
  if (notice.kind == Notice::Kind::state && notice.text == to_string(LinkState::halted)) {
    note(Turned::What::halted, notice.error ? std::string(to_string(notice.error->code)) : "");
    if (agrees_) parts_.scheduler.after(answer_takes, [this] { answer(); });
  }
  if (notice.kind != Notice::Kind::recovery) return;
  if (notice.text == "reset" || notice.text == "asks") note(Turned::What::set_aside, notice.text);
}

void SimDevice::confirm() {
  if (running()) turn(nullptr, [this] { return engine_->confirm_sweep(clock()); });
}

void SimDevice::agree_to_everything() {
  agrees_ = true;
  answer();
}

// No answer brings a revoked device back.
bool SimDevice::waits_for_user() const {
  if (!running()) return false;
  const EngineStatus now = status();
  return now.state == LinkState::halted &&
         (!now.last_error || now.last_error->code != ErrorCode::device_revoked);
}

void SimDevice::answer() {
  if (!waits_for_user()) return;
  if (status().recovery == Recovery::asks) {
    confirm();
  } else {
    log_in();
  }
}

// As the host does: beside everything else, and once more when it is asked again.
void SimDevice::refresh_token() {
  if (std::exchange(refreshing_, true)) return;
  const Millis takes{static_cast<std::int64_t>(1 + random_.below(refresh_ms_max))};
  parts_.scheduler.after(takes, [this] {
    refreshing_ = false;
    if (!running() || !reaches_server()) return;
    auto fresh = parts_.gate.refresh(token_);
    if (!fresh) return turn(nullptr, [&] { return engine_->halt(fresh.error(), clock()); });
    token_ = std::move(*fresh);
    turn(nullptr, [this] { return engine_->token_changed(token_, clock()); });
  });
}

void SimDevice::expire_token() {
  parts_.gate.expire(token_);
}

void SimDevice::end_login() {
  parts_.gate.end_sessions(user(), device_);
  note(Turned::What::login_ended);
}

void SimDevice::log_in() {
  token_ = parts_.gate.log_in(user(), device_);
  note(Turned::What::logged_in);
  if (running()) turn(nullptr, [this] { return engine_->token_changed(token_, clock()); });
}

void SimDevice::revoke() {
  parts_.gate.revoke(user(), device_);
  note(Turned::What::revoked);
}

void SimDevice::pull_now() {
  if (running()) turn(nullptr, [this] { return engine_->pull_now(clock()); });
}

bool SimDevice::at_rest() const {
  if (!running()) return true;
  const EngineStatus now = status();
  // A recovery may leave what only the digest finds, and one that was put off comes by itself.
  const bool compared = clock() < store_->meta().digest_due;
  return (now.synced && compared) || now.state == LinkState::stopped ||
         (now.state == LinkState::halted && !(agrees_ && waits_for_user()));
}

}  // namespace studiosync::e2e
